import { describe, expect, it } from 'vitest';
import { fourVersionsPage, type FourVersions } from './fourVersionsPage.js';

const versions: FourVersions = {
  name: 'a.ts',
  line: 3,
  ours: 'one();\nours(1);\n',
  theirs: 'one();\n<b>theirs</b>;\n',
  base: 'one();\nold();\n',
  names: { ours: 'HEAD', theirs: '' },
  resolution: {
    words: 'join both changes',
    confidence: '92 %',
    explanation: 'Both add a line.\nThey do not clash.',
    lines: [],
    text: 'one();\nours(1);\n<b>theirs</b>;\nold();\nnew();\n',
  },
  rank: 0,
  count: 2,
};
const links = { take: 'command:take?%5B%5D', compare: 'command:compare', previous: undefined, next: 'command:next' };

/** The text of a region, with its signs. */
function region(page: string, heading: string): string {
  const start = page.indexOf(`<h2>${heading}`);
  expect(start, heading).toBeGreaterThan(0);
  const [, content = ''] = /<pre>([^]*?)<\/pre>/.exec(page.slice(start)) ?? [];
  return content.replaceAll(/<\/?span[^>]*>/g, '');
}

describe('the page of four versions', () => {
  const page = fourVersionsPage(versions, links);

  it.each([
    ['ours (HEAD)', '  one();\n+ ours(1);'],
    ['theirs', '  one();\n+ &#60;b&#62;theirs&#60;/b&#62;;'],
    ['the base', '  one();\n  old();'],
    [
      'suggested: join both changes (92 %)',
      '  one();\n&#60; ours(1);\n&#62; &#60;b&#62;theirs&#60;/b&#62;;\n  old();\n* new();',
    ],
  ])('has a region that can be reached by Tab, and says by signs what is whose: %s', (heading, text) => {
    expect(region(page, heading)).toBe(text);
    expect(page).toContain(
      `<section tabindex="0" class="${heading.startsWith('suggested') ? 'suggested' : ''}" aria-label="${heading}">`,
    );
  });

  it('links to what can be done, and to no answer that is not there', () => {
    expect([...page.matchAll(/<a href="([^"]*)">([^<]*)</g)].map(([, href, words]) => [href, words])).toEqual([
      ['command:take?%5B%5D', 'Take this answer'],
      ['command:compare', 'Compare in the editor'],
      ['command:next', 'Next answer (2 of 2)'],
    ]);
  });

  it('says where the base is not known, and where nothing stands', () => {
    const other = fourVersionsPage({ ...versions, base: undefined, ours: '' }, links);
    expect(region(other, 'the base')).toBe('It is not known.');
    expect(region(other, 'ours (HEAD)')).toBe('Nothing stands here.');
    expect(region(other, 'theirs')).not.toContain('+');
  });
});
