// Why a file in conflict has no lines to be merged: one side deleted it, say, or it is no text. Whoever asks is told what git
// has kept and how to tell git what was chosen.

import type { UnmergedFile } from './fileInGit.js';
import { words, type Words } from '../common/words.js';

const bothKept = words('git keeps both versions, and somebody has to choose: `git checkout --ours` or `--theirs`.');

/** Where both sides renamed a file, git merges its lines and keeps them with their markers as either side. */
const MARKERS = [/^<{7,} /m, /^={7,}\r?$/m, /^>{7,} /m];

/** The mode of an entry that is a commit of another repository, and digits of its name that are told. */
const SUBMODULE = '160000';
const SHORT = 10;

/** Why git marks no lines of a file in conflict; undefined where it does. */
export function reasonWithoutLines({
  entries: { base, ours, theirs },
  stages,
  mergesLines,
}: UnmergedFile): Words | undefined {
  const keeps = words('`git add` keeps the file, `git rm` deletes it.');
  const isMarked =
    base === undefined &&
    [stages.ours, stages.theirs].some((version = '') => MARKERS.every((marker) => marker.test(version)));
  const choose = isMarked ? words('Git has left markers in its lines, too, which have to go first. {0}', keeps) : keeps;
  if (ours === undefined && theirs === undefined) {
    return words('both sides deleted or renamed it; `git rm` agrees to that.');
  }
  if (theirs === undefined) {
    return base === undefined
      ? words('ours added or renamed it, and theirs has something else in its place or renamed its folder. {0}', choose)
      : words('ours changed it and theirs deleted it. {0}', choose);
  }
  if (ours === undefined) {
    return base === undefined
      ? words('theirs added or renamed it, and ours has something else in its place or renamed its folder. {0}', choose)
      : words('theirs changed it and ours deleted it. {0}', choose);
  }
  if (ours.mode === SUBMODULE && theirs.mode === SUBMODULE) {
    // `git checkout --theirs` leaves a submodule where it is, and `git add` would take ours after all.
    return words(
      'it is a submodule, at {0} in ours and at {1} in theirs; check out in it what is to be kept, and `git add` takes that.',
      ...[ours, theirs].map(({ object }) => object.slice(0, SHORT)),
    );
  }
  if ([ours, theirs].some(({ mode }) => !mode.startsWith('100'))) {
    return words('it is no file on both sides; {0}', bothKept);
  }
  if (!mergesLines) return words('git was told not to merge its lines (the attribute merge); {0}', bothKept);
  // Lines in another encoding git does merge and mark.
  if (stages.ours === undefined || stages.theirs === undefined) {
    return words(
      'it is not text in UTF-8, so it is left to you: `git add` takes it as it is now, `git checkout --ours` or `--theirs` one side alone.',
    );
  }
  return undefined;
}

const INDENTED = [/^[ \t]+<{7,} /m, /^[ \t]+={7,}\r?$/m, /^[ \t]+>{7,} /m];
const isIndented = (text = ''): boolean => INDENTED.every((marker) => marker.test(text));

/** A formatter that does not know markers indents them, and then they are none to git, nor to us. */
export function reasonOfIndentedMarkers(
  { stages: { ours, base, theirs } }: UnmergedFile,
  text: string,
): Words | undefined {
  return isIndented(text) && ![ours, base, theirs].some(isIndented)
    ? words('its markers are indented, so Lacuna leaves them alone; at the beginning of their lines they count.')
    : undefined;
}

/** A file in conflict that is one side as it stands may have lost the other; any other has been resolved by somebody. */
export function reasonWithoutMarkers(
  { stages: { ours, base, theirs } }: UnmergedFile,
  text: string,
): Words | undefined {
  const key = (version: string | undefined): string | undefined => version?.replaceAll('\r\n', '\n');
  const side = key(ours) === key(text) ? 'ours' : key(theirs) === key(text) ? 'theirs' : undefined;
  if (side === undefined || key(ours) === key(theirs)) return undefined;
  const other = side === 'ours' ? 'theirs' : 'ours';
  if (key({ ours, theirs }[other]) === key(base)) return undefined;
  return side === 'ours'
    ? words(
        'git has it in conflict, and without markers it holds ours alone and nothing of theirs; `git add` takes that.',
      )
    : words(
        'git has it in conflict, and without markers it holds theirs alone and nothing of ours; `git add` takes that.',
      );
}

/** For a file that is not there and could have lines. */
export const noFile: Words = words('it is in conflict, and there is no file; git keeps its versions.');
