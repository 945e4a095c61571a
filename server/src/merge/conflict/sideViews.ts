// The whole file as each side leaves it: what git merged, with one side of every conflict in its place. All versions have LF
// as line end.

import { withLf } from '../diff/lineEnds.js';
import type { Conflict, ConflictFile, SideView, WholeText } from '../types.js';

interface FileViews {
  readonly base: WholeText;
  readonly ours: SideView;
  readonly theirs: SideView;
}

interface View {
  readonly file: WholeText;
  /** Where each conflict's side lies in it. */
  readonly ranges: readonly SideView['range'][];
}

/** What is found out of a file's versions is remembered by the object of its base. */
const known = new WeakMap<WholeText, { readonly base: WholeText; readonly ours: View; readonly theirs: View }>();

/** Undefined where the base of the whole file is not known. */
export function viewsOf(text: string, file: ConflictFile, conflict: Conflict): FileViews | undefined {
  if (file.whole === undefined) return undefined;
  const views = known.get(file.whole) ?? {
    base: { text: withLf(file.whole.text) },
    ours: viewOf(text, file.conflicts, 'ours'),
    theirs: viewOf(text, file.conflicts, 'theirs'),
  };
  known.set(file.whole, views);
  const at = file.conflicts.indexOf(conflict);
  const ours = views.ours.ranges[at];
  const theirs = views.theirs.ranges[at];
  if (ours === undefined || theirs === undefined) return undefined;
  return {
    base: views.base,
    ours: { file: views.ours.file, range: ours },
    theirs: { file: views.theirs.file, range: theirs },
  };
}

function viewOf(text: string, conflicts: readonly Conflict[], side: 'ours' | 'theirs'): View {
  let [whole, copied] = ['', 0];
  const ranges = conflicts.map(({ range, [side]: section }) => {
    whole += withLf(text.slice(copied, range.start));
    const start = whole.length;
    whole += withLf(section.text);
    copied = range.end;
    return { start, end: whole.length };
  });
  return { file: { text: whole + withLf(text.slice(copied)) }, ranges };
}
