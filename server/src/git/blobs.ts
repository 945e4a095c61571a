// Contents that git stores, read in one go.

import { runGit } from './runGit.js';

/** The texts of objects by their names, with the mark of the byte order where they begin with it; what is missing or not text is left out. */
export async function readBlobs(
  folder: string,
  objects: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  if (objects.length === 0) return new Map();
  const contents = await runGit(folder, ['cat-file', '--batch'], signal, `${objects.join('\n')}\n`);
  return contents === undefined ? new Map() : textsOfBatch(contents);
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
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
