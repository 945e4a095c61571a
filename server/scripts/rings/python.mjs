// The tests of models/build, which makes the shipped models, and its lint and types. They run in an environment of their
// own, .venv, with all that any of them needs.
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { installPackages, mayInstallPackages } from '../../../client/test/installBrowser.mjs';
import { root } from '../prepare.mjs';
import { mustRun, runCommand } from '../runCommand.mjs';
import { countReport } from './count.mjs';

/** The first includes the second, and the second the third. */
const requirements = ['requirements-check.txt', 'requirements-train.txt', 'requirements.txt'].map((name) =>
  join(root, 'models/build', name),
);
const environment = join(root, '.venv');
const python = join(environment, 'bin/python');

/** What is clean or not; each counts as one test. */
const checks = [
  ['ruff check', ['-m', 'ruff', 'check', '--no-cache']],
  ['ruff format', ['-m', 'ruff', 'format', '--check', '--no-cache']],
  ['mypy', ['-m', 'mypy', `--cache-dir=${join(environment, 'mypy')}`]],
];

export const pythonRing = {
  name: 'Building a model (Python)',

  obstacle() {
    if (mayInstallPackages() || hasVenv()) return undefined;
    return 'Python 3.11 or newer with venv is not installed, and only root on Debian can be given it';
  },

  /** Makes the environment unless it was made from these very requirements. */
  async prepare() {
    const wanted = (await Promise.all(requirements.map((file) => readFile(file, 'utf8')))).join('\n');
    const record = join(environment, 'requirements.txt');
    if (existsSync(python) && (await readFile(record, 'utf8').catch(() => '')) === wanted) return;
    if (!hasVenv()) await installPackages(['python3', 'python3-venv']);
    await mustRun('python3', ['-m', 'venv', '--clear', environment]);
    // Only what is imported is compiled, and then: compiling all of torch takes longer than the tests that use it.
    const install = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-compile', '-r', requirements[0]];
    await mustRun(python, install);
    await writeFile(record, wanted);
  },

  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'lacuna-pytest-'));
    const report = join(folder, 'report.xml');
    const { code, output } = await runCommand(python, ['-m', 'pytest', '-q', `--junitxml=${report}`], { cwd: root });
    console.log(indented(output));
    const count = countReport(await readFile(report, 'utf8').catch(() => ''));
    await rm(folder, { recursive: true, force: true });
    if (code !== 0 && count.failed === 0) count.failed = 1;
    for (const [name, args] of checks) {
      const { code: found, output: said } = await runCommand(python, args, { cwd: root });
      console.log(found === 0 ? `  ${name} is clean` : `  ${name}:\n${indented(said)}`);
      count[found === 0 ? 'passed' : 'failed'] += 1;
    }
    return count;
  },
};

function indented(text) {
  return text.trimEnd().replaceAll(/^/gm, '  ');
}

export function hasVenv() {
  return (
    spawnSync('python3', ['-c', 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))'], {
      stdio: 'ignore',
    }).status === 0
  );
}
