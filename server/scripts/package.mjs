// `npm run package -- [--target T | T | --all] [--check] [--out FOLDER]`: packs the extension for one system, this one by
// default, as lacuna-T-VERSION.vsix, with its bill of materials beside it. What goes in is listed in shipped.mjs and laid in a
// folder of its own, so that nothing else can slip in; then the package is opened again and looked at.
// `--check` packs nothing, and looks at the packages that are there.
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfStale, installPackages, root } from './prepare.mjs';
import { installPackager, packagerModule } from './release/packager.mjs';
import { isStarted } from './runCommand.mjs';

/**
 * Packs the extension for a system and looks at what was packed.
 * @param {string} [folder] where the file is put
 * @param {string} [target] the system, this one by default
 * @returns {Promise<{ file: string, bytes: number }>}
 * @throws where something is missing, named in no notice, or in the package that should not be
 */
export async function packageExtension(folder = root, target) {
  await installPackager();
  const { billOfMaterials, knownPackages } = await import('./release/sbom.mjs');
  const { noticeProblems } = await import('./release/notice.mjs');
  const { layExtension } = await import('./shipped.mjs');
  const { nativeFiles, thisPlatform } = await import('./release/platforms.mjs');
  const system = target ?? thisPlatform;
  nativeFiles(system);
  refuse('NOTICE', await noticeProblems());
  const file = await packageFile(folder, system);
  const staging = await mkdtemp(join(tmpdir(), 'lacuna-package-'));
  try {
    const extension = join(staging, 'extension');
    await layExtension(extension, 'whole', system);
    const bill = await billOfMaterials(system, await knownPackages());
    await writeFile(join(extension, 'sbom.cdx.json'), bill, { mode: 0o644 });
    await writeFile(billFile(file), bill);
    // Everything that was laid goes in.
    await writeFile(join(extension, '.vscodeignore'), '');
    const { createVSIX, PackageManager } = packagerModule('@vscode/vsce');
    await createVSIX({
      cwd: extension,
      packagePath: file,
      target: system,
      packageManager: PackageManager.None,
      dependencies: false,
    });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return checkPackage(file, system);
}

/** Opens a package and looks at it. */
async function checkPackage(file, target) {
  const { packageProblems } = await import('./release/opened.mjs');
  refuse(file, await packageProblems(file, target));
  return { file, bytes: (await stat(file)).size };
}

const billFile = (file) => file.replace(/\.vsix$/, '.cdx.json');

async function packageFile(folder, target) {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  return join(folder, `lacuna-${target}-${version}.vsix`);
}

function refuse(what, problems) {
  if (problems.length > 0) throw new Error([`${what} is not as it should be:`, ...problems].join('\n  '));
}

/** What was asked for on the command line. */
async function run(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      target: { type: 'string', multiple: true },
      all: { type: 'boolean' },
      check: { type: 'boolean' },
      out: { type: 'string', default: root },
    },
  });
  await installPackages();
  await buildIfStale();
  const { nativeFiles, targets, thisPlatform } = await import('./release/platforms.mjs');
  const named = [...(values.target ?? []), ...positionals];
  const asked = values.all ? targets : named.length > 0 ? named : [thisPlatform];
  for (const target of asked) nativeFiles(target);
  const folder = resolve(values.out);
  await mkdir(folder, { recursive: true });
  if (values.check) await installPackager();
  for (const target of asked) {
    const { file, bytes } = values.check
      ? await checkPackage(await packageFile(folder, target), target)
      : await packageExtension(folder, target);
    console.log(`${file}: ${(bytes / 1e6).toFixed(1)} MB`);
  }
}

if (isStarted(import.meta.url)) {
  await run(process.argv.slice(2)).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
