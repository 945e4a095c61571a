// The tools that pack and publish, vsce and ovsx. They have a lock file of their own (server/packager), and are brought when
// somebody packs.
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../prepare.mjs';
import { npm } from '../runCommand.mjs';

const packager = join(root, '.vscode-test/packager');
const locked = ['package.json', 'package-lock.json'];

/** Brings them in the versions of their lock file, unless they are there. Their install scripts are not run. */
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

/** A module of the packager, which has packages of its own. */
export const packagerModule = (name) => createRequire(join(packager, 'package.json'))(name);

/** The file of a program that a package of the packager has. */
export function packagerProgram(name, program) {
  const folder = join(packager, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[program]);
}
