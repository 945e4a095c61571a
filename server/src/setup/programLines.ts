// Lines of the programs that come with Lacuna (examples/), to calibrate a model on where there is no repository. What follows a
// line up to the next blank one is left out, since whoever writes has not written it yet.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { languageIdOf, languageOf } from '../languages/index.js';
import type { EditItem } from '../measure/editItem.js';
import { stratifiedSample } from '../measure/sample.js';

/** A folder of conflicts, whose lines nobody would write so. */
const CONFLICTS = 'merge';

/** @returns none where the programs are not there */
export async function programLines(folder: string, limit: number): Promise<readonly EditItem[]> {
  const names = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const folders = names.filter((entry) => entry.isDirectory() && entry.name !== CONFLICTS).map(({ name }) => name);
  const items: EditItem[] = [];
  for (const name of folders.sort()) {
    for (const file of (await readdir(join(folder, name))).sort()) {
      const path = `${name}/${file}`;
      if (languageOf(languageIdOf(path))?.program === undefined) continue;
      items.push(...linesOf(path, await readFile(join(folder, name, file), 'utf8')));
    }
  }
  return stratifiedSample(items, limit, undefined);
}

function linesOf(path: string, text: string): EditItem[] {
  const lines = text.replace(/\r\n/g, '\n').split('\n');
  return lines.flatMap((line, at) => {
    if (!/[\p{L}\p{N}]/u.test(line)) return [];
    const breaks = [...line.matchAll(/[\s(,.=]+(?=\S)/g)].map(({ index, 0: sign }) => index + sign.length);
    const cut = at % 2 === 0 ? 0 : (breaks[Math.floor(breaks.length / 2)] ?? 0);
    const blank = lines.findIndex((later, place) => place > at && later.trim() === '');
    return [
      {
        id: `programs:${path}:${at + 1}`,
        repo: 'programs',
        path,
        language: languageIdOf(path),
        kind: cut === 0 ? 'line-start' : 'mid-line',
        prefix: [...lines.slice(0, at), ''].join('\n') + line.slice(0, cut),
        suffix: blank === -1 ? '' : `\n${lines.slice(blank).join('\n')}`,
        target_line: line.slice(cut),
      },
    ];
  });
}
