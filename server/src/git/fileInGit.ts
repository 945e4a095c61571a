// What git knows of one file: whether it is in conflict, in what way, and how its markers look. Markers alone say little: a
// document may show some as an example, and a test may hold some in a string.

import { existsSync, statSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { listUnmerged, readStages, stageEntries, type IndexStages, type StageEntries } from './indexStages.js';
import { askGit, runGit } from './runGit.js';

export type FileInGit =
  /** In no repository. */
  | { readonly kind: 'outside' }
  /** In a repository, of which git does not want to say anything; the message is git's. */
  | { readonly kind: 'unknown'; readonly message: string }
  /** In a repository, and not in conflict. */
  | { readonly kind: 'settled' }
  | UnmergedFile;

export interface UnmergedFile {
  readonly kind: 'unmerged';
  readonly entries: StageEntries;
  readonly stages: IndexStages;
  /** How often git repeats the sign of a marker in this file. */
  readonly markerSize: number;
  /** False where git was told to merge no lines of it (`-merge`, `binary`). */
  readonly mergesLines: boolean;
}

/** Git's own size of markers. */
export const USUAL_MARKER_SIZE = 7;

/**
 * @param file absolute; it need not exist
 * @throws an AbortError when the signal is aborted
 */
export async function readFileInGit(file: string, signal: AbortSignal): Promise<FileInGit> {
  const asNamed = await readPath(file, signal);
  if (asNamed.kind !== 'settled' && asNamed.kind !== 'outside') return asNamed;
  // What is behind a link is another file for git, maybe of another repository.
  const target = await realpath(file).catch(() => file);
  return target === file ? asNamed : readPath(target, signal);
}

async function readPath(file: string, signal: AbortSignal): Promise<FileInGit> {
  const folder = existingFolder(dirname(file));
  const path = relative(folder, file);
  const listed = await askGit(folder, listUnmerged(path), signal);
  if (listed.kind === 'failed') {
    return isInRepository(folder) ? { kind: 'unknown', message: listed.message } : { kind: 'outside' };
  }
  const entries = stageEntries(listed.output.toString('utf8'), path);
  if (entries === undefined) return { kind: 'settled' };
  const [stages, attributes] = [
    await readStages(folder, entries, signal),
    await runGit(folder, ['check-attr', '-z', 'conflict-marker-size', 'merge', '--', path], signal),
  ];
  const value = attributeOf(attributes?.toString('utf8') ?? '');
  const size = Number(value('conflict-marker-size'));
  const merge = value('merge');
  return {
    kind: 'unmerged',
    entries,
    stages,
    markerSize: Number.isInteger(size) && size > 0 ? size : USUAL_MARKER_SIZE,
    mergesLines: merge !== 'unset' && merge !== 'binary',
  };
}

/** From `<path>`, `<attribute>` and `<value>`, each ended by a zero byte. */
function attributeOf(listed: string): (name: string) => string | undefined {
  const parts = listed.split('\0');
  return (name) => {
    const at = parts.findIndex((part, index) => index % 3 === 1 && part === name);
    return at === -1 ? undefined : parts[at + 1];
  };
}

/** A file that was deleted may have taken its folder with it, in whose place there may be a file. */
function existingFolder(folder: string): string {
  const parent = dirname(folder);
  const isFolder = existsSync(folder) && statSync(folder).isDirectory();
  return isFolder || parent === folder ? folder : existingFolder(parent);
}

function isInRepository(folder: string): boolean {
  if (basename(folder) === '.git' || existsSync(join(folder, '.git'))) return true;
  const parent = dirname(folder);
  return parent !== folder && isInRepository(parent);
}
