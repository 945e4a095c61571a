// lacuna/unmerged: the files that git lists as in conflict, for clients whose own git is switched off.

import { fileURLToPath, pathToFileURL } from 'node:url';
import { unmergedRequest, type UnmergedParams, type UnmergedResult } from '../messages.js';
import type { Handler } from './handler.js';

export const unmerged: Handler<UnmergedParams, UnmergedResult> = {
  method: unmergedRequest,
  empty: () => ({ uris: [] }),
  async run(state, { folders }, signal) {
    const uris = new Set<string>();
    for (const folder of folders.filter((uri) => uri.startsWith('file:'))) {
      for (const path of await state.unmergedFiles(fileURLToPath(folder), signal)) uris.add(pathToFileURL(path).href);
    }
    return { uris: [...uris] };
  },
};
