// lacuna/unmerged: the files that git lists as in conflict, for clients whose own git is switched off, and what git is in the
// middle of, which no editor's git tells.

import { pathToFileURL } from 'node:url';
import { unmergedRequest, type UnmergedParams, type UnmergedResult } from '../messages.js';
import { fileOf } from '../state/fileOf.js';
import type { Handler } from './handler.js';

export const unmerged: Handler<UnmergedParams, UnmergedResult> = {
  method: unmergedRequest,
  empty: () => ({ uris: [], underWay: [] }),
  async run(state, { folders }, signal) {
    const uris = new Set<string>();
    const underWay = new Set<string>();
    for (const folder of folders.flatMap((uri) => fileOf(uri) ?? [])) {
      for (const path of await state.unmergedFiles(folder, signal)) uris.add(pathToFileURL(path).href);
      const found = await state.underWay(folder, signal);
      if (found !== undefined) underWay.add(state.say(found));
    }
    return { uris: [...uris], underWay: [...underWay] };
  },
};
