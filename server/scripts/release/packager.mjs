// The tools that pack and publish, vsce and ovsx. They have a lock file of their own (server/packager), and are brought when
// somebody packs.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { installLocked, root } from '../prepare.mjs';

const packager = join(root, '.vscode-test/packager');

/** Brings them, unless they are there. */
export const installPackager = () => installLocked(join(root, 'server/packager'), packager);

/** A module of the packager, which has packages of its own. */
export const packagerModule = (name) => createRequire(join(packager, 'package.json'))(name);

/** The file of a program that a package of the packager has. */
export function packagerProgram(name, program) {
  const folder = join(packager, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[program]);
}
