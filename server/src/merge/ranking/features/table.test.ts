import { expect, test } from 'vitest';
import { poseProblem } from '../../candidates/poseProblem.js';
import type { MergeInput, MergeProblem } from '../../types.js';
import { featureColumns, featureTable } from './table.js';

const conflict = (texts: Partial<MergeInput>): MergeInput => ({
  ours: '',
  theirs: '',
  base: '',
  before: '',
  after: '',
  languageId: 'typescript',
  path: 'src/a.ts',
  others: [],
  siblings: [],
  ...texts,
});

/** A column of the row whose candidate has this text; `none` is the last row. */
function reader(problem: MergeProblem) {
  const table = featureTable(problem);
  const width = featureColumns.length;
  return (text: string | undefined, column: string): number => {
    const row =
      text === undefined ? problem.candidates.length : problem.candidates.findIndex((one) => one.text === text);
    const at = featureColumns.findIndex(({ name }) => name === column);
    if (row === -1 || at === -1) throw new Error(`There is no ${text} or no ${column}.`);
    return table[row * width + at]!;
  };
}

test('there is a row for each candidate and one for none of them, and every number is finite', async () => {
  for (const input of [
    conflict({ ours: 'a();\n', theirs: 'b();\n', base: 'c();\n' }),
    conflict({}),
    conflict({ ours: '', theirs: 'x\n', base: 'y\n' }),
    conflict({ ours: 'x 😀\n', theirs: '\u0000\n', base: 'ï\r\n', languageId: 'unknown' }),
    { ...conflict({ ours: 'a\n', theirs: 'b\n' }), base: undefined },
  ]) {
    const problem = await poseProblem(input);
    const table = featureTable(problem);
    expect(table.length).toBe((problem.candidates.length + 1) * featureColumns.length);
    expect(table.every(Number.isFinite)).toBe(true);
  }
});

test('no two columns have the same name', () => {
  expect(new Set(featureColumns.map(({ name }) => name)).size).toBe(featureColumns.length);
});

test('what a candidate keeps of both edits', async () => {
  const read = reader(
    await poseProblem(conflict({ base: 'call(one);\n', ours: 'call(one, two);\n', theirs: 'call(three);\n' })),
  );
  expect(read('call(one, two);\n', 'ours.token.added')).toBe(1);
  expect(read('call(one, two);\n', 'theirs.token.added')).toBe(0);
  expect(read('call(one, two);\n', 'theirs.token.removed')).toBe(0);
  expect(read('call(three);\n', 'theirs.token.removed')).toBe(1);
  expect(read('call(one);\n', 'ours.token.violated')).toBeCloseTo(Math.log1p(2));
});

test('the row for none has the conflict’s columns and nothing of a candidate', async () => {
  const read = reader(await poseProblem(conflict({ ours: 'a;\n', theirs: 'b;\n', base: 'c;\n' })));
  expect(read(undefined, 'ours.token.added')).toBe(-9);
  expect(read(undefined, 'ours.lines')).toBe(read('a;\n', 'ours.lines'));
});

test('the later of two versions is told', async () => {
  const read = reader(
    await poseProblem(conflict({ base: 'v = "1.2.0"\n', ours: 'v = "1.10.0"\n', theirs: 'v = "1.9.3"\n' })),
  );
  expect(read('v = "1.10.0"\n', 'numbers.toTheirs')).toBe(1);
  expect(read('v = "1.9.3"\n', 'numbers.toOurs')).toBe(-1);
});

test('names that the surroundings still use count against what lost them', async () => {
  const read = reader(
    await poseProblem(
      conflict({
        base: 'const total = 1;\n',
        ours: 'const sum = 1;\n',
        theirs: 'const total = 2;\n',
        after: 'return total;\n',
      }),
    ),
  );
  expect(read('const sum = 1;\n', 'names.lostUsed')).toBe(1);
  expect(read('const total = 2;\n', 'names.lostUsed')).toBe(-1);
});

test('indentation is measured against the lines around the conflict', async () => {
  const read = reader(
    await poseProblem(
      conflict({ base: '  c();\n', ours: '    a(1);\n', theirs: '  b(2);\n', before: '  if (x) {\n', after: '  }\n' }),
    ),
  );
  expect(read('    a(1);\n', 'indent.before')).toBe(2);
  expect(read('  b(2);\n', 'indent.before')).toBe(0);
  expect(read(undefined, 'context.opens')).toBe(1);
});

test('a side that is ahead throughout the file is told', async () => {
  const others = [{ base: 'x\n', ours: 'x\ny\nz\n', theirs: 'x\ny\n' }];
  const read = reader(await poseProblem(conflict({ ours: 'a\n', theirs: 'b\n', base: 'c\n', others })));
  expect(read(undefined, 'others.oursAhead')).toBe(1);
  expect(read(undefined, 'others.theirsAhead')).toBe(0);
});
