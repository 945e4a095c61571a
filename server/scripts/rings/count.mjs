// What a ring's tests came to, and what a skipped one is worth.

/**
 * @typedef {{ name: string, reason?: string }} Skipped
 * @typedef {{ passed: number, failed: number, skipped?: Skipped[], message?: string }} Count
 */

/**
 * Where tests decide over a change, one that skipped itself has shown nothing, and counts as failed.
 * @param {Count} count
 * @param {boolean} mustRunAll
 * @returns {{ passed: number, failed: number, lines: string[] }} with a line for each test that was skipped
 */
export function evaluated({ passed, failed, skipped = [] }, mustRunAll) {
  if (skipped.length === 0) return { passed, failed, lines: [] };
  const verdict = mustRunAll ? ', which counts as failed here' : '';
  const lines = skipped.map(({ name, reason }) => `  skipped: ${name} (${reason || 'no reason given'})`);
  return {
    passed,
    failed: failed + (mustRunAll ? skipped.length : 0),
    lines: [...lines, `  ${skipped.length} skipped${verdict}`],
  };
}

/**
 * Reads a JUnit report, as pytest writes it.
 * @param {string} report
 * @returns {Count}
 */
export function countReport(report) {
  const number = (name) => Number(new RegExp(`<testsuite [^>]*\\b${name}="(\\d+)"`).exec(report)?.[1] ?? 0);
  const cases = [...report.matchAll(/<testcase ([^>]*[^/>])>\s*<skipped ([^>]*)>/g)];
  const skipped = cases.map(([, names, why]) => ({
    name: [attribute(names, 'classname'), attribute(names, 'name')].filter(Boolean).join(' > '),
    reason: attribute(why, 'message'),
  }));
  const failed = number('errors') + number('failures');
  return { passed: number('tests') - failed - number('skipped'), failed, skipped };
}

const entities = { quot: '"', apos: "'", lt: '<', gt: '>', amp: '&', '#10': ' ' };

function attribute(text, name) {
  const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(text)?.[1] ?? '';
  return value.replaceAll(/&(#?\w+);/g, (whole, entity) => entities[entity] ?? whole);
}
