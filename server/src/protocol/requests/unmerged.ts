// lacuna/unmerged: the files that git lists as in conflict, for clients whose own git is switched off.

import { fileURLToPath, pathToFileURL } from 'node:url';
import type { UnmergedParams, UnmergedResult } from '../messages.js';
import type { ServerState } from '../state/state.js';

export async function unmerged(
  state: ServerState,
  { folders }: UnmergedParams,
  signal: AbortSignal,
): Promise<UnmergedResult> {
  const uris = new Set<string>();
  for (const folder of folders.filter((uri) => uri.startsWith('file:'))) {
    for (const path of await state.unmergedFiles(fileURLToPath(folder), signal)) uris.add(pathToFileURL(path).href);
  }
  return { uris: [...uris] };
}
