// All files that are in conflict in a repository, as they stand in the working tree, each with the version before both sides
// changed it: what the other files of a merge can tell of one of its conflicts.

import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readBlobs } from './blobs.js';
import { runGit } from './runGit.js';

export interface UnmergedText {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  /** Undefined where both sides added the file. Its line ends may be others than those of the text. */
  readonly base: string | undefined;
}

/** Files that are read, and bytes of one of them. */
const MOST_FILES = 60;
const LARGEST_BYTES = 1_000_000;

/** The folder of the repository that a folder lies in; undefined where there is none, or no git to ask. */
export async function repositoryOf(folder: string, signal: AbortSignal): Promise<string | undefined> {
  const root = await runGit(folder, ['rev-parse', '--show-toplevel'], signal);
  return root?.toString('utf8').replace(/\r?\n$/, '');
}

/** @param repository its folder, as `repositoryOf` gives it */
export async function readUnmergedTexts(repository: string, signal: AbortSignal): Promise<readonly UnmergedText[]> {
  const listed = (await runGit(repository, ['ls-files', '--unmerged', '-z'], signal))?.toString('utf8') ?? '';
  const bases = new Map<string, string | undefined>();
  for (const [, object, stage, name] of listed.matchAll(/\d+ ([0-9a-f]+) ([123])\t([^\0]+)\0/g)) {
    const path = resolve(repository, name!);
    if (bases.size >= MOST_FILES && !bases.has(path)) break;
    bases.set(path, stage === '1' ? object : bases.get(path));
  }
  const objects = [...bases.values()].filter((object) => object !== undefined);
  const blobs = await readBlobs(repository, objects, signal);
  const texts: UnmergedText[] = [];
  for (const [path, object] of bases) {
    signal.throwIfAborted();
    const text = await readText(path);
    const base = object === undefined ? undefined : blobs.get(object);
    if (text !== undefined) texts.push({ path, text: withoutMark(text), base: base && withoutMark(base) });
  }
  return texts;
}

/** The mark of the byte order says nothing of a conflict, and one version may have it while another has none. */
function withoutMark(text: string): string {
  return text.replace(/^\ufeff/, '');
}

/** A file that is gone, is no file, is large or is not text tells nothing. */
async function readText(path: string): Promise<string | undefined> {
  try {
    const about = await stat(path);
    if (!about.isFile() || about.size > LARGEST_BYTES) return undefined;
    const text = await readFile(path, 'utf8');
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
