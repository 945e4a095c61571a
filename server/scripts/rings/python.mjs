// The tests of models/build, which makes the shipped models. They run in an environment of their own, .venv.
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
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
    return 'python3 with venv is not installed, and only root on Debian can be given it';
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
    const { code } = await runCommand(python, ['-m', 'pytest', '-q', tests], { cwd: root });
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  },
};

function hasVenv() {
  return spawnSync('python3', ['-c', 'import ensurepip, venv'], { stdio: 'ignore' }).status === 0;
}
