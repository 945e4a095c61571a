import { describe, expect, it } from 'vitest';
import type { Suggestion } from '../../completion/index.js';
import { asIs } from '../../common/words.js';
import { snippetFormOf, snippetOf, withoutTail, type SnippetHole } from './snippet.js';

/** A hole at a placeholder of a text. */
const hole = (text: string, placeholder: string, ...choices: readonly string[]): SnippetHole => {
  const start = text.indexOf(placeholder);
  return { range: { start, end: start + placeholder.length }, isRest: false, choices };
};

describe('a suggestion with holes as a snippet', () => {
  it('has a tab stop for each hole, with a choice where there is one, and the last stop behind it all', () => {
    const text = 'f(⟨count⟩, ⟨name⟩);';
    expect(snippetOf(text, [hole(text, '⟨count⟩', 'n'), hole(text, '⟨name⟩')], 'standard')).toBe(
      'f(${1|⟨count⟩,n|}, ${2:⟨name⟩});$0',
    );
  });

  it('ends where the rest of the line is left out', () => {
    expect(snippetOf('a =', [{ range: { start: 4, end: 4 }, isRest: true, choices: [] }], 'standard')).toBe('a =$0');
  });

  it('leaves it to the editor how lines end', () => {
    const text = 'f(() => {\r\n  ⟨statement⟩\r\n});';
    const snippet = 'f(() => {\n  ${1:⟨statement⟩}\n\\});$0';
    expect(snippetOf(text, [hole(text, '⟨statement⟩')], 'neovim')).toBe(snippet);
  });

  it.each([
    ['standard', 'a, b|c}', String.raw`a\, b\|c}`],
    ['standard', String.raw`'\d$'`, String.raw`'\\d$'`],
    ['neovim', 'a, b|c}', String.raw`a\, b\|c\}`],
    ['neovim', String.raw`'\d$'`, String.raw`'\\d\$'`],
  ] as const)('escapes what the %s form takes for its own: %s', (form, choice, escaped) => {
    const text = '`${a}\\n` + ⟨value⟩ + {c}';
    expect(snippetOf(text, [hole(text, '⟨value⟩', choice)], form)).toBe(
      '`\\${a\\}\\\\n` + ${1|⟨value⟩,' + escaped + '|} + {c\\}$0',
    );
  });

  it('is written for clients that take snippets', () => {
    const capabilities = (snippetSupport: boolean) => ({
      textDocument: { completion: { completionItem: { snippetSupport } } },
    });
    expect(snippetFormOf({}, { name: 'helix' })).toBeUndefined();
    expect(snippetFormOf(capabilities(false), undefined)).toBeUndefined();
    expect(snippetFormOf(capabilities(true), undefined)).toBe('standard');
    expect(snippetFormOf(capabilities(true), { name: 'Neovim' })).toBe('neovim');
  });
});

describe('what stands behind the cursor', () => {
  const document = 'total()';
  const cursor = 6;
  const suggestion = (text: string, end: number): Suggestion => ({
    text,
    range: { start: cursor, end },
    probability: 0.4,
    tokens: [],
    holes: {
      sentence: asIs(''),
      holes: [{ ...hole(text, '⟨a⟩'), kind: asIs('a'), reason: asIs(''), wouldBe: 'a', probability: 0.4 }],
    },
  });

  it('is left where it stands, where the suggestion ends with it', () => {
    const [found] = withoutTail(suggestion('⟨a⟩, b)', 7), document, cursor);
    expect(found).toMatchObject({ text: '⟨a⟩, b', range: { start: 6, end: 6 } });
  });

  it.each([
    ['where the suggestion ends otherwise', '⟨a⟩;'],
    ['where it would be part of a hole', 'b, ⟨a⟩'],
  ])('lets no snippet be written %s', (_name, text) => {
    expect(withoutTail(suggestion(text, 7), document, cursor)).toEqual([]);
  });

  const plain = (text: string): Suggestion => ({ text, range: { start: 6, end: 7 }, probability: 0.9, tokens: [] });

  it('is left where it stands by a plain line too, which otherwise stays as it was', () => {
    expect(withoutTail(plain('a)'), document, cursor)).toMatchObject([{ text: 'a', range: { start: 6, end: 6 } }]);
    expect(withoutTail(plain('a);'), document, cursor)).toEqual([plain('a);')]);
  });

  it('is as it was where nothing is replaced', () => {
    const inPlace = suggestion('⟨a⟩', 6);
    expect(withoutTail(inPlace, document, cursor)).toEqual([inPlace]);
  });
});
