// Golden text files: a file is a case. It begins with lines `key: value`, then come sections parted by lines `---`; the
// last one is what is expected. UPDATE=1 rewrites it. Marks: ˇ the cursor, «» what is inserted.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export interface GoldenCase {
  /** The path below the folder, without the ending. */
  readonly name: string;
  readonly file: string;
  readonly header: Readonly<Record<string, string>>;
  /** All sections but the last. */
  readonly input: readonly string[];
  readonly expected: string;
}

const SEPARATOR = '\n---\n';

/** All cases below a folder, in the order of their names. */
export function readGoldenCases(folder: string): readonly GoldenCase[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name) => readGoldenCase(folder, join(folder, name)));
}

/** Compares with what is expected, or, with UPDATE=1, makes it what is expected from now on. */
export function expectGolden(
  { file, expected }: GoldenCase,
  actual: string,
): { readonly actual: string; readonly expected: string } {
  if (process.env['UPDATE'] !== '1') return { actual, expected };
  const text = readFileSync(file, 'utf8');
  const at = text.lastIndexOf(SEPARATOR);
  writeFileSync(file, `${text.slice(0, at)}${SEPARATOR}${actual}\n`);
  return { actual, expected: actual };
}

export interface MarkedText {
  readonly text: string;
  /** Where ˇ or « stood. */
  readonly offset: number;
  /** What stood between « and »; it is not in the text. */
  readonly inserted: string;
}

/** Takes the marks out of a text that has one ˇ or one pair of «». */
export function parseMarks(marked: string): MarkedText {
  const match = /ˇ|«([^»]*)»/.exec(marked);
  if (match === null) throw new Error(`There is no mark in: ${marked}`);
  const text = marked.slice(0, match.index) + marked.slice(match.index + match[0].length);
  return { text, offset: match.index, inserted: match[1] ?? '' };
}

/** Writes a text into a document in place of a range, with the marks around it. */
export function markInsertion(
  text: string,
  range: { readonly start: number; readonly end: number },
  inserted: string,
): string {
  return `${text.slice(0, range.start)}«${inserted}»${text.slice(range.end)}`;
}

function readGoldenCase(folder: string, file: string): GoldenCase {
  const [head = '', ...sections] = readFileSync(file, 'utf8').replace(/\n$/, '').split(SEPARATOR);
  const header = Object.fromEntries(
    head.split('\n').map((line): [string, string] => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon), line.slice(colon + 2)];
    }),
  );
  const expected = sections.pop() ?? '';
  return { name: relative(folder, file).replace(/\.txt$/, ''), file, header, input: sections, expected };
}
