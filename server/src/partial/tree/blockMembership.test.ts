import { describe, expect, it } from 'vitest';
import { openSyntax } from '../../../test/support/openSyntax.js';
import { isBlockMember } from './blockMembership.js';
import { markedProgram } from '../testing/markedProgram.js';

const syntax = openSyntax();

async function covers(languageId: string, [before, after]: readonly [string, string], marked: string, author: string) {
  const { text, program } = markedProgram(marked);
  const tree = await syntax.parse(languageId, before + text + after);
  const authors = await syntax.parse(languageId, before + author + after);
  const offset = before.length;
  try {
    return isBlockMember({ text, tree, offset, languageId }, program, { text: author, tree: authors, offset });
  } finally {
    tree?.delete();
    authors?.delete();
  }
}

const inFunction = ['function t() {\n  ', '\n}\n'] as const;
const inDef = ['def t():\n    ', '\n'] as const;

describe('a block of several lines', () => {
  it.each<[name: string, marked: string, author: string, isCovered: boolean]>([
    ['is itself', 'a();\n  b();', 'a();\n  b();', true],
    ['may go on', 'a();\n  b();', 'a();\n  b();\n  c();', true],
    ['is not what ends earlier', 'a();\n  b();', 'a();', false],
    ['is not what goes on on its last line', 'a();\n  b', 'a();\n  b.c();', false],
    ['has blank lines where it likes', 'a();\n  b();', 'a();\n\n\n  b();', true],
    ['is indented as it likes', 'if (a) {\n    b();\n  }', 'if (a) {\n\t\tb();\n\t}', true],
    ['has a hole for a statement', 'a();\n  ⟦b();⟧\n  c();', 'a();\n  if (d) {\n    e();\n  }\n  c();', true],
    ['has a hole for a run of them', 'a();\n  ⟦b();\n  c();⟧\n  d();', 'a();\n  e();\n  d();', true],
    ['has a hole that is filled', 'a();\n  ⟦b();⟧\n  c();', 'a();\n  c();', false],
    ['has nothing else outside', 'a();\n  ⟦b();⟧\n  c();', 'a();\n  b();\n  d();', false],
    [
      'is an outline of its own',
      'for (const ⟦a⟧ of ⟦b⟧) {\n    ⟦c();⟧\n  }',
      'for (const d of e.f) {\n    g();\n    h();\n  }\n  i();',
      true,
    ],
    ['is cut at a line end', 'a();\n  b();⟦\n  c();', 'a();\n  b();\n  d();', true],
    ['is cut where its line ends', 'a();\n  b()⟦\n  c()', 'a();\n  b().d();', false],
    ['does without the comments of the author', 'a();\n  b();', 'a(); // why\n  // and how\n  b(); /* so */', true],
    ['does without them in holes', 'a();\n  ⟦b();⟧\n  c();', 'a();\n  // why\n  d();\n  // so\n  c();', true],
    ['keeps no comment that is not there', 'a();\n  // how\n  b();', 'a();\n  // why\n  b();', false],
    ['keeps one that is', 'a();\n  // why\n  b();', 'a();\n  // first\n  //  why\n  b();', true],
    ['leaves a comment out', 'a();\n  ⟦// how⟧\n  b();', 'a();\n  // why\n  b();', false],
  ])('%s', async (_name, marked, author, isCovered) => {
    expect(await covers('typescript', inFunction, marked, author)).toBe(isCovered);
  });

  it.each<[name: string, marked: string, author: string, isCovered: boolean]>([
    ['belongs to what it is indented under', 'if a:\n        b()\n        c()', 'if a:\n        b()\n    c()', false],
    ['does not belong to it', 'if a:\n        b()\n    c()', 'if a:\n        b()\n        c()', false],
    ['is as deep as it likes', 'if a:\n        b()\n    c()', 'if a:\n      b()\n    c()', true],
    ['breaks its lines as it likes', 'a(\n        b,\n    )\n    c()', 'a(b,)\n    c()', true],
    ['goes on behind a hole', 'if ⟦a⟧:\n        ⟦b()⟧\n    c()', 'if d.e:\n        f()\n        g()\n    c()', true],
    ['is not left for another', 'if ⟦a⟧:\n        ⟦b()⟧\n        c()', 'if d:\n        f()\n    c()', false],
  ])('of Python %s', async (_name, marked, author, isCovered) => {
    expect(await covers('python', inDef, marked, author)).toBe(isCovered);
  });

  it('stands for everything where nothing is kept', () => {
    const program = { holes: [], kept: 0, cost: 0, isEverything: true };
    const block = { text: 'a', tree: undefined, offset: 0, languageId: 'typescript' };
    expect(isBlockMember(block, program, { text: 'b', tree: undefined, offset: 0 })).toBe(true);
  });
});
