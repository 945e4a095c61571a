// The set-ups of docs/guide/other-editors.md as an editor reads them: what the page shows is what the tests run.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const page = readFileSync(new URL('../../../docs/guide/other-editors.md', import.meta.url), 'utf8');

/** The tiny model knows nothing, and is there at once. */
export const tinyModel = fileURLToPath(new URL('../fixtures/tiny-model', import.meta.url));

/** A conflict in a file of Python, whose resolutions are simple. */
export const conflict = 'a = 0\n<<<<<<< HEAD\nb = 1\n=======\nb = 2\n>>>>>>> branch\nc = 3\n';

/**
 * A block of the page, with the server that is tested for the page's and one part in place of another.
 * @param holding words that only this block has
 * @param settings what the page shows as settings, and what stands there instead
 */
export function setUp(holding: string, cli: string, ...settings: readonly (readonly [string, string])[]): string {
  const blocks = [...page.matchAll(/^```\w+\n(.*?)^```$/gms)].map(([, block]) => block!);
  const found = blocks.filter((block) => block.includes(holding));
  if (found.length !== 1) throw new Error(`${found.length} blocks of the page hold ${holding}.`);
  return [['/path/to/lacuna/dist/cli.cjs', cli] as const, ...settings].reduce((text, [shown, instead]) => {
    if (!text.includes(shown)) throw new Error(`The block with ${holding} does not show ${shown}.`);
    return text.replaceAll(shown, () => instead);
  }, found[0]!);
}
