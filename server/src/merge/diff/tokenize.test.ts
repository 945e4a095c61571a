import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../common/random.js';
import { tokenize } from './tokenize.js';
import type { TokenKind } from '../types.js';

const signs: Readonly<Record<TokenKind, string>> = {
  word: 'w',
  number: 'n',
  string: 's',
  comment: 'c',
  space: '',
  newline: '',
  punctuation: 'p',
};

/** Tokens that are no white space, each with the first letter of its kind. */
const shown = (text: string, languageId: string): string =>
  tokenize(text, languageId)
    .filter(({ kind }) => signs[kind] !== '')
    .map(({ text: token, kind }) => `${signs[kind]}:${token}`)
    .join(' ');

describe('kinds', () => {
  it.each([
    ['typescript', 'a1 += 12.5e3;', 'w:a1 p:+= n:12.5e3 p:;'],
    ['typescript', 'a?.b ?? c => d', 'w:a p:?. w:b p:?? w:c p:=> w:d'],
    ['typescript', 'x === y !== z', 'w:x p:=== w:y p:!== w:z'],
    ['typescript', '...rest', 'p:... w:rest'],
    ['typescript', 'a // b c', 'w:a c:/ c:/ c:b c:c'],
    ['typescript', '/* a */ b', 'c:/ c:* c:a c:* c:/ w:b'],
    ['typescript', '/* open', 'c:/ c:* c:open'],
    ['typescript', `'a "b' + c`, `s:' s:a s:" s:b s:' p:+ w:c`],
    ['typescript', "'it\\'s' b", "s:' s:it s:\\ s:' s:s s:' w:b"],
    ['typescript', '`a\nb` c', 's:` s:a s:b s:` w:c'],
    ['typescript', "don't stop", "w:don p:' w:t w:stop"],
    ['typescript', '"a\nb"', 'p:" w:a w:b p:"'],
    ['typescript', '"// no comment"', 's:" s:/ s:/ s:no s:comment s:"'],
    ['typescript', '// "no string', 'c:/ c:/ c:" c:no c:string'],
    ['javascript', '# a', 'p:# w:a'],
    ['python', '# a "b', 'c:# c:a c:" c:b'],
    ['python', '"""a\n"b" """ c', 's:" s:" s:" s:a s:" s:b s:" s:" s:" s:" w:c'],
    ['python', 'a // b', 'w:a p:/ p:/ w:b'],
    ['python', '`a`', 'p:` w:a p:`'],
    ['java', '"""\na""" b', 's:" s:" s:" s:a s:" s:" s:" w:b'],
    ['java', 'a::b', 'w:a p::: w:b'],
    ['csharp', '@"a\\" b', 's:@ s:" s:a s:\\ s:" w:b'],
    ['csharp', '@"a\nb" c', 's:@ s:" s:a s:b s:" w:c'],
    ['go', '`a\\` b', 's:` s:a s:\\ s:` w:b'],
    ['go', 'a := b', 'w:a p::= w:b'],
    ['plaintext', '"a" // b', 'p:" w:a p:" p:/ p:/ w:b'],
    ['constructor', '"a"', 'p:" w:a p:"'],
    ['typescript', 'größe_2 ß ñ', 'w:größe_2 w:ß w:ñ'],
    ['typescript', '變數 = 😀', 'w:變數 p:= p:😀'],
  ])('%s: %s', (languageId, text, expected) => {
    expect(shown(text, languageId)).toBe(expected);
  });

  it('keeps every kind of line end together, and apart from other white space', () => {
    const kinds = tokenize('a \t\r\n\n\r b\u00a0c', 'typescript').map(({ text, kind }) => [text, kind]);
    expect(kinds).toEqual([
      ['a', 'word'],
      [' \t', 'space'],
      ['\r\n', 'newline'],
      ['\n', 'newline'],
      ['\r', 'newline'],
      [' ', 'space'],
      ['b', 'word'],
      ['\u00a0', 'space'],
      ['c', 'word'],
    ]);
  });
});

const languages = ['typescript', 'javascriptreact', 'python', 'java', 'csharp', 'go', 'markdown', ''];

const parts = [
  ...'abz_$019.,;:!?=<>+-*/%&|^#@~\\"\'`()[]{}',
  ...[
    ' ',
    '\t',
    '\n',
    '\r',
    '\r\n',
    '\u00a0',
    '\u2028',
    '\ufeff',
    '\0',
    '😀',
    '\ud800',
    '\udc00',
    'ä',
    'a\u0308',
    '字',
  ],
  ...['//', '/*', '*/', '"""', "'''", '@"', '=>', '...', '\\\n', '${', '<<<<<<< HEAD', 'word', '0x1f'],
];

describe('cutting is total', () => {
  it.each(languages)('the tokens of any text, joined, are the text: %s', (languageId) => {
    const { below } = seededRandom(5);
    for (let round = 0; round < 150; round++) {
      const text = Array.from({ length: below(30) }, () => parts[below(parts.length)]!).join('');
      const tokens = tokenize(text, languageId);
      expect(tokens.map((token) => token.text).join('')).toBe(text);
      for (const { text: token, kind } of tokens) {
        expect(token).not.toBe('');
        if (kind === 'newline') expect(['\n', '\r', '\r\n']).toContain(token);
        else expect(token, kind).not.toMatch(kind === 'space' ? /[^\s]|[\r\n]/ : /[\r\n]/);
      }
    }
  });

  it.each(languages)('an empty text has no tokens: %s', (languageId) => {
    expect(tokenize('', languageId)).toEqual([]);
  });

  it('a text full of quotes that are never closed is cut as well', () => {
    const text = `${'"x\n'.repeat(5000)}${"'".repeat(5001)}`;
    for (const languageId of languages) {
      expect(
        tokenize(text, languageId)
          .map((token) => token.text)
          .join(''),
      ).toBe(text);
    }
  });
});
