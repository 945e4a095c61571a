import { describe, expect, it } from 'vitest';
import type { ConflictState } from '../../../server/src/protocol/messages.js';
import { overviewWords, progressWords, type FileProgress } from './mergeProgress.js';

const conflict = (certainty: ConflictState['certainty'], sentence = 'No answer is certain enough.'): ConflictState => ({
  range: { start: { line: 1, character: 0 }, end: { line: 5, character: 0 } },
  words: 'take ours',
  confidence: '90 %',
  certainty,
  sentence,
  answers: [],
});
const file = (changes: Partial<FileProgress>): FileProgress => ({
  isThere: true,
  total: changes.conflicts?.length ?? 0,
  conflicts: [],
  broken: [],
  left: undefined,
  ...changes,
});

const done = file({});
const certain = file({ conflicts: [conflict('certain'), conflict('certain')] });
const mixed = file({ conflicts: [conflict('certain'), conflict('likely', 'A name was renamed.')] });
const gone = file({ isThere: false, left: 'theirs deleted it' });

describe('a file', () => {
  it.each<[string, FileProgress | undefined, string, string, string]>([
    ['nobody has looked at', undefined, 'looking', 'not looked at yet', ''],
    ['without a conflict', done, 'done', 'done', 'No conflict is left in it. Stage it to tell git so.'],
    ['of which all is certain', certain, 'certain', 'certain', 'All 2 conflicts are certain.'],
    ['with one', file({ conflicts: [conflict('certain')] }), 'certain', 'certain', 'Its conflict is certain.'],
    ['of which a part is', mixed, 'needsYou', 'needs you, 1 of 2 certain', 'A name was renamed.'],
    [
      'of which nothing is',
      file({ conflicts: [conflict('open')] }),
      'needsYou',
      'needs you',
      'No answer is certain enough.',
    ],
    [
      'with a marker that belongs nowhere',
      file({ broken: [{ line: 3, sentence: 'It has no end.' }] }),
      'needsYou',
      'needs you',
      'It has no end.',
    ],
    ['that one side deleted', gone, 'needsYou', 'needs you', 'theirs deleted it'],
  ])('%s', (_, progress, state, words, sentence) => {
    expect(progressWords(progress)).toEqual({ state, words, sentence });
  });
});

describe('the merge', () => {
  it('is counted, behind what git is in the middle of', () => {
    expect(overviewWords(['Git is rebasing x'], [done, certain, mixed, gone])).toBe(
      'Git is rebasing x. 4 files: 1 done, 1 certain, 2 need you.',
    );
  });

  it('is not counted before anybody has looked', () => {
    expect(overviewWords(['Git is merging: x'], [undefined, undefined])).toBe('Git is merging: x.');
  });
});
