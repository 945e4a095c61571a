import { describe, expect, it } from 'vitest';
import { continuationOf } from '../../../test/support/fakeModel.js';
import { openSyntax } from '../../../test/support/openSyntax.js';
import { fillingsOf, signBehind } from './fillings.js';

const syntax = openSyntax();

describe('what fills a hole', () => {
  it.each<[string, string, string, string, readonly string[], readonly string[]]>([
    ['ends where a bracket follows', 'typescript', 'f(«a»);', '', ['count);', 'g(b, c));'], ['count', 'g(b, c)']],
    ['ends where a word follows', 'python', 'for «a» in items:', '    pass', ['line in lines:'], ['line']],
    ['ends where a name follows', 'java', '«String» name = a;', '', ['int name = 2;', 'List<int> names;'], ['int']],
    ['ends in front of a quote', 'python', 'a = "«b»" + c', '', ['say [hi]" + d'], ['say [hi]']],
  ])('%s', async (_name, languageId, marked, below, texts, expected) => {
    const [before = '', held = '', behind = ''] = marked.split(/[«»]/);
    const text = before + held + behind;
    const completion = { languageId, prefix: '', suffix: `\n${below}\n`, text, tokens: [] };
    const hole = { start: before.length, end: before.length + held.length };
    const continuations = texts.map((one) => continuationOf(one));
    const found = await fillingsOf(completion, hole, continuations, syntax);
    expect(found.map((filling) => filling.text).sort()).toEqual(expected);
  });
});

it.each([
  [');', ')'],
  [' in items:', 'in'],
  [' 🍵', '🍵'],
  ['  ', ''],
  ['', ''],
])('behind a hole, %j begins with %j', (line, sign) => expect(signBehind(line)).toBe(sign));
