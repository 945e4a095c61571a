// `npm test`: every ring of tests, from nothing. What the slow rings need is fetched while the quick one runs.
// The last line counts the tests of all rings: `N passed, N failed`; what was skipped is named above it, with the reason.
import { installPackages, buildIfStale } from './prepare.mjs';
import { evaluated } from './rings/count.mjs';
import { editorRing } from './rings/editor.mjs';
import { pythonRing } from './rings/python.mjs';
import { vitestRing } from './rings/vitest.mjs';

/** Where tests decide over a change, a ring or a test that cannot run is a failure and not a remark. */
const mustRunAll = process.env.CI === 'true';

await installPackages();
await buildIfStale();

/** A ring is { name, obstacle(), prepare(), run() }; run() resolves to a Count (rings/count.mjs). */
const rings = [vitestRing, pythonRing, editorRing].map((ring) => ({ ...ring, prepared: start(ring) }));

let passed = 0;
let failed = 0;
/** Skipped tests of the rings that ran, to be read at the end. */
const skipped = [];
for (const { name, obstacle, prepared, run } of rings) {
  const reason = obstacle();
  if (reason !== undefined) {
    console.log(`\n${name}: skipped, ${reason}.`);
    if (mustRunAll) failed += 1;
    continue;
  }
  console.log(`\n${name}`);
  const problem = await prepared;
  const count = problem === undefined ? await run().catch(asProblem) : problem;
  if (count.message !== undefined) console.log(count.message);
  const verdict = evaluated(count, mustRunAll);
  passed += verdict.passed;
  failed += verdict.failed;
  if (verdict.lines.length > 0) skipped.push(name, ...verdict.lines);
}
if (skipped.length > 0) console.log(`\n${skipped.join('\n')}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** Begins to prepare a ring. Resolves to undefined, or to what to count when it could not be prepared. */
function start({ obstacle, prepare }) {
  if (obstacle() !== undefined) return Promise.resolve(undefined);
  return prepare().then(() => undefined, asProblem);
}

function asProblem(error) {
  return { passed: 0, failed: 1, message: error instanceof Error ? error.message : String(error) };
}
