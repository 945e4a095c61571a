// A file in which git left conflicts, with what git knows of it. Inside a repository git's index decides what is in
// conflict: markers are text where it is not, and a file without markers may well be.

import { realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { languageIdOf } from '../../languages/index.js';
import { inEnglish } from '../../common/words.js';
import {
  noFile,
  readFileInGit,
  readIndexStages,
  readMergeBase,
  reasonOfIndentedMarkers,
  reasonWithoutLines,
  reasonWithoutMarkers,
  type UnmergedFile,
} from '../../git/index.js';
import { parseConflicts, type ConflictDocument, type FileVersions, type MarkersOfGit } from '../../merge/index.js';
import { InputError } from '../../common/inputError.js';
import { readResolutions, wholeKey } from './mergeLog.js';
import { readSourceFile, refuseUnclearName } from '../terminal/sourceFile.js';

/** A text with markers, and how its base is found where they do not show it. */
export interface MarkedFile extends ConflictDocument {
  readonly name: string;
  /** What the file holds already; undefined where three versions make it. */
  readonly onDisk: string | undefined;
  readonly markers?: MarkersOfGit;
  readonly versions?: FileVersions;
  readonly readBase: (signal: AbortSignal) => Promise<string | undefined>;
  /** Set where nothing in the text is to be resolved. */
  readonly undone?: Undone;
}

/** Why nothing is resolved in a file, and whether that leaves a conflict to the person. */
export interface Undone {
  readonly sentence: string;
  readonly isConflict: boolean;
}

/**
 * @param any whether every marker counts, whatever git says
 * @throws InputError
 */
export async function readMarkedFile(name: string, any: boolean, signal: AbortSignal): Promise<MarkedFile> {
  refuseUnclearName(name);
  const path = resolve(name);
  const inGit = any ? ({ kind: 'outside' } as const) : await readFileInGit(path, signal);
  if (inGit.kind === 'unknown') {
    throw new InputError(
      `Git does not say whether ${name} is in conflict (${inGit.message}); --any takes its markers for conflicts.`,
    );
  }
  if (inGit.kind === 'unmerged') return readUnmerged(name, path, inGit, signal);
  const document = await readSourceFile(name, { keepMark: true });
  const marked = { ...document, name, onDisk: document.text };
  if (inGit.kind === 'settled') {
    return { ...marked, readBase: () => Promise.resolve(undefined), ...undoneAsSettled(document.text) };
  }
  const readBase = async (own: AbortSignal): Promise<string | undefined> =>
    (await readIndexStages(path, own))?.base ?? (await readMergeBase(path, own));
  return { ...marked, readBase };
}

function undoneAsSettled(text: string): Pick<MarkedFile, 'undone'> {
  const { conflicts } = parseConflicts(text);
  const sentence = 'git has no conflict in it, so its markers are text (--any takes them for conflicts).';
  return { undone: { sentence: conflicts.length === 0 ? 'no conflicts.' : sentence, isConflict: false } };
}

async function readUnmerged(name: string, path: string, inGit: UnmergedFile, signal: AbortSignal): Promise<MarkedFile> {
  const { stages, markerSize } = inGit;
  const versions = [stages.ours, stages.base, stages.theirs].filter((version) => version !== undefined);
  const markers = { markerSize, versions };
  const left = (sentence: string, text: string, onDisk: string | undefined, isConflict = true): MarkedFile => ({
    text,
    languageId: languageIdOf(path),
    path: name,
    name,
    onDisk,
    readBase: () => Promise.resolve(undefined),
    undone: { sentence, isConflict },
  });
  const reason = reasonWithoutLines(inGit);
  const withoutLines = reason === undefined ? undefined : inEnglish(reason);
  const isThere = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isThere) return left(withoutLines ?? inEnglish(noFile), '', undefined);
  if (withoutLines !== undefined) {
    const text = await readSourceFile(name, { keepMark: true }).then(
      (document) => document.text,
      () => undefined,
    );
    return left(withoutLines, text ?? '', text);
  }
  const document = await readSourceFile(name, { keepMark: true });
  const { conflicts, broken } = parseConflicts(document.text, markers);
  if (conflicts.length + broken.length === 0) {
    const indented = reasonOfIndentedMarkers(inGit, document.text);
    if (indented !== undefined) return left(inEnglish(indented), document.text, document.text);
    const alone = reasonWithoutMarkers(inGit, document.text);
    if (alone !== undefined) {
      const isOurs = await wasWritten(path, stages, document.text, signal);
      const sentence = isOurs
        ? 'Lacuna has resolved it already (--log shows how); `git add` takes that.'
        : inEnglish(alone);
      return left(sentence, document.text, document.text, !isOurs);
    }
  }
  return {
    ...document,
    name,
    onDisk: document.text,
    markers,
    versions: stages,
    readBase: () => Promise.resolve(stages.base),
  };
}

/** Whether a side that stands alone in a file is there because it was the answer, and nobody has written anything else since. */
async function wasWritten(path: string, versions: FileVersions, text: string, signal: AbortSignal): Promise<boolean> {
  const log = await readResolutions(dirname(await realpath(path)), signal).catch(() => undefined);
  const key = wholeKey(versions, text);
  return log?.resolutions.some(({ whole }) => whole === key) === true;
}
