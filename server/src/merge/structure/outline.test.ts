import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../common/random.js';
import { gatherMaterial } from '../diff/material.js';
import { groupOf, outlineOf, textOfElements, type Element, type OutlineNode } from './outline.js';

const wordsOf = (text: string): readonly string[] =>
  gatherMaterial({
    base: undefined,
    ours: text,
    theirs: '',
    before: '',
    after: '',
    languageId: 'typescript',
    path: '',
    others: [],
    siblings: [],
  }).ours.words;

/** Elements between bars, groups with theirs inside, separators behind. */
const shown = (elements: readonly Element[]): string =>
  elements.map(({ nodes, separator }) => `|${nodes.map(shownNode).join(' ')}${separator}`).join('');

function shownNode(node: OutlineNode): string {
  if (node.kind === 'leaf') return node.word;
  return `${node.open.word}${shown(node.elements)}|${node.close?.word ?? ''}`;
}

describe('elements', () => {
  it.each([
    ['nothing', '', ''],
    ['statements by their semicolons', 'a = 1; b();', '|a = 1;|b (|);'],
    ['statements by their lines', 'a\nb c\n', '|a|b c'],
    ['arguments', 'f(a, b + c)', '|f (|a,|b + c|)'],
    ['a list over lines', '[\n  a,\n  b,\n]', '|[|a,|b,|]'],
    ['arguments over lines without a comma', 'f(\n  a\n  b\n)', '|f (|a b|)'],
    ['members by their lines', '{\n  a: 1\n  b: 2\n}', '|{|a : 1|b : 2|}'],
    ['groups in groups', '{ a: [1, { b }] }', '|{|a : [|1,|{|b|}|]|}'],
    ['a group that is closed behind the text', 'if (a) {\n  b;\n', '|if (|a|) {|b;|'],
    ['a bracket that was opened in front of the text', 'a, b)\n}', '|a,|b|)|}'],
    ['a bracket that closes another one', 'f(a]', '|f (|a ]|'],
    ['separators alone', ';;', '|;|;'],
    ['a comma at the beginning of a line', 'a\n, b', '|a,|b'],
  ])('%s', (_name, text, expected) => {
    expect(shown(outlineOf(wordsOf(text)))).toBe(expected);
  });

  it('are equal by their words, whatever white space stands between them', () => {
    const keys = (text: string): readonly string[] => outlineOf(wordsOf(text)).map(({ key }) => key);
    expect(keys('f( a,\n   b );')).toEqual(keys('f(a, b);'));
    expect(keys('f(a, b);')).not.toEqual(keys('f(a; b);'));
    expect(keys('ab')).not.toEqual(keys('a b'));
  });

  it('have the white space behind them as their own', () => {
    const [first, second] = outlineOf(wordsOf('f(a) \n  g()\n'));
    expect([first!.space, second!.space]).toEqual([' \n  ', '\n']);
    expect(textOfElements([second!, first!])).toBe('g()\nf(a) \n  ');
  });

  it('a group made anew of its elements is the same group', () => {
    const [element] = outlineOf(wordsOf('{ a, b; c }'));
    const [group] = element!.nodes;
    if (group?.kind !== 'group') throw new Error('There is no group.');
    expect(groupOf(group.open, group.elements, group.close)).toEqual(group);
  });
});

describe('an outline is total', () => {
  const parts = [...'(){}[],;:=', 'a', 'b', 'name', '1', ' ', '  ', '\n', '\n  ', '"s"', "'", '`', '/*', '//', '=>'];

  it('its text is the text that it was made from', () => {
    const { below } = seededRandom(6);
    for (let round = 0; round < 1500; round++) {
      const text = Array.from({ length: below(40) }, () => parts[below(parts.length)]!).join('');
      expect(textOfElements(outlineOf(wordsOf(text)))).toBe(text);
    }
  });

  it.each(['(', '[', '{', '({[', ')', '}', '(a, '])('however deep it goes: %s', (sign) => {
    const text = sign.repeat(8000);
    expect(textOfElements(outlineOf(wordsOf(text)))).toBe(text);
  });
});
