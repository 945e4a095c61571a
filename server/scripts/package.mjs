// `npm run package [-- PLATFORM]`: packs the extension for one platform, this one by default, as lacuna-PLATFORM-VERSION.vsix.
// What goes in is listed in shipped.mjs and laid in a folder of its own, so that nothing else can slip in.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildIfStale, installPackages, root } from './prepare.mjs';
import { npm } from './runCommand.mjs';
import { layExtension, thisPlatform } from './shipped.mjs';

const packager = join(root, '.vscode-test/packager');
const locked = ['package.json', 'package-lock.json'];

/** Brings vsce, in the versions of its own lock file, unless it is there. Its packages' install scripts are not run. */
export async function installPackager() {
  const same = await Promise.all(
    locked.map(async (name) => {
      const [wanted, found] = await Promise.all(
        [join(root, 'server/packager', name), join(packager, name)].map((file) =>
          readFile(file, 'utf8').catch(() => ''),
        ),
      );
      return wanted === found;
    }),
  );
  if (same.every(Boolean) && existsSync(join(packager, 'node_modules/.package-lock.json'))) return;
  await rm(packager, { recursive: true, force: true });
  await mkdir(packager, { recursive: true });
  for (const name of locked) await copyFile(join(root, 'server/packager', name), join(packager, name));
  await npm(['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: packager });
}

/**
 * @param {string} [folder] where the file is put
 * @returns {Promise<{ file: string, bytes: number }>}
 */
export async function packageExtension(folder = root, target = thisPlatform) {
  await installPackager();
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const staging = await mkdtemp(join(tmpdir(), 'lacuna-package-'));
  const file = join(folder, `lacuna-${target}-${version}.vsix`);
  try {
    await layExtension(join(staging, 'extension'), 'whole', target);
    // Everything that was laid goes in.
    await writeFile(join(staging, 'extension/.vscodeignore'), '');
    const { createVSIX, PackageManager } = createRequire(join(packager, 'package.json'))('@vscode/vsce');
    await createVSIX({
      cwd: join(staging, 'extension'),
      packagePath: file,
      target,
      packageManager: PackageManager.None,
      dependencies: false,
    });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return { file, bytes: (await stat(file)).size };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  await installPackages();
  await buildIfStale();
  const { file, bytes } = await packageExtension(root, process.argv[2]);
  console.log(`${file}: ${(bytes / 1e6).toFixed(1)} MB`);
}
