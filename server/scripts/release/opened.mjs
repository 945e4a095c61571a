// A package that was packed, opened again: whether it holds what was to be laid, byte for byte in number, and nothing that the
// rules of listing.mjs forbid; and, for the system that this is, whether it runs.
import { spawnSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { shippedFiles } from '../shipped.mjs';
import { listingProblems, MOST_BYTES } from './listing.mjs';
import { nativeFiles, thisPlatform } from './platforms.mjs';
import { machineOf } from './machine.mjs';
import { packagerModule } from './packager.mjs';

/** vsce gives these files the names that the marketplace looks for. */
const renamed = new Map([
  ['readme.md', 'README.md'],
  ['changelog.md', 'CHANGELOG.md'],
  ['LICENSE.txt', 'LICENSE'],
]);

const inside = 'extension/';

/**
 * @param {string} file the package
 * @param {string} target the system that it is for
 * @returns {Promise<string[]>} a sentence for each thing that is wrong
 */
export async function packageProblems(file, target) {
  const { size } = await stat(file).catch(() => ({ size: 0 }));
  if (size === 0) return [`${basename(file)} is not there; pack it first.`];
  const folder = await mkdtemp(join(tmpdir(), 'lacuna-opened-'));
  try {
    const isTried = target === thisPlatform;
    const native = nativeFiles(target).map((path) => `dist/node_modules/${path}`);
    const beginnings = new Map();
    const entries = await readPackage(file, async (path, read) => {
      if (isTried) await unpack(join(folder, path), await read());
      if (native.includes(path)) beginnings.set(path, await beginning(await read()));
    });
    return [
      ...(size > MOST_BYTES ? [`It has ${size} bytes, more than ${MOST_BYTES}.`] : []),
      ...listingProblems(entries, target),
      ...differences(entries, await shippedFiles(target)),
      ...[...beginnings]
        .filter(([, bytes]) => machineOf(bytes) !== target)
        .map(([path, bytes]) => `${path} is for ${machineOf(bytes) ?? 'another machine'}.`),
      ...(isTried ? trial(folder) : []),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What is made for the package, or written anew by vsce, which makes addresses of the links of pages. */
const made = ['sbom.cdx.json', 'package.json', 'README.md', 'CHANGELOG.md'];

/** What stands in one list and not in the other, or with another size. */
function differences(entries, planned) {
  const expected = new Map(planned.map(({ to, bytes }) => [to, bytes]));
  const found = new Map(entries.map(({ path, bytes }) => [path, bytes]));
  return [
    ...[...expected.keys()].filter((path) => !found.has(path)).map((path) => `${path} was laid and is not packed.`),
    ...[...found.keys()]
      .filter((path) => !expected.has(path) && !made.includes(path))
      .map((path) => `${path} is packed and was not laid.`),
    ...[...found]
      .filter(([path, bytes]) => expected.has(path) && !made.includes(path) && expected.get(path) !== bytes)
      .map(([path, bytes]) => `${path} has ${bytes} bytes instead of ${expected.get(path)}.`),
  ];
}

/** Runs the command line of the unpacked package: the runtime, the model and the grammars are found and work. */
function trial(folder) {
  const example = join(import.meta.dirname, '../../../examples/typescript/inventory.ts');
  const args = [join(folder, 'dist/cli.cjs'), 'complete', `${example}:20:5`];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 120_000 });
  return status === 0 && stdout.trim() !== '' ? [] : [`It does not run here: ${stderr?.trim() || `status ${status}`}`];
}

/**
 * Reads the extension's part of a package.
 * @param {string} file
 * @param {(path: string, read: () => Promise<import('node:stream').Readable>) => Promise<void>} visit
 * @returns {Promise<{ path: string, bytes: number, mode: number }[]>}
 */
async function readPackage(file, visit) {
  const zip = await new Promise((settle, fail) => {
    packagerModule('yauzl').open(file, { lazyEntries: true, autoClose: false }, (error, opened) =>
      error ? fail(error) : settle(opened),
    );
  });
  const entries = [];
  try {
    await new Promise((ended, fail) => {
      zip.on('error', fail);
      zip.on('end', ended);
      zip.on('entry', (entry) => {
        if (!entry.fileName.startsWith(inside)) return void zip.readEntry();
        const name = entry.fileName.slice(inside.length);
        const path = renamed.get(name) ?? name;
        entries.push({ path, bytes: entry.uncompressedSize, mode: entry.externalFileAttributes >>> 16 });
        const read = () =>
          new Promise((settle, refuse) => {
            zip.openReadStream(entry, (error, stream) => (error ? refuse(error) : settle(stream)));
          });
        visit(path, read).then(() => zip.readEntry(), fail);
      });
      zip.readEntry();
    });
  } finally {
    zip.close();
  }
  return entries;
}

async function unpack(place, stream) {
  await mkdir(dirname(place), { recursive: true });
  await pipeline(stream, createWriteStream(place));
}

/** The first kilobytes of a stream. */
async function beginning(stream) {
  const chunks = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= 4096) break;
  }
  return Buffer.concat(chunks);
}
