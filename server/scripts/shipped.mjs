// What the extension holds when it is installed, and from where in this working tree it comes. The package and the editor
// of the tests are laid from the same list.
import { existsSync } from 'node:fs';
import { chmod, cp, link, mkdir, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { marketplacePage } from './marketplacePage.mjs';
import { root } from './prepare.mjs';
import { programs } from './programs.mjs';
import { nativeFiles, thisPlatform } from './release/platforms.mjs';

const texts = ['package.json', 'package.nls.json', 'package.nls.de.json', 'CHANGELOG.md', 'SECURITY.md'];
const licences = ['LICENSE', 'NOTICE', 'licences'];

/** Bits of a file that everybody may read and nobody runs: Node runs the programs, and loaders load the libraries. */
const READABLE = 0o644;

/** Of the runtime only what it loads, and of its native libraries only those for one platform. */
function runtimeFiles(target) {
  const modules = 'dist/node_modules';
  return [
    'onnxruntime-common/package.json',
    'onnxruntime-common/dist/cjs',
    'onnxruntime-node/package.json',
    'onnxruntime-node/dist',
    ...nativeFiles(target),
  ].map((path) => ({ from: `node_modules/${path}`, to: `${modules}/${path}` }));
}

/**
 * @param {string} target the platform
 * @returns {Promise<{ from: string, to: string }[]>} files and folders, relative to the working tree and to the extension
 * @throws where something is missing
 */
async function shippedPaths(target) {
  const grammars = await readdir(join(root, 'syntaxes'));
  const same = [
    ...texts,
    ...licences,
    'l10n',
    'client/media',
    // To calibrate a model on.
    'examples',
    // Bundles without their source maps, which are larger than they are.
    ...Object.keys(programs).map((name) => `dist/${name}.cjs`),
    'dist/grammars',
    'dist/syntaxes',
    ...grammars.filter((name) => name.endsWith('.json')).map((name) => `syntaxes/${name}`),
    ...(await shippedModels()).map((name) => `models/${name}`),
    // What was measured of models that users may add.
    'models/calibrated',
  ].map((path) => ({ from: path, to: path }));
  const all = [...same, ...runtimeFiles(target)];
  const missing = all.find(({ from }) => !existsSync(join(root, from)));
  if (missing !== undefined) throw new Error(`${missing.from} is missing; the extension cannot be laid for ${target}.`);
  return all;
}

/** The folders under models/ that hold a model. */
export async function shippedModels() {
  const names = await readdir(join(root, 'models'));
  return names.filter((name) => existsSync(join(root, 'models', name, 'model.json')));
}

/**
 * Every file that is shipped.
 * @param {string} target the platform
 * @returns {Promise<{ from: string, to: string, bytes: number }[]>} relative to the working tree and to the extension
 * @throws where something is missing
 */
export async function shippedFiles(target) {
  const files = [];
  for (const { from, to } of await shippedPaths(target)) files.push(...(await filesBelow(from, to)));
  return files;
}

async function filesBelow(from, to) {
  const found = await stat(join(root, from));
  if (!found.isDirectory()) return [{ from, to, bytes: found.size }];
  const names = (await readdir(join(root, from))).filter((name) => !/\.(d\.ts|map)$/.test(name)).sort();
  return (await Promise.all(names.map((name) => filesBelow(`${from}/${name}`, `${to}/${name}`)))).flat();
}

/**
 * Lays the extension in a folder, which is emptied first.
 * @param {string} folder
 * @param {'linked' | 'whole'} how symbolic links to this working tree, or files that may be packed
 */
export async function layExtension(folder, how, target = thisPlatform) {
  await rm(folder, { recursive: true, force: true });
  for (const { from, to } of how === 'linked' ? await shippedPaths(target) : await shippedFiles(target)) {
    const [source, place] = [join(root, from), join(folder, to)];
    await mkdir(dirname(place), { recursive: true });
    if (how === 'linked') await symlink(source, place);
    else await copy(source, place);
  }
  await writeFile(join(folder, 'README.md'), await marketplacePage());
}

/** Models are large, so hard links serve where the file system has them and the file's mode is what is shipped. */
async function copy(source, place) {
  const isAsShipped = ((await stat(source)).mode & 0o777) === READABLE;
  if (
    isAsShipped &&
    (await link(source, place).then(
      () => true,
      () => false,
    ))
  )
    return;
  await cp(source, place);
  await chmod(place, READABLE);
}
