// A reporter for vitest: writes what the ring counts to the file that LACUNA_TEST_COUNT names, with the reason of every
// test that skipped itself, which vitest's own reports leave out.
import { writeFile } from 'node:fs/promises';

export default class VitestCount {
  async onTestRunEnd(modules) {
    await writeFile(process.env.LACUNA_TEST_COUNT, JSON.stringify(countModules(modules)));
  }
}

/**
 * @param {Iterable<import('vitest/node').TestModule>} modules
 * @returns {import('./count.mjs').Count}
 */
export function countModules(modules) {
  const count = { passed: 0, failed: 0, skipped: [] };
  for (const module of modules) {
    let failedHere = 0;
    for (const test of module.children.allTests()) {
      const { state, note } = test.result();
      if (state === 'passed') count.passed += 1;
      else if (state === 'failed') failedHere += 1;
      else count.skipped.push({ name: `${module.relativeModuleId} > ${test.fullName}`, reason: note });
    }
    // A file that could not be loaded has no failed tests of its own and counts as one that failed.
    count.failed += failedHere === 0 && module.state() === 'failed' ? 1 : failedHere;
  }
  return count;
}
