import { describe, expect, it } from 'vitest';
import { openSyntax } from '../../../test/support/openSyntax.js';
import { isBalanced, isMember } from './membership.js';
import { markedProgram } from '../testing/markedProgram.js';

const syntax = openSyntax();

describe('membership', () => {
  it.each<[marked: string, author: string, isCovered: boolean]>([
    ['return ⟦a⟧;', 'return b;', true],
    ['return ⟦a⟧;', 'return  b.c( d )  ;', true],
    ['return ⟦a⟧;', 'return a + 1;', true],
    ['return ⟦a⟧;', 'return;', false],
    ['return ⟦a⟧;', 'return b; f();', false],
    ['return⟦ a⟧;', 'returned;', false],
    ['f(⟦a⟧, b);', 'f(a, c, b);', true],
    ['f(⟦a⟧);', 'f(a, b, c);', true],
    ['f(⟦a⟧);', 'f(a)(b);', false],
    ['⟦f⟧(a);', 'g.h(a);', true],
    ['f(⟦a⟧, ⟦b⟧);', 'f(g(x, y), z);', true],
    ['f(⟦a⟧)⟦.b⟧;', 'f(c);', false],
    ['if (⟦a⟧ in b) {', 'if (c.d in b) {', true],
    ['f(a)⟦.b;', 'f(a);', true],
    ['f(a)⟦.b;', 'f(a) + g(b);', true],
    ['f(a⟦);', 'f(ab);', false],
    ['x =⟦ 1;', 'x == 1;', false],
    ["f('⟦a⟧');", "f('b c');", true],
    ['x = a + b;', 'x=a+b ;', true],
    ['x = a + b;', 'x = a - b;', false],
  ])('%s covers %s: %s', async (marked, author, isCovered) => {
    const { text, program } = markedProgram(marked);
    const prefix = 'function t() {\n  ';
    const tree = await syntax.parse('typescript', `${prefix}${author}\n}\n`);
    expect(isMember(text, program, { text: author, tree, offset: prefix.length })).toBe(isCovered);
    tree?.delete();
  });

  it('asks for balance alone where there is no tree', () => {
    const { text, program } = markedProgram('f(⟦a⟧)');
    const covers = (author: string): boolean => isMember(text, program, { text: author, tree: undefined, offset: 0 });
    expect(covers('f(g(1))')).toBe(true);
    expect(covers('f(g(1)')).toBe(false);
  });

  it('covers everything with a hole that is the whole line', () => {
    const program = { holes: [], kept: 0, cost: 0, isEverything: true };
    expect(isMember('a', program, { text: 'anything {', tree: undefined, offset: 0 })).toBe(true);
  });
});

it.each([
  ['f(a[1], {b: "("})', true],
  ['f(a]', false],
  ['"it\'s"', true],
  ['`a ${b ? `c` : "}"} d`', true],
  ['(', false],
  ["don't", true],
])('%s is balanced: %s', (text, expected) => expect(isBalanced(text)).toBe(expected));
