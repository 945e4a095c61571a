// What of other files an item's prompt begins with.

import { tmpdir } from 'node:os';
import { afterAll, expect, it } from 'vitest';
import { createSyntax } from '../syntax/index.js';
import { promptsWith } from './contextFiles.js';
import type { EditItem } from './editItem.js';

const syntax = createSyntax({ grammarFolder: tmpdir() });
afterAll(() => syntax.dispose());

const fileOf = (name: string) => ({
  path: `${name}.txt`,
  languageId: 'plaintext',
  text: `${name} first\n`,
  relation: 'sibling' as const,
});
const item = (id: string, prefix: string): EditItem => ({
  ...{ id, repo: 'r', path: 'own.txt', language: 'plaintext', kind: 'line-start' },
  ...{ prefix, suffix: '\n', target_line: 'x' },
});
const shownOf = async (files: readonly object[], sameFiles: boolean): Promise<(readonly string[])[]> => {
  const list = files as ReturnType<typeof fileOf>[];
  const promptOf = promptsWith({ get: () => (sameFiles ? list : [...list]) }, syntax, 40);
  const shown: (readonly string[])[] = [];
  for (const [id, words] of [
    ['1', 'apple apple first\n'],
    ['2', 'banana apple\n'],
    ['3', 'banana banana\n'],
  ] as const)
    shown.push(((await promptOf(item(id, words))).prompt.context ?? []).map(({ path }) => path));
  return shown;
};

it('stays what was chosen for the item before of the same files, until something is clearly better', async () => {
  const others = Array.from({ length: 20 }, (_, number) => fileOf(`other${number}`));
  const files = [fileOf('banana'), fileOf('apple'), ...others];
  const [first, second, third] = await shownOf(files, true);
  expect([first, second, third]).toEqual([['apple.txt'], ['apple.txt'], ['banana.txt']]);
  expect((await shownOf(files, false))[1]).toEqual(['banana.txt']);
});
