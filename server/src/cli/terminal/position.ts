// FILE:LINE:COL of the command line. The numbers are read from the right, so that a Windows path (C:\a.ts:3:1) and a
// file name with colons keep theirs.

import { InputError } from '../../common/inputError.js';

export interface FilePosition {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
}

/**
 * Parses FILE:LINE:COL.
 * @throws InputError
 */
export function parsePosition(argument: string): FilePosition {
  const match = /^(?<file>.+):(?<line>\d+):(?<column>\d+)$/su.exec(argument);
  const { file, line, column } = match?.groups ?? {};
  if (file === undefined || Number(line) < 1 || Number(column) < 1) {
    throw new InputError(`"${argument}" is not a position: write FILE:LINE:COL, both numbers counted from 1.`);
  }
  return { file, line: Number(line), column: Number(column) };
}

/**
 * The offset of a position in a text whose lines end in \n, \r\n or \r; the column after a line's last character is its end.
 * @throws InputError when the text has no such position.
 */
export function offsetOf(text: string, { file, line, column }: FilePosition): number {
  const lineEnds = /\r\n|\n|\r/g;
  let start = 0;
  let lines = 1;
  for (; lines < line && lineEnds.exec(text) !== null; lines++) start = lineEnds.lastIndex;
  if (lines < line) throw new InputError(`${file} has no line ${line}: its last line is ${lines}.`);
  const end = lineEnds.exec(text)?.index ?? text.length;
  if (start + column - 1 > end) {
    throw new InputError(`Line ${line} of ${file} has no column ${column}: its last is ${end - start + 1}.`);
  }
  const offset = start + column - 1;
  if (isInsidePair(text, offset)) {
    throw new InputError(
      `Column ${column} of line ${line} of ${file} is inside of a character: write ${column - 1} or ${column + 1}.`,
    );
  }
  return offset;
}

/** Whether an offset would cut a surrogate pair in two. */
function isInsidePair(text: string, offset: number): boolean {
  return offset > 0 && (text.codePointAt(offset - 1) ?? 0) > 0xffff;
}
