// Loops and what is none: the text up to the cursor, and what is suggested.

import { describe, expect, it } from 'vitest';
import { locate } from '../place/place.js';
import { repetitionLoop } from './repetitionLoop.js';

function filtered(marked: string): string {
  const [before = '', suggested = ''] = marked.split('ˇ');
  const document = { uri: 'file:///a', path: 'a', languageId: 'plaintext', version: 1, text: before };
  const context = { place: locate(document, before.length), trigger: 'manual' as const, isTypedAlong: false };
  const result = repetitionLoop(suggested, context);
  return typeof result === 'string' ? result : result.dropped;
}

const sentence = 'She writes articles and books in a variety of languages. ';

describe('a loop is cut or dropped', () => {
  it.each([
    ['ˇa b c a b c a b c', 'repeatsItself'],
    ['xˇ a b a b a b', 'repeatsItself'],
    ['Взять муку, сахар и ˇй й й й й й', 'repeatsItself'],
    ['ˇeither й either й either й either й', 'repeatsItself'],
    ['ˇв йесцепт, са й в йесцепт, са й в йесцепт, са', 'repeatsItself'],
    [`ˇ#chapter)) that she writes. ${sentence.repeat(3)}`, 'repeatsItself'],
    [`ˇ${sentence}${sentence}`, 'repeatsItself'],
    [`${sentence}ˇ${sentence}`, 'repeatsItself'],
    ['a b c d e fˇ a b c d e f', 'repeatsItself'],
    ['x = 1\nload a and b\nstore a in c\nload a and b\nstore a in c\nˇload a and b', 'repeatsItself'],
    ['- ˇパンパンパンパンパン', 'repeatsItself'],
    ['ˇfirst();\none two three four;\none two three four;\none two three four;', 'first();\none two three four;'],
    ['ˇx\nfoo(a, b); bar(c); foo(a, b); bar(c); foo(a, b); bar(c);', 'x'],
    ['ˇhahahahahaha', 'repeatsItself'],
    ['ˇfoo, foo, foo, foo, foo, foo, foo, foo', 'repeatsItself'],
  ])('%j', (marked, expected) => expect(filtered(marked)).toBe(expected));
});

describe('no loop', () => {
  it.each([
    'const zeros = [ˇ0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];',
    '0, 0, 0,\n0, 0, 0,\nˇ0, 0, 0,\n0, 0, 0,',
    '0x00, 0x00, 0x00,\n0x00, 0x00, 0x00,\nˇ0x00, 0x00, 0x00,',
    'ˇ========================================',
    '| a | b | c | d |\nˇ| --- | --- | --- | --- |',
    'ˇ[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]',
    'ˇtrue, false, true, false, true, false, true, false, true, false',
    'ˇnull, null, null, null, null, null, null, null, null',
    'VALUES (ˇ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    'grid-template-columns: ˇ1fr 1fr 1fr 1fr 1fr;',
    'f(ˇa, b, a, b);',
    'std::map<std::string, ˇstd::map<std::string, std::string>> names;',
    'let f: (ˇstring, string, string, string, string, string, string, string, string) => void;',
    'ˇif (a.x === b.x && a.y === b.y && a.z === b.z) return true;',
    'x.push(1);\nx.push(1);\ny();\nˇx.push(1);\nx.push(1);',
    'a do\n  b do\n    c do\n      d\n    end\n  ˇend\nend',
    '        </li>\n      </li>\n    ˇ</li>\n  </li>',
    'This is a very, ˇvery, very long way.',
    'ˇprintf("%s %s %s %s %s %s\\n", a, b, c, d, e, f);',
    'ˇ        assert_eq!(a.len(), 1);\n        assert_eq!(b.len(), 1);\n        assert_eq!(c.len(), 1);',
  ])('%j', (marked) => expect(filtered(marked)).toBe(marked.split('ˇ')[1]));
});
