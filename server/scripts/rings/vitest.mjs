// The rings that vitest runs: unit, golden files, model, protocol.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../prepare.mjs';
import { runCommand } from '../runCommand.mjs';

/**
 * The tests take a minute or two. On a machine that is very busy, vitest was once seen to wait for ever for a process that
 * it had just started; then it is started once more. A test that hangs fails by its own time limit.
 */
const longestRun = 7 * 60_000;

export const vitestRing = {
  name: 'Unit, golden files, model, protocol',
  obstacle: () => undefined,
  prepare: () => Promise.resolve(),
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'lacuna-vitest-'));
    const report = join(folder, 'report.json');
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const args = [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const once = () => runCommand(process.execPath, args, { cwd: root, show: true, timeout: longestRun });
    let { code, killed } = await once();
    if (killed) {
      console.log('vitest did not end and is started once more.');
      ({ code } = await once());
    }
    const count = countTests(await readFile(report, 'utf8').catch(() => '{}'));
    await rm(folder, { recursive: true, force: true });
    // A crash outside a test leaves no failed test behind, only the status.
    return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
  },
};

/** A file that could not be loaded has no tests of its own and counts as one that failed. */
function countTests(report) {
  const { numPassedTests = 0, numFailedTests = 0, testResults = [] } = JSON.parse(report);
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((each) => each.status !== 'failed'),
  );
  return { passed: numPassedTests, failed: numFailedTests + broken.length };
}
