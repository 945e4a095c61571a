// What was resolved and what is left, in a sentence or two: data in, text out.

import { t } from '../l10n/words.js';

export interface Tally {
  readonly resolved: number;
  readonly conflicts: number;
}

export function summaryOfFile({ resolved, conflicts }: Tally): string {
  if (conflicts === 0) return t('Lacuna: There is no conflict in this file.');
  if (resolved === 0) return noneOf(conflicts);
  return joined([share(resolved, conflicts), leftOver(conflicts - resolved), undo()]);
}

/** @param unread files that could not be read or are not text */
export function summaryOfAll(files: readonly Tally[], unread: number): string {
  const withConflicts = files.filter(({ conflicts }) => conflicts > 0);
  const beside = unreadFiles(unread);
  if (withConflicts.length === 0) return joined([t('Lacuna: There is no conflict in this workspace.'), beside]);
  const sum = (of: (tally: Tally) => number): number => withConflicts.reduce((total, tally) => total + of(tally), 0);
  const conflicts = sum((tally) => tally.conflicts);
  const resolved = sum((tally) => tally.resolved);
  const changed = withConflicts.filter((tally) => tally.resolved > 0).length;
  if (resolved === 0) return joined([noneOf(conflicts), beside]);
  return joined([shareInFiles(resolved, conflicts, changed), leftOver(conflicts - resolved), undo(), beside]);
}

function noneOf(conflicts: number): string {
  return conflicts === 1
    ? t('Lacuna: The conflict has no resolution that is certain enough. Nothing was changed.')
    : t('Lacuna: None of the {0} conflicts has a resolution that is certain enough. Nothing was changed.', conflicts);
}

function share(resolved: number, conflicts: number): string {
  if (resolved < conflicts) return t('Lacuna resolved {0} of {1} conflicts.', resolved, conflicts);
  return conflicts === 1 ? t('Lacuna resolved the conflict.') : t('Lacuna resolved all {0} conflicts.', conflicts);
}

function shareInFiles(resolved: number, conflicts: number, files: number): string {
  if (conflicts === 1) return t('Lacuna resolved the conflict in 1 file.');
  if (resolved < conflicts) {
    return files === 1
      ? t('Lacuna resolved {0} of {1} conflicts in 1 file.', resolved, conflicts)
      : t('Lacuna resolved {0} of {1} conflicts in {2} files.', resolved, conflicts, files);
  }
  return files === 1
    ? t('Lacuna resolved all {0} conflicts in 1 file.', conflicts)
    : t('Lacuna resolved all {0} conflicts in {1} files.', conflicts, files);
}

function leftOver(rest: number): string {
  if (rest === 0) return '';
  return rest === 1 ? t('1 is left to you.') : t('{0} are left to you.', rest);
}

function undo(): string {
  return t('Undo takes it back.');
}

function unreadFiles(unread: number): string {
  if (unread === 0) return '';
  return unread === 1 ? t('1 file could not be read as text.') : t('{0} files could not be read as text.', unread);
}

function joined(sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== '').join(' ');
}
