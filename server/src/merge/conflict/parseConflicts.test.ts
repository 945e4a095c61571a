import { describe, expect, it } from 'vitest';
import { parseConflicts, unusedMarkerSize } from './parseConflicts.js';
import type { BrokenReason } from '../types.js';

const run = (sign: string, size = 7): string => sign.repeat(size);
const two = (ours: string, theirs: string, size = 7): string =>
  `${run('<', size)} HEAD\n${ours}${run('=', size)}\n${theirs}${run('>', size)} topic\n`;
const three = (ours: string, base: string, theirs: string, size = 7): string =>
  `${run('<', size)} HEAD\n${ours}${run('|', size)} 1a2b3c\n${base}${run('=', size)}\n${theirs}${run('>', size)} topic\n`;

/** What every conflict replaces, and its sections. */
const found = (text: string): object[] =>
  parseConflicts(text).conflicts.map(({ range, ours, base, theirs }) => ({
    whole: text.slice(range.start, range.end),
    ours: ours.text,
    base: base?.text,
    theirs: theirs.text,
  }));

describe('conflicts', () => {
  it('have two sections, or three where the markers show the base', () => {
    const first = two('a\n', 'b\n');
    const second = three('c\n', '', 'd\ne\n');
    expect(found(`x\n${first}y\n${second}`)).toEqual([
      { whole: first, ours: 'a\n', base: undefined, theirs: 'b\n' },
      { whole: second, ours: 'c\n', base: '', theirs: 'd\ne\n' },
    ]);
  });

  it('know their line, their place, their labels and where their sections stand', () => {
    const text = `x\n${three('a\n', 'b\n', 'c\n')}`;
    const [conflict] = parseConflicts(text).conflicts;
    expect(conflict).toMatchObject({ index: 0, line: 1, style: 'diff3', markerSize: 7 });
    expect(conflict!.labels).toEqual({ ours: 'HEAD', base: '1a2b3c', theirs: 'topic' });
    for (const section of [conflict!.ours, conflict!.base!, conflict!.theirs]) {
      expect(text.slice(section.range.start, section.range.end)).toBe(section.text);
    }
  });

  it.each([
    ['empty sides', two('', ''), '', ''],
    ['Windows line ends', two('a\n', 'b\n').replaceAll('\n', '\r\n'), 'a\r\n', 'b\r\n'],
    ['no final newline', two('a\n', 'b\n').slice(0, -1), 'a\n', 'b\n'],
    ['no labels', '<<<<<<<\na\n=======\nb\n>>>>>>>\n', 'a\n', 'b\n'],
    ['emoji', two('"😀"\n', '"🤷🏽"\n'), '"😀"\n', '"🤷🏽"\n'],
    ['small markers', two('a\n', 'b\n', 3), 'a\n', 'b\n'],
    ['large markers', two('a\n', 'b\n', 40), 'a\n', 'b\n'],
    [
      'lines that only look like markers',
      two('<<<<<<<a\n=======b\n', ' >>>>>>> b\n'),
      '<<<<<<<a\n=======b\n',
      ' >>>>>>> b\n',
    ],
    ['a long rule in its text', two('a\n==========\n', 'b\n'), 'a\n==========\n', 'b\n'],
  ])('are found with %s', (_name, conflict, ours, theirs) => {
    const text = `\ufeffbefore\n${conflict}`;
    expect(found(text)).toEqual([{ whole: conflict, ours, base: undefined, theirs }]);
    expect(parseConflicts(text).broken).toEqual([]);
  });

  it('keep the larger markers that git writes into the base of a merge of merges', () => {
    const inner = two('x\n', 'y\n', 9);
    expect(found(three('a\n', inner, 'b\n'))).toEqual([
      { whole: three('a\n', inner, 'b\n'), ours: 'a\n', base: inner, theirs: 'b\n' },
    ]);
  });
});

describe('what git knows of a file', () => {
  const example = two('left\n', 'right\n');
  const git = (...versions: string[]): { markerSize: number; versions: readonly string[] } => ({
    markerSize: 7,
    versions,
  });

  it('tells an example of a version from a conflict', () => {
    const real = two('a\n', 'b\n');
    const text = `# Docs\n${example}${real}${example}`;
    const { conflicts, broken } = parseConflicts(text, git(`# Docs\n${example}a\n`, `# Docs\n${example}b\n`));
    expect(conflicts.map(({ range }) => text.slice(range.start, range.end))).toEqual([real]);
    expect(broken).toEqual([]);
  });

  it('keeps an example inside a conflict as text of its side, whatever the line ends', () => {
    const text = two(`${example}a\n`, 'b\n').replaceAll('\n', '\r\n');
    const { conflicts, broken } = parseConflicts(text, git(`${example}a\n`, 'b\n'));
    expect(conflicts.map(({ ours }) => ours.text)).toEqual([`${example}a\n`.replaceAll('\n', '\r\n')]);
    expect(broken).toEqual([]);
  });

  it('takes markers of another size for text', () => {
    const text = two('a\n', 'b\n', 9) + two('c\n', 'd\n');
    expect(parseConflicts(text, git()).conflicts.map(({ ours }) => ours.text)).toEqual(['c\n']);
    expect(parseConflicts(text, { markerSize: 9, versions: [] }).conflicts.map(({ ours }) => ours.text)).toEqual([
      'a\n',
    ]);
  });

  it('finds markers of another size where git wrote no others, since the merge may have changed the size', () => {
    const nine = two('a\n', 'b\n', 9);
    expect(parseConflicts(nine, git('a\n', 'b\n')).conflicts.map(({ markerSize }) => markerSize)).toEqual([9]);
    expect(parseConflicts(nine, git(nine)).conflicts).toEqual([]);
    expect(parseConflicts('Heading\n=========\n', git('a\n')).broken).toEqual([]);
  });

  it('takes a stray marker of a version for text, and tells any other', () => {
    const text = '>>>>>>> quoted\n>>>>>>> topic\n';
    expect(parseConflicts(text, git('>>>>>>> quoted\n')).broken.map(({ line }) => line)).toEqual([1]);
  });

  it.each([
    ['of an end in theirs', two('a\n', 'b\n>>>>>>> old\nc\n'), 'b\n>>>>>>> old\nc\n', ['b\n>>>>>>> old\nc\n']],
    ['of a beginning in theirs', two('a\n', '<<<<<<< old\nb\n'), '<<<<<<< old\nb\n', ['<<<<<<< old\nb\n']],
    ['of an end that git wrote too', two('a\n', 'b\n>>>>>>> topic\nc\n'), 'b\n>>>>>>> topic\nc\n', []],
    ['of a beginning that git wrote too', two('<<<<<<< HEAD\na\n', 'b\n'), '<<<<<<< HEAD\na\n', []],
    ['of a base in ours', two('a\n|||||||\nb\n', 'c\n'), 'a\n|||||||\nb\n', []],
    ['of a base behind the separator', two('a\n', 'b\n|||||||\nc\n'), 'b\n|||||||\nc\n', ['b\n|||||||\nc\n']],
  ])('tells a stray marker of a version from those of git: %s', (_name, text, version, theirs) => {
    const { conflicts, broken } = parseConflicts(text, git(version));
    expect(conflicts.map((conflict) => conflict.theirs.text)).toEqual(theirs);
    expect(broken.length > 0).toBe(theirs.length === 0);
  });

  it('tells what is left of markers that somebody took out, and no heading of a version', () => {
    const text = 'Heading\n=======\n\n||||||| 1a2b3c\na\n=======\nb\n';
    const lines = (...versions: string[]): number[] =>
      parseConflicts(text, git(...versions)).broken.map(({ line }) => line);
    expect(lines('a\n')).toEqual([1, 3, 5]);
    expect(lines('Heading\n=======\n')).toEqual([3]);
    expect(lines()).toEqual([]);
  });

  it('finds markers as small as git was told to write', () => {
    const text = `> quoted\n${two('a\n', 'b\n', 2)}`;
    expect(parseConflicts(text, { markerSize: 2, versions: [] }).conflicts.map(({ ours }) => ours.text)).toEqual([
      'a\n',
    ]);
    expect(parseConflicts(text, git()).conflicts).toEqual([]);
  });

  it('is looked up in long texts at once', () => {
    const many = Array.from({ length: 4_000 }, (_, index) => two(`${index}\n`, 'b\n')).join('');
    expect(parseConflicts(many, git(many)).conflicts.length).toBeLessThan(4_000);
  });
});

describe('broken markers', () => {
  it.each<[string, string, [number, BrokenReason][], number]>([
    ['no separator', '<<<<<<< HEAD\na\n>>>>>>> topic\n', [[0, 'noSeparator']], 0],
    ['no end', '<<<<<<< HEAD\na\n=======\nb\n', [[0, 'noEnd']], 0],
    ['neither', 'a\n<<<<<<< HEAD\nb\n', [[1, 'noSeparator']], 0],
    ['an end alone', 'a\n>>>>>>> topic\n', [[1, 'strayMarker']], 0],
    ['two separators', '<<<<<<< HEAD\na\n=======\nb\n=======\nc\n>>>>>>> topic\n', [[0, 'severalSeparators']], 0],
    [
      'two bases',
      '<<<<<<< HEAD\na\n||||||| x\nb\n||||||| y\n=======\nc\n>>>>>>> topic\n',
      [[0, 'severalSeparators']],
      0,
    ],
    ['a conflict inside', two(two('a\n', 'b\n'), 'c\n'), [[0, 'nested']], 1],
    ['a whole one behind', `<<<<<<< HEAD\na\n${two('b\n', 'c\n')}`, [[0, 'noSeparator']], 1],
    ['a separator alone, which is a heading', 'Title\n=======\n', [], 0],
    ['signs of a shift or a quote', 'a\n>>> a\n<<< b\n===\n', [], 0],
  ])('are told: %s', (_name, text, broken, conflicts) => {
    const file = parseConflicts(text);
    expect(file.broken.map(({ line, reason }) => [line, reason])).toEqual(broken);
    expect(file.conflicts).toHaveLength(conflicts);
  });

  it('are told beside the conflicts around them, in the order of the file', () => {
    const text = `${two('a\n', 'b\n')}>>>>>>> x\n${two('c\n', 'd\n')}<<<<<<< y\n`;
    const { conflicts, broken } = parseConflicts(text);
    expect(conflicts.map(({ line, index }) => [line, index])).toEqual([
      [0, 0],
      [6, 1],
    ]);
    expect(broken.map(({ line, reason }) => [line, reason])).toEqual([
      [5, 'strayMarker'],
      [11, 'noSeparator'],
    ]);
  });
});

it('takes ten megabytes of markers', () => {
  const text = two('a\n', 'b\n').repeat(280_000);
  expect(text.length).toBeGreaterThan(10_000_000);
  expect(parseConflicts(text).conflicts).toHaveLength(280_000);
  expect(parseConflicts('<<<<<<< HEAD\n'.repeat(100_000)).broken).toHaveLength(100_000);
});

it('knows a size of markers that a text does not use', () => {
  expect(unusedMarkerSize(['a\n', two('a\n', 'b\n')])).toBe(8);
  expect(unusedMarkerSize([two('a\n', 'b\n'), '========\n'])).toBe(9);
  expect(unusedMarkerSize(['a\n'])).toBe(7);
});
