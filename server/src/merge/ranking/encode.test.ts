import { expect, test } from 'vitest';
import { editKinds, encodeConflict, OTHER_HAS, SEQUENCE_LENGTH, SEQUENCES } from './encode.js';
import type { MergeInput } from '../types.js';

const input = (base: string | undefined, ours: string, theirs: string, before = '', after = ''): MergeInput => ({
  base,
  ours,
  theirs,
  before,
  after,
  languageId: 'typescript',
  path: '',
  others: [],
  siblings: [],
});

/** The edits of one sequence, without the padding at its end. */
function editsOf(of: MergeInput, sequence: number): number[] {
  const { tokens, edits } = encodeConflict(of);
  const at = sequence * SEQUENCE_LENGTH;
  const length = Math.max(
    0,
    ...Array.from({ length: SEQUENCE_LENGTH }, (_, i) =>
      // The two sequences of a pair are aligned, so that the longer one tells where both end.
      tokens[at + i] !== 0 || tokens[(sequence ^ 1) * SEQUENCE_LENGTH + i] !== 0 ? i + 1 : 0,
    ),
  );
  return [...edits.slice(at, at + length)];
}

const { padding, equal, inserted, removed, replaced } = editKinds;

test('each side is aligned with the base, place by place', () => {
  const conflict = input('f(a)', 'f(b, c)', 'f()');
  // f ( a ) against f ( b , c ): a is replaced, what follows is inserted.
  expect(editsOf(conflict, 0)).toEqual([
    equal + OTHER_HAS,
    equal + OTHER_HAS,
    replaced,
    inserted,
    inserted,
    equal + OTHER_HAS,
  ]);
  expect(editsOf(conflict, 1)).toEqual([
    equal + OTHER_HAS,
    equal + OTHER_HAS,
    replaced,
    padding,
    padding,
    equal + OTHER_HAS,
  ]);
  // f ( a ) against f ( ): a is removed.
  expect(editsOf(conflict, 2)).toEqual([equal + OTHER_HAS, equal + OTHER_HAS, padding, equal + OTHER_HAS]);
  expect(editsOf(conflict, 3)).toEqual([equal + OTHER_HAS, equal + OTHER_HAS, removed, equal + OTHER_HAS]);
});

test('the same token has the same number everywhere, and padding has none', () => {
  const { tokens } = encodeConflict(input('same', 'same', 'other'));
  expect(tokens[0]).toBe(tokens[SEQUENCE_LENGTH]);
  expect(tokens[0]).not.toBe(tokens[2 * SEQUENCE_LENGTH]);
  expect(tokens[SEQUENCE_LENGTH - 1]).toBe(0);
  expect(tokens.every((token) => token >= 0 && token < 1 << 22)).toBe(true);
});

test('the surroundings frame the sequences', () => {
  const { tokens } = encodeConflict(input('', 'x', 'y', 'before', 'after'));
  expect(editsOf(input('', 'x', 'y', 'before', 'after'), 0)).toEqual([equal, inserted, equal]);
  expect(tokens[0]).toBe(tokens[2 * SEQUENCE_LENGTH]);
});

test('what is long is cut, and the change is still there', () => {
  const same = Array.from({ length: 500 }, (_, i) => `word${i}`).join(' ');
  const edits = editsOf(input(`${same} a`, `${same} b`, `${same} c`), 0);
  expect(edits.length).toBeLessThan(20);
  expect(edits).toContain(replaced);
  const many = Array.from({ length: 500 }, (_, i) => `new${i}`).join(' ');
  expect(editsOf(input('', many, 'y'), 0).length).toBe(SEQUENCE_LENGTH);
});

test('a conflict without a base and an empty one are encoded too', () => {
  expect(editsOf(input(undefined, 'x', ''), 0)).toEqual([inserted]);
  expect(encodeConflict(input('', '', '')).tokens.length).toBe(SEQUENCES * SEQUENCE_LENGTH);
});
