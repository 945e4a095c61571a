// What `npm start` and `npm test` need before anything else: installed packages and a build newer than its sources.
// Both are checked by times on disk alone, so that the second call costs milliseconds.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mustRun, npm } from './runCommand.mjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Installs the packages of the lock file when there are none, or when the lock file has changed since. */
export async function installPackages() {
  const record = join(root, 'node_modules/.package-lock.json');
  if ((await changed(record)) >= (await changed(join(root, 'package-lock.json')))) return;
  console.log('Installing packages …');
  // onnxruntime-node's install script would fetch GPU libraries, which Lacuna does not use.
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' };
  await npm(['ci', '--no-audit', '--no-fund'], { cwd: root, env });
  const now = new Date();
  await utimes(record, now, now);
}

/**
 * Brings a tool that has a lock file of its own, in the versions of that file, unless they are there. Install scripts are
 * not run.
 * @param {string} from the folder of its package.json and lock file
 * @param {string} place where it is installed, which is emptied first
 */
export async function installLocked(from, place) {
  const locked = ['package.json', 'package-lock.json'];
  const same = await Promise.all(
    locked.map(async (name) => {
      const [wanted, found] = await Promise.all(
        [from, place].map((folder) => readFile(join(folder, name), 'utf8').catch(() => '')),
      );
      return wanted === found;
    }),
  );
  if (same.every(Boolean) && existsSync(join(place, 'node_modules/.package-lock.json'))) return;
  await rm(place, { recursive: true, force: true });
  await mkdir(place, { recursive: true });
  for (const name of locked) await copyFile(join(from, name), join(place, name));
  await npm(['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: place });
}

/** Builds dist/ when a source is newer than the last build that this function made. */
export async function buildIfStale() {
  const record = join(root, 'dist/built');
  const sources = ['client/src', 'server/src', 'syntaxes', 'esbuild.mjs', 'package.json', 'package-lock.json'];
  const times = await Promise.all(sources.map((source) => newest(join(root, source))));
  if ((await changed(record)) >= Math.max(...times)) return;
  console.log('Building …');
  await mustRun(process.execPath, ['esbuild.mjs'], { cwd: root });
  await writeFile(record, '');
}

/** When a file or anything below a folder last changed, in milliseconds; 0 where there is nothing. */
async function newest(path) {
  const own = await changed(path);
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  return Math.max(own, ...(await Promise.all(entries.map((entry) => newest(join(path, entry.name))))));
}

async function changed(path) {
  return (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;
}
