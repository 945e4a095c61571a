import { expect, it } from 'vitest';
import { chosenFiles } from './chosenFiles.js';

const isUrl = (value: unknown): value is URL => value instanceof URL;
const [a, b] = [new URL('file:///a.ts'), new URL('file:///b.ts')];

it.each<[string, readonly unknown[], readonly URL[]]>([
  ['nothing, as from the list of commands', [], []],
  ['nothing of use', [undefined, null, 7, { resourceUri: 'file:///a.ts' }], []],
  ['a file of the explorer', [a, [a]], [a]],
  ['several files of the explorer', [a, [a, b]], [a, b]],
  ['the title of an editor', [a, { groupId: 1 }], [a]],
  ['a row of the changes', [{ resourceUri: b }], [b]],
  ['several rows of the changes', [{ resourceUri: a }, { resourceUri: b }], [a, b]],
])('a menu that gives %s', (_name, given, expected) => {
  expect(chosenFiles(given, isUrl)).toEqual(expected);
});
