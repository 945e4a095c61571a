import { describe, expect, it } from 'vitest';
import { foreignLoads, towardsRepository } from './sitePages.mjs';

describe('what a page loads from other hosts', () => {
  it.each([
    ['<script async src="https://a.example/x.js"></script>', ['https://a.example/x.js']],
    ["<img alt='x' src='//a.example/x.png'>", ['//a.example/x.png']],
    ['<link rel="stylesheet" href=https://a.example/x.css>', ['https://a.example/x.css']],
    ['@font-face{src:url(https://a.example/x.woff2)}', ['https://a.example/x.woff2']],
    ['@import "https://a.example/x.css";', ['https://a.example/x.css']],
    ['<a href="https://a.example/">a link that a reader follows</a>', []],
    ['<script src="/assets/x.js"></script><img src="./x.svg">', []],
    ['<svg xmlns="http://www.w3.org/2000/svg"><path d=""/></svg>', []],
  ])('%s', (source, expected) => expect(foreignLoads(source)).toEqual(expected));
});

it('leads links to what is no page to the repository', () => {
  const lead = (markdown: string): string =>
    towardsRepository(markdown, 'docs/guide', 'https://h.example/r', (path) => path === 'docs/results.md');
  expect(lead('[a](../results.md#speed) [b](../../models/README.md#c) [d](#e) [f](https://g.example)')).toBe(
    '[a](../results.md#speed) [b](https://h.example/r/blob/main/models/README.md#c) [d](#e) [f](https://g.example)',
  );
});
