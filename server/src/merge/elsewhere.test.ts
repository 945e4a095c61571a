import { expect, test } from 'vitest';
import { conflictsElsewhere, conflictsOfFiles } from './elsewhere.js';

const marked = (ours: string): string => `a\n<<<<<<< HEAD\n${ours}\n=======\ny\n>>>>>>> b\nz\n`;

test('the conflicts of every file but one, with LF and with the bases that were kept', () => {
  const files = conflictsOfFiles([
    { path: '/r/a', text: marked('one'), base: undefined },
    { path: '/r/b', text: marked('two').replace(/\n/g, '\r\n'), base: 'a\nbase\nz\n' },
    { path: '/r/c', text: 'no conflict\n', base: undefined },
  ]);
  expect(conflictsElsewhere(files, '/r/a')).toEqual([{ ours: 'two\n', theirs: 'y\n', base: 'base\n' }]);
  expect(conflictsElsewhere(files, '/r/none').map(({ ours }) => ours)).toEqual(['one\n', 'two\n']);
});

test('the same object stands for a conflict each time, so that it is looked at once', () => {
  const files = conflictsOfFiles([{ path: 'a', text: marked('one'), base: undefined }]);
  expect(conflictsElsewhere(files, 'b')[0]).toBe(conflictsElsewhere(files, 'c')[0]);
});

test('no more is taken in than is looked at', () => {
  const many = { path: 'a', text: marked('x').repeat(900), base: undefined };
  const files = conflictsOfFiles([many, { ...many, path: 'b' }]);
  expect(files.flatMap(({ conflicts }) => conflicts)).toHaveLength(400);
});
