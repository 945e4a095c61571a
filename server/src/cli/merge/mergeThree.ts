// Three versions of a text as one text with conflicts: merged by git, without the mark of the byte order, which is no part
// of the first line and would make lines differ that are alike.

import { mergeFiles, type MergedFiles, type MergeFilesOptions, type ThreeVersions } from '../../git/index.js';
import {
  BYTE_ORDER_MARK,
  type Conflict,
  endsFile,
  type FileVersions,
  hasMark,
  marksFile,
  unusedMarkerSize,
  withoutLastEnd,
  withoutMark,
} from '../../merge/index.js';

export interface VersionTexts extends FileVersions {
  readonly ours: string;
  readonly base: string;
  readonly theirs: string;
}

export interface Labels {
  readonly ours: string;
  readonly base: string;
  readonly theirs: string;
}

/** A text whose conflicts show their base, between markers that no version has. */
export function mergeWithBases(
  { ours, base, theirs }: VersionTexts,
  options: Pick<MergeFilesOptions, 'labels' | 'folder' | 'isOld'>,
  signal: AbortSignal,
): Promise<MergedFiles> {
  const markerSize = unusedMarkerSize([ours, base, theirs]);
  const unmarked = { ours: withoutMark(ours), base: withoutMark(base), theirs: withoutMark(theirs) };
  return mergeFiles(unmarked, { ...options, style: 'diff3', markerSize }, signal);
}

/** A text that was merged without the mark, with the mark that its versions ask for. */
export function withMarkOf(text: string, versions: VersionTexts): string {
  return marksFile(versions) && !hasMark(text) ? BYTE_ORDER_MARK + text : text;
}

/**
 * Three versions that agree wherever a conflict is resolved, so that git marks the others as it always does.
 * @param resolved what takes the place of each conflict; undefined where it is left
 */
export function versionsWithAnswers(
  text: string,
  conflicts: readonly { readonly conflict: Conflict; readonly resolved: string | undefined }[],
  versions: VersionTexts,
): ThreeVersions {
  const first = conflicts.find(({ conflict }) => conflict.range.start === 0);
  const last = conflicts.find(({ conflict }) => conflict.range.end === text.length);
  const version = (side: 'ours' | 'base' | 'theirs'): string => {
    const parts: string[] = [];
    let copied = 0;
    for (const { conflict, resolved } of conflicts) {
      parts.push(text.slice(copied, conflict.range.start), resolved ?? conflict[side]?.text ?? '');
      copied = conflict.range.end;
    }
    const whole = [...parts, text.slice(copied)].join('');
    const isOpenAtStart = first !== undefined && first.resolved === undefined;
    const isOpenAtEnd = last !== undefined && last.resolved === undefined;
    const begun = isOpenAtStart && hasMark(versions[side]) ? BYTE_ORDER_MARK + whole : whole;
    const isEnded = endsFile(begun, { ours: versions[side], base: undefined, theirs: undefined });
    return isOpenAtEnd && !isEnded ? withoutLastEnd(begun, [versions[side]]) : begun;
  };
  return { ours: version('ours'), base: version('base'), theirs: version('theirs') };
}
