import { expect, it } from 'vitest';
import { summaryOfAll, summaryOfFile, type Tally } from './mergeSummary.js';

it.each([
  [0, 0, 'Lacuna: There is no conflict in this file.'],
  [0, 1, 'Lacuna: The conflict has no resolution that is certain enough. Nothing was changed.'],
  [0, 4, 'Lacuna: None of the 4 conflicts has a resolution that is certain enough. Nothing was changed.'],
  [1, 1, 'Lacuna resolved the conflict. Undo takes it back.'],
  [4, 4, 'Lacuna resolved all 4 conflicts. Undo takes it back.'],
  [3, 4, 'Lacuna resolved 3 of 4 conflicts. 1 is left to you. Undo takes it back.'],
  [3, 9, 'Lacuna resolved 3 of 9 conflicts. 6 are left to you. Undo takes it back.'],
])('a file with %i of %i resolved', (resolved, conflicts, sentence) => {
  expect(summaryOfFile({ resolved, conflicts })).toBe(sentence);
});

const tally = (resolved: number, conflicts: number): Tally => ({ resolved, conflicts });

it.each([
  ['no file', [], 0, 'Lacuna: There is no conflict in this workspace.'],
  [
    'a file that is not text',
    [],
    1,
    'Lacuna: There is no conflict in this workspace. 1 file could not be read as text.',
  ],
  [
    'nothing certain',
    [tally(0, 2), tally(0, 0)],
    0,
    'Lacuna: None of the 2 conflicts has a resolution that is certain enough. Nothing was changed.',
  ],
  [
    'some of several files',
    [tally(2, 2), tally(1, 3), tally(0, 1)],
    2,
    'Lacuna resolved 3 of 6 conflicts in 2 files. 3 are left to you. Undo takes it back. 2 files could not be read as text.',
  ],
  ['all', [tally(1, 1)], 0, 'Lacuna resolved the conflict in 1 file. Undo takes it back.'],
])('%s', (_name, files, unread, sentence) => {
  expect(summaryOfAll(files, unread)).toBe(sentence);
});
