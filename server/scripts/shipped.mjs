// What the extension holds when it is installed, and from where in this working tree it comes. The package and the editor
// of the tests are laid from the same list.
import { existsSync } from 'node:fs';
import { cp, link, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { marketplacePage } from './marketplacePage.mjs';
import { root } from './prepare.mjs';

const texts = ['package.json', 'package.nls.json', 'package.nls.de.json', 'CHANGELOG.md', 'SECURITY.md'];
const licences = ['LICENSE', 'NOTICE'];

/** Of the runtime only what it loads, and of its native libraries only those for one platform. */
function runtimeFiles(target) {
  const [platform, arch] = target.split('-');
  const modules = 'dist/node_modules';
  return [
    'onnxruntime-common/package.json',
    'onnxruntime-common/dist/cjs',
    'onnxruntime-node/package.json',
    'onnxruntime-node/dist',
    `onnxruntime-node/bin/napi-v6/${platform}/${arch}`,
  ].map((path) => ({ from: `node_modules/${path}`, to: `${modules}/${path}` }));
}

/** A platform as VS Code names it, such as linux-x64. */
export const thisPlatform = `${process.platform}-${process.arch}`;

/**
 * @param {string} target the platform
 * @returns {Promise<{ from: string, to: string }[]>} files and folders, relative to the working tree and to the extension
 */
async function shippedPaths(target) {
  const dist = await readdir(join(root, 'dist'));
  const models = await readdir(join(root, 'models'));
  const grammars = await readdir(join(root, 'syntaxes'));
  const same = [
    ...texts,
    ...licences,
    'l10n',
    'client/media',
    // Bundles without their source maps, which are larger than they are.
    ...dist.filter((name) => name.endsWith('.cjs')).map((name) => `dist/${name}`),
    'dist/grammars',
    'dist/syntaxes',
    ...grammars.filter((name) => name.endsWith('.json')).map((name) => `syntaxes/${name}`),
    ...models.filter((name) => existsSync(join(root, 'models', name, 'model.json'))).map((name) => `models/${name}`),
  ].map((path) => ({ from: path, to: path }));
  return [...same, ...runtimeFiles(target)];
}

/**
 * Lays the extension in a folder, which is emptied first.
 * @param {string} folder
 * @param {'linked' | 'whole'} how symbolic links to this working tree, or files that may be packed
 */
export async function layExtension(folder, how, target = thisPlatform) {
  await rm(folder, { recursive: true, force: true });
  for (const { from, to } of await shippedPaths(target)) {
    const [source, place] = [join(root, from), join(folder, to)];
    if (!existsSync(source)) throw new Error(`${from} is missing; the extension cannot be laid for ${target}.`);
    await mkdir(dirname(place), { recursive: true });
    if (how === 'linked') await symlink(source, place);
    else await copy(source, place);
  }
  await writeFile(join(folder, 'README.md'), await marketplacePage());
}

/** Models are large, so hard links serve where the file system has them. */
async function copy(source, place) {
  const entries = await readdir(source, { withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) {
    await link(source, place).catch(() => cp(source, place));
    return;
  }
  await mkdir(place, { recursive: true });
  for (const { name } of entries.filter((entry) => !/\.(d\.ts|map)$/.test(entry.name))) {
    await copy(join(source, name), join(place, name));
  }
}
