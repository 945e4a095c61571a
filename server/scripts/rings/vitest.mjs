// The rings that vitest runs: unit, golden files, model, protocol.
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPackages, mayInstallPackages } from '../../../client/test/installBrowser.mjs';
import { root } from '../prepare.mjs';
import { runCommand } from '../runCommand.mjs';

export const vitestRing = {
  name: 'Unit, golden files, model, protocol',
  obstacle: () => undefined,
  /** The tests that watch the network skip themselves, and say so, where there is no strace. */
  async prepare() {
    const isInstalled = spawnSync('strace', ['-V'], { stdio: 'ignore' }).error === undefined;
    if (!isInstalled && mayInstallPackages()) await installPackages(['strace']);
  },

  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'lacuna-vitest-'));
    const report = join(folder, 'report.json');
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const args = [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { code } = await runCommand(process.execPath, args, { cwd: root, show: true });
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
