// The three versions of a file that git keeps in its index while the file is in conflict.

import { basename, dirname, sep } from 'node:path';
import { readBlobs } from './blobs.js';
import { runGit } from './runGit.js';

/** Texts as git stores them: their line ends may be others than those of the file on disk. */
export interface IndexStages {
  /** Undefined where both sides added the file, or where it is not text. */
  readonly base: string | undefined;
  readonly ours: string | undefined;
  readonly theirs: string | undefined;
}

/** An entry of git's index. */
export interface StageEntry {
  /** As git writes it: `100644` is a file, `120000` a link, `160000` another repository. */
  readonly mode: string;
  readonly object: string;
}

export type StageEntries = Readonly<Record<'base' | 'ours' | 'theirs', StageEntry | undefined>>;

/** @returns undefined where the file is not in conflict, or where there is no git to ask */
export async function readIndexStages(file: string, signal: AbortSignal): Promise<IndexStages | undefined> {
  const folder = dirname(file);
  const path = basename(file);
  const listed = await runGit(folder, listUnmerged(path), signal);
  const entries = stageEntries(listed?.toString('utf8') ?? '', path);
  return entries === undefined ? undefined : readStages(folder, entries, signal);
}

/** What to ask git for the entries of a file. */
export function listUnmerged(path: string): readonly string[] {
  return ['ls-files', '--unmerged', '-z', '--', path];
}

/** From entries such as `100644 <object> 1\t<path>`; undefined where there are none of the file itself. */
export function stageEntries(listed: string, path: string): StageEntries | undefined {
  // Of a folder, git lists the files below it. Their paths are longer; they are not compared, since git may spell letters
  // with accents in another way than the system.
  const depth = path.split(sep).length;
  const found = [...listed.matchAll(/(?:^|\0)(\d+) ([0-9a-f]+) ([123])\t([^\0]*)/g)].filter(
    ([, , , , listedPath]) => listedPath!.split('/').length === depth,
  );
  if (found.length === 0) return undefined;
  const entry = (wanted: string): StageEntry | undefined => {
    const [, mode, object] = found.find(([, , , stage]) => stage === wanted) ?? [];
    return mode === undefined || object === undefined ? undefined : { mode, object };
  };
  return { base: entry('1'), ours: entry('2'), theirs: entry('3') };
}

/** The contents of entries. */
export async function readStages(folder: string, entries: StageEntries, signal: AbortSignal): Promise<IndexStages> {
  const objects = Object.values(entries).flatMap((entry) => (entry === undefined ? [] : [entry.object]));
  const texts = await readBlobs(folder, objects, signal);
  const text = (entry: StageEntry | undefined): string | undefined => texts.get(entry?.object ?? '');
  return { base: text(entries.base), ours: text(entries.ours), theirs: text(entries.theirs) };
}
