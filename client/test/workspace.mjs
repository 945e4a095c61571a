// The folder that the editor opens: what .vscode-test/workspace holds, and the documents that git could not keep as they are.
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../server/scripts/prepare.mjs';
import { prepareConflicts } from './conflicts.mjs';

/** A list that goes on as anybody would guess. */
export const numbers = ['one', 'two', 'three', 'four'].map((word, index) => `export const ${word} = ${index + 1};`);

/** A variable whose type is declared in another file than the function that it comes from. */
const vehicles = [
  'export interface Wagon {',
  '  coupleTo(engine: string): void;',
  '  weightInTons(): number;',
  '}',
  '',
].join('\n');
const yard = [
  "import type { Wagon } from './vehicles';",
  'const all: Wagon[] = [];',
  'export const lastOfQueue = () => all[0]!;',
  '',
].join('\n');
const station = [
  "import { lastOfQueue } from './railway/yard';",
  '',
  'const arriving = lastOfQueue();',
  'const heaviest = arriving.',
].join('\n');

/** Lays the folder, before the editor opens it. */
export async function prepareWorkspace(workspace) {
  await cp(join(root, '.vscode-test/workspace'), workspace, { recursive: true });
  await writeFile(join(workspace, 'windows.ts'), `${numbers.join('\r\n')}\r\n`);
  await writeFile(join(workspace, 'beside.ts'), `${numbers.join('\n')}\n`);
  await writeFile(join(workspace, '.env'), 'ONE=1\nTWO=2\n');
  await mkdir(join(workspace, 'railway'));
  await writeFile(join(workspace, 'railway/vehicles.ts'), vehicles);
  await writeFile(join(workspace, 'railway/yard.ts'), yard);
  await writeFile(join(workspace, 'station.ts'), station);
  await prepareConflicts(workspace);
}
