// Every link and picture of the documents leads somewhere: to a file of this repository, and to a heading where it names one.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const documents = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(file) && !file.startsWith('server/test/fixtures/'));
const folders = ['docs/guide', 'docs/method', 'docs/experiments'];

it('knows the documents', () => {
  expect(documents).toEqual(expect.arrayContaining(['README.md', 'ARCHITECTURE.md', 'docs/results.md']));
  for (const folder of folders) expect(documents.some((file) => file.startsWith(folder))).toBe(true);
});

describe.each(documents)('%s', (file) => {
  it('has no link that leads nowhere', () => {
    const dead = relativeLinks(readFileSync(file, 'utf8')).filter((target) => !isThere(file, target));
    expect(dead).toEqual([]);
  });
});

function isThere(file: string, target: string): boolean {
  const [path, heading] = target.split('#');
  const place = path === '' ? file : normalize(join(dirname(file), decodeURI(path!)));
  if (place.startsWith('..') || !existsSync(place)) return false;
  return heading === undefined || headings(readFileSync(place, 'utf8')).includes(heading);
}

/** Targets of links and pictures in the text, without those on the web. */
function relativeLinks(markdown: string): string[] {
  return [...withoutCode(markdown).matchAll(/\]\(<?([^)>\s]+)>?(?:\s+"[^"]*")?\)/g)]
    .map(([, target]) => target!)
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** The names that GitHub gives to headings. */
function headings(markdown: string): string[] {
  return [...withoutBlocks(markdown).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
}

const withoutBlocks = (markdown: string): string => markdown.replace(/^```[\s\S]*?^```$/gm, '');
const withoutCode = (markdown: string): string => withoutBlocks(markdown).replace(/`[^`\n]*`/g, '');
