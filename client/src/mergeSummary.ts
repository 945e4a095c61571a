// What was resolved and what is left, in a sentence or two: data in, text out.

export interface Tally {
  readonly resolved: number;
  readonly conflicts: number;
}

export function summaryOfFile({ resolved, conflicts }: Tally): string {
  if (conflicts === 0) return 'Lacuna: There is no conflict in this file.';
  if (resolved === 0) return `Lacuna: ${noneOf(conflicts)} Nothing was changed.`;
  return `Lacuna resolved ${share(resolved, conflicts)}.${leftOver(conflicts - resolved)}`;
}

/** @param unread files that could not be read or are not text */
export function summaryOfAll(files: readonly Tally[], unread: number): string {
  const withConflicts = files.filter(({ conflicts }) => conflicts > 0);
  const beside = unread === 0 ? '' : ` ${count(unread, 'file')} could not be read as text.`;
  if (withConflicts.length === 0) return `Lacuna: There is no conflict in this workspace.${beside}`;
  const sum = (of: (tally: Tally) => number): number => withConflicts.reduce((total, tally) => total + of(tally), 0);
  const conflicts = sum((tally) => tally.conflicts);
  const resolved = sum((tally) => tally.resolved);
  const changed = withConflicts.filter((tally) => tally.resolved > 0).length;
  if (resolved === 0) return `Lacuna: ${noneOf(conflicts)} Nothing was changed.${beside}`;
  const inFiles = `in ${count(changed, 'file')}`;
  return `Lacuna resolved ${share(resolved, conflicts)} ${inFiles}.${leftOver(conflicts - resolved)}${beside}`;
}

function noneOf(conflicts: number): string {
  return conflicts === 1
    ? 'The conflict has no resolution that is certain enough.'
    : `None of the ${conflicts} conflicts has a resolution that is certain enough.`;
}

function share(resolved: number, conflicts: number): string {
  if (resolved < conflicts) return `${resolved} of ${count(conflicts, 'conflict')}`;
  return conflicts === 1 ? 'the conflict' : `all ${conflicts} conflicts`;
}

function leftOver(rest: number): string {
  const left = rest === 0 ? '' : ` ${rest} ${rest === 1 ? 'is' : 'are'} left to you.`;
  return `${left} Undo takes it back.`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
