// Brings a real llama.cpp server for the tests of model servers: Python packages in an environment of their own, under
// .vscode-test/. Where there is no Python, those tests skip themselves and say so.
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../prepare.mjs';
import { mustRun } from '../runCommand.mjs';

const environment = join(root, '.vscode-test/llama');
const python = join(environment, 'bin/python');
const requirements = join(root, 'server/test/remote/requirements.txt');

/** Makes the environment unless it was made from these very requirements. */
export async function installLlamaServer() {
  const wanted = await readFile(requirements, 'utf8');
  const record = join(environment, 'requirements.txt');
  if (existsSync(python) && (await readFile(record, 'utf8').catch(() => '')) === wanted) return;
  await mkdir(environment, { recursive: true });
  await mustRun('python3', ['-m', 'venv', '--clear', environment]);
  const quiet = ['--disable-pip-version-check', '--only-binary', ':all:'];
  await mustRun(python, ['-m', 'pip', 'install', ...quiet, '-r', requirements]);
  await writeFile(record, wanted);
}
