// `npm run release [-- --tag vVERSION] [--out FOLDER]`: all that a release consists of, in one folder: the packages of all
// systems with their bills of materials, their checksums, and the notes. Publishing them is publish.mjs's.
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { packageExtension } from '../package.mjs';
import { buildIfStale, installPackages, root } from '../prepare.mjs';
import { checkTag, releaseNotes } from './notes.mjs';
import { targets } from './platforms.mjs';

const checksums = 'SHA256SUMS';

async function make({ tag, out }) {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  checkTag(tag ?? `v${version}`, version);
  const notes = releaseNotes(await readFile(join(root, 'CHANGELOG.md'), 'utf8'), version);
  await installPackages();
  await buildIfStale();
  const folder = resolve(out);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  // The time of the commit is that of all files, so that the same commit gives the same packages.
  process.env.SOURCE_DATE_EPOCH ??= execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root }).toString().trim();
  for (const target of targets) {
    const { file, bytes } = await packageExtension(folder, target);
    console.log(`${file}: ${(bytes / 1e6).toFixed(1)} MB`);
  }
  const { sha256 } = await import('./sbom.mjs');
  const names = (await readdir(folder)).sort();
  const sums = await Promise.all(names.map(async (name) => `${await sha256(join(folder, name))}  ${name}\n`));
  await writeFile(join(folder, checksums), sums.join(''));
  await writeFile(join(folder, 'notes.md'), notes);
}

const { values } = parseArgs({ options: { tag: { type: 'string' }, out: { type: 'string', default: 'release' } } });
await make(values).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
