// The tests of models/build, which makes the shipped models. They run in an environment of their own, .venv.
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { installPackages, mayInstallPackages } from '../../../client/test/installBrowser.mjs';
import { root } from '../prepare.mjs';
import { mustRun, runCommand } from '../runCommand.mjs';

const tests = join(root, 'models/build');
const requirements = join(tests, 'requirements.txt');
const environment = join(root, '.venv');
const python = join(environment, 'bin/python');

export const pythonRing = {
  name: 'Building a model (Python)',

  obstacle() {
    if (mayInstallPackages() || hasVenv()) return undefined;
    return 'Python 3.11 or newer with venv is not installed, and only root on Debian can be given it';
  },

  /** Makes the environment unless it was made from these very requirements. */
  async prepare() {
    const wanted = await readFile(requirements, 'utf8');
    const record = join(environment, 'requirements.txt');
    if (existsSync(python) && (await readFile(record, 'utf8').catch(() => '')) === wanted) return;
    if (!hasVenv()) await installPackages(['python3', 'python3-venv']);
    await mustRun('python3', ['-m', 'venv', '--clear', environment]);
    await mustRun(python, ['-m', 'pip', 'install', '--disable-pip-version-check', '-r', requirements]);
    await writeFile(record, wanted);
  },

  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'lacuna-pytest-'));
    const report = join(folder, 'report.xml');
    const args = ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', `--junitxml=${report}`, tests];
    const { code, output } = await runCommand(python, args, { cwd: root });
    console.log(output.trimEnd().replaceAll(/^/gm, '  '));
    const count = countTests(await readFile(report, 'utf8').catch(() => ''));
    await rm(folder, { recursive: true, force: true });
    return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
  },
};

/** Reads the counts from the first element of a JUnit report. */
function countTests(report) {
  const number = (name) => Number(new RegExp(`<testsuite [^>]*\\b${name}="(\\d+)"`).exec(report)?.[1] ?? 0);
  const failed = number('errors') + number('failures');
  return { passed: number('tests') - failed - number('skipped'), failed };
}

export function hasVenv() {
  return (
    spawnSync('python3', ['-c', 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))'], {
      stdio: 'ignore',
    }).status === 0
  );
}
