// The three versions of a file that git keeps in its index while the file is in conflict.

import { basename, dirname } from 'node:path';
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
  const names = [...objects.values()];
  const contents = await runGit(folder, ['cat-file', '--batch'], signal, `${names.join('\n')}\n`);
  if (contents === undefined) return undefined;
  const texts = textsOfBatch(contents);
  const text = (stage: number): string | undefined => texts.get(objects.get(stage) ?? '');
  return { base: text(1), ours: text(2), theirs: text(3) };
}

/** From entries such as `100644 <object> 1\t<path>`. */
function objectsByStage(listed: string): Map<number, string> {
  const entries = [...listed.matchAll(/(?:^|\0)\d+ ([0-9a-f]+) ([123])\t/g)];
  return new Map(entries.map(([, object, stage]) => [Number(stage), object!]));
}

/** From `<object> blob <bytes>`, a line end, the bytes, a line end; and so on. */
function textsOfBatch(contents: Buffer): Map<string, string> {
  const texts = new Map<string, string>();
  for (let at = 0; at < contents.length;) {
    const lineEnd = contents.indexOf('\n', at);
    if (lineEnd === -1) break;
    const [object, kind, size] = contents.toString('latin1', at, lineEnd).split(' ');
    at = lineEnd + 1;
    // `<object> missing` has no contents.
    if (size === undefined) continue;
    const text = kind === 'blob' ? textOf(contents.subarray(at, at + Number(size))) : undefined;
    if (text !== undefined) texts.set(object!, text);
    at += Number(size) + 1;
  }
  return texts;
}

function textOf(bytes: Buffer): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
