// `npm run package:cli [-- --target PLATFORM]`: packs the command line for one platform, this one by default, as an npm package
// that needs nothing else: `npm install -g lacuna-cli-PLATFORM-VERSION.tgz`. It is laid as the extension is (shipped.mjs), less
// what only an editor reads, so that both hold the same programs, models and licences.
import { copyFile, cp, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfStale, installPackages, root } from './prepare.mjs';
import { isStarted, mustRun, npm } from './runCommand.mjs';
import { thisPlatform } from './release/platforms.mjs';
import { layExtension } from './shipped.mjs';

const runtime = ['onnxruntime-node', 'onnxruntime-common'];

/** Of the extension, what the command line never opens. */
const forEditors = [
  'dist/extension.cjs',
  'dist/server.cjs',
  'dist/syntaxes',
  'syntaxes',
  'client',
  'package.nls.json',
  'package.nls.de.json',
];

/**
 * @param {string} folder where the file is put
 * @param {string} [target] the platform
 * @param {string} [model] a folder that takes the place of the large model, for tests
 * @returns {Promise<{ file: string, bytes: number }>}
 */
export async function packageCommandLine(folder, target = thisPlatform, model = undefined) {
  const staging = await mkdtemp(join(tmpdir(), 'lacuna-cli-'));
  try {
    const laid = join(staging, 'package');
    await layExtension(laid, 'whole', target);
    const { name, version } = await layPackage(laid, target);
    if (model !== undefined) await replaceModel(join(laid, 'models/lacuna-0.5b'), model);
    // Scripts of a package that is only packed here have nothing to do.
    await npm(['pack', '--ignore-scripts', '--silent', `--pack-destination=${staging}`], { cwd: laid });
    const file = join(folder, `lacuna-cli-${target}-${version}.tgz`);
    await move(join(staging, `${name}-${version}.tgz`), file);
    return { file, bytes: (await stat(file)).size };
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Makes the folder of an extension that of an npm package. */
async function layPackage(laid, target) {
  for (const path of forEditors) await rm(join(laid, path), { recursive: true, force: true });
  await rename(join(laid, 'dist/node_modules'), join(laid, 'node_modules'));
  for (const name of runtime) await withoutDownloads(join(laid, 'node_modules', name, 'package.json'));
  const own = packageOf(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')), target);
  await write(join(laid, 'package.json'), own);
  await rm(join(laid, 'README.md'));
  await copyFile(join(root, 'server/scripts/commandLinePackage.md'), join(laid, 'README.md'));
  await mkdir(join(laid, 'man'));
  await writeFile(join(laid, own.man[0]), await mustRun(process.execPath, [join(laid, 'dist/cli.cjs'), 'man']));
  return own;
}

/** @param {object} extension the extension's package.json */
function packageOf({ name, version, license, engines, bin, dependencies }, target) {
  const [os, cpu] = target.split('-');
  return {
    name,
    version,
    description: 'Local code assistance that knows what it does not know: the command line and the language server.',
    license,
    private: true,
    bin,
    // npm links a list of pages alone.
    man: ['man/lacuna.1'],
    engines: { node: engines.node },
    os: [os],
    cpu: [cpu],
    // The runtime's library for Linux is linked with the GNU C library.
    ...(os === 'linux' ? { libc: ['glibc'] } : {}),
    dependencies: Object.fromEntries(runtime.map((each) => [each, dependencies['onnxruntime-node']])),
    bundleDependencies: runtime,
  };
}

/** All that the runtime would fetch when it is installed, its libraries for graphics processors, is not used. */
async function withoutDownloads(file) {
  const { dependencies = {}, ...rest } = JSON.parse(await readFile(file, 'utf8'));
  const kept = Object.fromEntries(Object.entries(dependencies).filter(([each]) => runtime.includes(each)));
  await write(file, { ...rest, scripts: undefined, devDependencies: undefined, dependencies: kept });
}

/** The laid file may be a hard link to the one of this working tree, which must stay as it is. */
async function write(file, content) {
  await rm(file, { force: true });
  await writeFile(file, `${JSON.stringify(content, undefined, 2)}\n`);
}

async function replaceModel(place, model) {
  await rm(place, { recursive: true });
  await mkdir(place);
  await cp(model, place, { recursive: true });
}

/** A temporary folder may lie on another disk, where nothing can be renamed to. */
async function move(from, to) {
  await rename(from, to).catch(() => copyFile(from, to));
}

if (isStarted(import.meta.url)) {
  const { values } = parseArgs({ options: { target: { type: 'string' } } });
  await installPackages();
  await buildIfStale();
  const { file, bytes } = await packageCommandLine(root, values.target);
  console.log(`${file}: ${(bytes / 1e6).toFixed(1)} MB`);
}
