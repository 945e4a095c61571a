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
    ['csharp', '"a\n@"b\nc" "d"', 'p:" w:a s:@ s:" s:b s:c s:" s:" s:d s:"'],
    ['go', '`a\\` b', 's:` s:a s:\\ s:` w:b'],
    ['go', 'a := b', 'w:a p::= w:b'],
    [
      'rust',
      "fn f<'a>(x: &'a str) -> &'a str",
      "w:fn w:f p:< p:' w:a p:> p:( w:x p:: p:& p:' w:a w:str p:) p:-> p:& p:' w:a w:str",
    ],
    ['rust', `'"' + b'\\'' + 'x'`, `s:' s:" s:' p:+ s:b s:' s:\\ s:' s:' p:+ s:' s:x s:'`],
    ['rust', 'r#"a "b" \\"# + r"c\\" + d', 's:r s:# s:" s:a s:" s:b s:" s:\\ s:" s:# p:+ s:r s:" s:c s:\\ s:" p:+ w:d'],
    ['rust', '"a\nb" c', 's:" s:a s:b s:" w:c'],
    ['rust', '/* a /* b */ c */ d', 'c:/ c:* c:a c:/ c:* c:b c:* c:/ c:c c:* c:/ w:d'],
    ['c', `'a' + '\\0' + "it's"`, `s:' s:a s:' p:+ s:' s:\\ s:0 s:' p:+ s:" s:it s:' s:s s:"`],
    ['cpp', `R"x(a)" b)x" + c`, `s:R s:" s:x s:( s:a s:) s:" s:b s:) s:x s:" p:+ w:c`],
    ['cpp', "1'000'000 + 2'5", "n:1 p:' n:000 p:' n:000 p:+ n:2 p:' n:5"],
    ['cpp', 'L"a // b"', 's:L s:" s:a s:/ s:/ s:b s:"'],
    ['php', '$a = 1; # b "c', 'w:$a p:= n:1 p:; c:# c:b c:" c:c'],
    ['php', '#[Pure] // a', 'p:# p:[ w:Pure p:] c:/ c:/ c:a'],
    ['php', '<<<EOT\n"a\n  EOT;', 'p:< p:< p:< w:EOT s:" s:a s:EOT p:;'],
    ['ruby', 'a = 1 # b "c', 'w:a p:= n:1 c:# c:b c:" c:c'],
    ['ruby', '"#{a} # b"', 's:" s:# s:{ s:a s:} s:# s:b s:"'],
    ['ruby', 'f(<<~SQL, 1)\n  a "b\n  SQL\nc', 'w:f p:( p:< p:< p:~ w:SQL p:, n:1 p:) s:a s:" s:b s:SQL w:c'],
    ['ruby', '=begin\na\n=end\nb', 'c:= c:begin c:a c:= c:end w:b'],
    ['ruby', 'a <<B', 'w:a p:< p:< w:B'],
    ['kotlin', '"""a\n"b" \\""" + c', 's:" s:" s:" s:a s:" s:b s:" s:\\ s:" s:" s:" p:+ w:c'],
    ['kotlin', '/* a /* b */ c */ d', 'c:/ c:* c:a c:/ c:* c:b c:* c:/ c:c c:* c:/ w:d'],
    ['shellscript', "# a\necho ${#b} $# 'c\nd'", "c:# c:a w:echo w:$ p:{ p:# w:b p:} w:$ p:# s:' s:c s:d s:'"],
    ['shellscript', 'cat <<-"EOF" x\n\ta # b\n\tEOF\nc', 'w:cat p:< p:< p:- s:" s:EOF s:" w:x s:a s:# s:b s:EOF w:c'],
    ['sql', "select 'it''s' -- a", "w:select s:' s:it s:' s:' s:s s:' c:- c:- c:a"],
    [
      'json',
      '{"a": [1, "b // c"]} // d',
      'p:{ s:" s:a s:" p:: p:[ n:1 p:, s:" s:b s:/ s:/ s:c s:" p:] p:} c:/ c:/ c:d',
    ],
    ['yaml', "a: 'b # c' # d", "w:a p:: s:' s:b s:# s:c s:' c:# c:d"],
    ['yaml', "a#b: don't stop, can't", "w:a p:# w:b p:: w:don p:' w:t w:stop p:, w:can p:' w:t"],
    ['toml', "a = '''b\n'c''' # d", "w:a p:= s:' s:' s:' s:b s:' s:c s:' s:' s:' c:# c:d"],
    ['css', 'a { color: #fff; } /* b */', 'w:a p:{ w:color p:: p:# w:fff p:; p:} c:/ c:* c:b c:* c:/'],
    ['scss', 'a: url(b://c); // d', 'w:a p:: w:url p:( w:b p:: p:/ p:/ w:c p:) p:; c:/ c:/ c:d'],
    [
      'html',
      `<a b="c d">it's 'so'</a><!-- e -->`,
      `p:< w:a w:b p:= s:" s:c s:d s:" p:> w:it p:' w:s p:' w:so p:' p:< p:/ w:a p:> c:< c:! c:- c:- c:e c:- c:- c:>`,
    ],
    ['xml', '<a b="c"/>', 'p:< w:a w:b p:= s:" s:c s:" p:/ p:>'],
    ['markdown', "# don't <!-- a -->", "p:# w:don p:' w:t c:< c:! c:- c:- c:a c:- c:- c:>"],
    ['properties', '# a\nb=#c', 'c:# c:a w:b p:= p:# w:c'],
    ['ini', '; a\nb = c ; d', 'c:; c:a w:b p:= w:c p:; w:d'],
    ['dockerfile', "# a\nRUN b 'c' # d", "c:# c:a w:RUN w:b s:' s:c s:' p:# w:d"],
    ['makefile', 'a: b # c\n\t\\# d', 'w:a p:: w:b c:# c:c p:\\ p:# w:d'],
    [
      'cmake',
      'set(A "b\nc") # d\n#[[ e\nf ]] g',
      'w:set p:( w:A s:" s:b s:c s:" p:) c:# c:d c:# c:[ c:[ c:e c:f c:] c:] w:g',
    ],
    ['groovy', "'''a\nb''' // c", "s:' s:' s:' s:a s:b s:' s:' s:' c:/ c:/ c:c"],
    ['lua', '--[[ a\nb ]] c -- d [[e\nf', 'c:- c:- c:[ c:[ c:a c:b c:] c:] w:c c:- c:- c:d c:[ c:[ c:e w:f'],
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

const languages = [
  ...['typescript', 'javascriptreact', 'python', 'java', 'csharp', 'go', 'rust', 'c', 'cpp', 'php', 'ruby', 'kotlin'],
  ...['shellscript', 'sql', 'json', 'yaml', 'toml', 'css', 'html', 'markdown', 'ini', 'cmake', 'lua', 'dart', ''],
];

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
  ...['<<~A\n', '<<<A\n', 'A\n', 'r#"', '"#', 'R"(', ')"', '--[[', ']]', '=begin', '\n=end', '#[['],
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
