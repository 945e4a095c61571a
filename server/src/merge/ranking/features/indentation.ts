// How deep a text stands at its two ends, beside the lines around the conflict: when one side wrapped the code in a block,
// the indentation of what surrounds the conflict tells whether the block is there.

/** Columns of white space in front of the first and the last line with content; undefined where there is none. */
export interface Indents {
  readonly first: number | undefined;
  readonly last: number | undefined;
}

const TAB = 4;

export function indentsOf(text: string): Indents {
  const lines = text.split('\n');
  return { first: depthOf(lines.find(hasContent)), last: depthOf(lines.findLast(hasContent)) };
}

/** The difference of two depths, within what occurs; -99 where one of them is not known. */
export function deeper(one: number | undefined, other: number | undefined): number {
  return one === undefined || other === undefined ? -99 : Math.max(-16, Math.min(16, one - other));
}

const hasContent = (line: string): boolean => line.trim() !== '' && !/^(<{7}|={7}|>{7}|\|{7})/.test(line);

function depthOf(line: string | undefined): number | undefined {
  if (line === undefined) return undefined;
  let depth = 0;
  for (const sign of line) {
    if (sign === ' ') depth++;
    else if (sign === '\t') depth += TAB;
    else break;
  }
  return depth;
}
