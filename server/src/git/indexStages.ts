// The three versions of a file that git keeps in its index while the file is in conflict.

import { basename, dirname } from 'node:path';
import { readBlobs } from './blobs.js';
import { runGit } from './runGit.js';

/** Texts as git stores them: their line ends may be others than those of the file on disk. */
export interface IndexStages {
  /** Undefined where both sides added the file, or where it is not text. */
  readonly base: string | undefined;
  readonly ours: string | undefined;
  readonly theirs: string | undefined;
}

/** @returns undefined where the file is not in conflict, or where there is no git to ask */
export async function readIndexStages(file: string, signal: AbortSignal): Promise<IndexStages | undefined> {
  const folder = dirname(file);
  const listed = await runGit(folder, ['ls-files', '--unmerged', '-z', '--', basename(file)], signal);
  const objects = objectsByStage(listed?.toString('utf8') ?? '');
  if (objects.size === 0) return undefined;
  const texts = await readBlobs(folder, [...objects.values()], signal);
  const text = (stage: number): string | undefined => texts.get(objects.get(stage) ?? '');
  return { base: text(1), ours: text(2), theirs: text(3) };
}

/** From entries such as `100644 <object> 1\t<path>`. */
function objectsByStage(listed: string): Map<number, string> {
  const entries = [...listed.matchAll(/(?:^|\0)\d+ ([0-9a-f]+) ([123])\t/g)];
  return new Map(entries.map(([, object, stage]) => [Number(stage), object!]));
}
