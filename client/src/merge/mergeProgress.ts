// How far a file of a merge is, in words: data in, text out.

import type { ConflictState } from '../../../server/src/protocol/messages.js';
import { t } from '../l10n/words.js';

export interface FileProgress {
  /** Whether there is a text that can be opened. */
  readonly isThere: boolean;
  readonly total: number;
  readonly conflicts: readonly ConflictState[];
  /** Marker lines that make no conflict, and why. */
  readonly broken: readonly { readonly line: number; readonly sentence: string }[];
  /** Why git has it in conflict though no lines are. */
  readonly left: string | undefined;
}

export interface ProgressWords {
  readonly state: 'looking' | 'done' | 'certain' | 'needsYou';
  /** In a few words. */
  readonly words: string;
  /** Why, in a sentence. */
  readonly sentence: string;
  /** Why, in a phrase that is shorter, where there is one. */
  readonly reason?: string;
}

export function progressWords(progress: FileProgress | undefined): ProgressWords {
  if (progress === undefined) return { state: 'looking', words: t('not looked at yet'), sentence: '' };
  const { total, conflicts, broken, left } = progress;
  if (left !== undefined) return { state: 'needsYou', words: t('needs you'), sentence: left };
  if (total + broken.length === 0) {
    return { state: 'done', words: t('done'), sentence: t('No conflict is left in it. Stage it to tell git so.') };
  }
  const certain = conflicts.filter(({ certainty }) => certainty === 'certain').length;
  const open = total - certain + broken.length;
  if (open === 0) {
    return {
      state: 'certain',
      words: t('certain'),
      sentence: total === 1 ? t('Its conflict is certain.') : t('All {0} conflicts are certain.', total),
    };
  }
  const first = conflicts.find(({ certainty }) => certainty !== 'certain');
  return {
    state: 'needsYou',
    words: certain === 0 ? t('needs you') : t('needs you, {0} of {1} certain', certain, certain + open),
    sentence: first?.sentence ?? broken[0]?.sentence ?? '',
    ...(first?.reason === undefined ? {} : { reason: first.reason }),
  };
}

/** How sure the likeliest answer of a conflict is. */
export function certaintyWords({ certainty }: Pick<ConflictState, 'certainty'>): string {
  return { certain: t('certain'), likely: t('likely, needs you'), open: t('needs you') }[certainty];
}

/** Above the list: what git is in the middle of, and how many files are done. */
export function overviewWords(underWay: readonly string[], files: readonly (FileProgress | undefined)[]): string {
  const states = files.map((file) => progressWords(file).state);
  const count = (wanted: string): number => states.filter((state) => state === wanted).length;
  const counts = t(
    '{0} files: {1} done, {2} certain, {3} need you.',
    files.length,
    count('done'),
    count('certain'),
    count('needsYou'),
  );
  const looking = count('looking');
  return [...underWay.map((sentence) => `${sentence}.`), looking === files.length ? '' : counts]
    .filter((sentence) => sentence !== '')
    .join(' ');
}
