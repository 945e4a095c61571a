// The package's page: what a marketplace would refuse is not in it.

import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { atRoot, marketplacePage } from './marketplacePage.mjs';

it.each([
  ['[a](guide/a.md)', '[a](docs/guide/a.md)'],
  ['![a](pictures/a.png)', '![a](docs/pictures/a.png)'],
  ['[a](../SECURITY.md#reports)', '[a](SECURITY.md#reports)'],
  ['[a](https://example.org/a.md)', '[a](https://example.org/a.md)'],
  ['[a](#start)', '[a](#start)'],
])('%s is %s at the root', (markdown, expected) => {
  expect(atRoot(markdown, 'docs')).toBe(expected);
});

it('links to what the repository has, and shows no picture that a marketplace refuses', async () => {
  const page = await marketplacePage();
  const links = [...page.matchAll(/(!?)\[[^\]]*\]\(([^)#]+)/g)].map(([, mark, path]) => ({
    isPicture: mark === '!',
    path: path!,
  }));
  const pictures = links.filter(({ isPicture }) => isPicture).map(({ path }) => path);
  expect(pictures.length).toBeGreaterThan(0);
  expect(pictures.filter((path) => !path.endsWith('.png'))).toEqual([]);
  expect(links.filter(({ path }) => !path.startsWith('https://') && !existsSync(path))).toEqual([]);
});
