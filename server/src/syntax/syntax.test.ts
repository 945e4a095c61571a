import { afterEach, describe, expect, it, vi } from 'vitest';
import { openSyntax } from '../../test/support/openSyntax.js';
import { languageOf, languages, type Language } from '../languages/index.js';
import { createSyntax, type SyntaxNode } from './index.js';

const samples: Readonly<Record<string, readonly [text: string, block: string]>> = {
  typescript: ['function f(a: string): void {\n  g(a);\n}\n', 'statement_block'],
  typescriptreact: ['const a = () => { return <b c="d">e</b>; };\n', 'statement_block'],
  javascript: ['class A { b() { return 1; } }\n', 'class_body'],
  javascriptreact: ['const a = () => { return <b>c</b>; };\n', 'statement_block'],
  python: ['def f(a):\n    return a\n', 'block'],
  java: ['class A { void f() { g("b"); } }\n', 'class_body'],
  csharp: ['class A { void F() { G("b"); } }\n', 'declaration_list'],
  go: ['package a\n\nfunc f() {\n\tg("b")\n}\n', 'block'],
  rust: ['fn f<\'a>(b: &\'a str) -> String { format!("{b}") }\n', 'block'],
  c: ['#include <a.h>\nint f(void) { return g("b"); }\n', 'compound_statement'],
  cpp: ['template <class T> struct A : B { auto f() { return R"(b)"; } };\n', 'field_declaration_list'],
  php: ["<p>a</p>\n<?php\nclass A { function f() { return 'b'; } }\n", 'compound_statement'],
  ruby: ['class A\n  def f(b:)\n    g("#{b}")\n  end\nend\n', 'body_statement'],
  lua: ['local a = {}\nfunction a.b(c)\n  return "d" .. c\nend\n', 'block'],
  kotlin: ['class A(val b: Int) { fun f() = listOf(b).map { it + 1 } }\n', 'class_body'],
};

const data: Readonly<Record<string, readonly [right: string, wrong: string]>> = {
  json: ['{"a": [1, 2]}\n', '{"a": [1, 2}\n'],
  jsonc: ['{"a": 1} // b\n', '{"a" 1}\n'],
  yaml: ['a:\n  - b: "c"\n    d: |\n      e\n', 'a: [b\nc: d\n'],
  dockercompose: ['services:\n  a:\n    image: b\n', 'a: "b\n'],
  toml: ["[a]\nb = ['c', 1]\n", '[a\nb = 1\n'],
  css: ['a > b { color: #fff; }\n', 'a { color: #fff;\n'],
  html: ['<!doctype html>\n<a b="c">d</a><script>let e = 1 < 2;</script>\n', '<a b="c>d</a>\n'],
  shellscript: ['for a in b; do echo "$a" | c; done\n', 'if a; then b\n'],
};

const syntax = openSyntax();
const impatient = openSyntax({ longestParseMs: 1 });
const patient = openSyntax({ longestParseMs: 20_000 });
const inSteps = openSyntax({ longestParseMs: 20_000, sliceMs: 0 });
/** A parse that is cut into slices may recover from errors otherwise, so where trees are compared each is made in one go. */
const inOneGo = openSyntax({ longestParseMs: 20_000, sliceMs: 20_000 });

const idsOf = (isWanted: (language: Language) => boolean): string[] =>
  languages
    .filter(isWanted)
    .map(({ id }) => id)
    .sort();

const typesOf = (node: SyntaxNode): string[] => [node.type, ...node.children.flatMap(typesOf)];

describe('languages', () => {
  it('has a sample of each', () =>
    expect(Object.keys(samples).sort()).toEqual(idsOf(({ program }) => program !== undefined)));

  it.each(idsOf(({ program }) => program?.names !== undefined))('%s finds names and calls by queries', async (id) => {
    const { definitions, calls } = languageOf(id)!.program!.names!;
    const tree = (await syntax.parse(id, samples[id]![0]))!;
    expect(tree.find(definitions).length).toBeGreaterThan(0);
    for (const call of tree.find(calls))
      expect([...call.keys()]).toEqual(expect.arrayContaining(['callee', 'arguments']));
    expect(tree.find(definitions, { start: 0, end: 0 }).length).toBeLessThanOrEqual(tree.find(definitions).length);
    tree.delete();
  });

  it.each(Object.entries(samples))(
    '%s parses without errors and knows its blocks',
    async (languageId, [text, block]) => {
      const tree = (await syntax.parse(languageId, text))!;
      expect(tree.countErrors()).toBe(0);
      expect(typesOf(tree.root)).toContain(block);
      expect(languageOf(languageId)?.program?.blocks.has(block)).toBe(true);
      tree.delete();
    },
  );

  it('has a sample of each kind of data', () =>
    expect(Object.keys(data).sort()).toEqual(
      idsOf(({ grammar, program }) => grammar !== undefined && program === undefined),
    ));

  it.each(Object.entries(data))('%s tells what is broken', async (languageId, [right, wrong]) => {
    expect([syntax.parses(languageId), syntax.supports(languageId)]).toEqual([true, false]);
    for (const [text, isBroken] of [
      [right, false],
      [wrong, true],
    ] as const) {
      const tree = (await syntax.parse(languageId, text))!;
      expect(tree.countErrors() > 0, text).toBe(isBroken);
      tree.delete();
    }
  });

  it('gives no tree for others', async () => {
    expect(syntax.supports('plaintext')).toBe(false);
    expect(syntax.supports('constructor')).toBe(false);
    expect(await syntax.parse('plaintext', 'a')).toBeUndefined();
  });

  it('gives no tree when the grammars are missing', async () => {
    const broken = createSyntax({ grammarFolder: '/nowhere' });
    expect(await broken.parse('go', 'package a')).toBeUndefined();
    expect([broken.parses('go'), syntax.parses('go')]).toEqual([false, true]);
  });
});

describe('offsets', () => {
  it('counts UTF-16 code units', async () => {
    const text = 'const a = "😀😀"; foo();';
    const tree = (await syntax.parse('typescript', text))!;
    expect(tree.root.range).toEqual({ start: 0, end: text.length });
    const node = tree.nodeAt({ start: text.indexOf('foo'), end: text.indexOf('foo') + 3 });
    expect(text.slice(node.range.start, node.range.end)).toBe('foo');
    expect(node.parent?.type).toBe('call_expression');
    tree.delete();
  });

  it('takes any range', async () => {
    const tree = (await syntax.parse('go', 'package a'))!;
    for (const range of [
      { start: -5, end: 99 },
      { start: 4, end: 2 },
      { start: NaN, end: 1 },
    ]) {
      expect(tree.nodeAt(range).type).toBeTypeOf('string');
    }
    tree.delete();
  });

  it('counts errors where they are', async () => {
    const text = 'f(1);\nlet = = ;\ng(2);\n';
    const tree = (await syntax.parse('typescript', text))!;
    expect(tree.countErrors()).toBeGreaterThan(0);
    expect(tree.countErrors({ start: 0, end: 3 })).toBe(0);
    tree.delete();
  });
});

describe('incremental parsing', () => {
  it('gives the tree that a fresh parse gives', async () => {
    const versions = [
      'def f(a):\n    return a\n',
      'def f(a):\n    b = "😀"\n    return a\n',
      'def f(a):\n    b = "😀😀"\n    return a + b\n',
      'def f(a):\n    return a + b\n',
      'def f(a):\r\n    return a + b\r\n',
      '',
      'x = [\n',
      'x = [\n1, 2]\n',
      // Longer than what is compared at once, with the change before, at and behind its end.
      ...['', 'y', 'yy'].map((name) => `${'a = 1\n'.repeat(100)}${name} = [\n${'b = 2\n'.repeat(200)}`),
      ...[510, 511, 512, 513].map((at) => `${'#'.repeat(at)}\n${'#'.repeat(1024 - at)}`),
    ];
    for (const text of versions) {
      const reused = (await inOneGo.parse('python', text, 'key'))!;
      const fresh = (await inOneGo.parse('python', text))!;
      expect(shape(reused.root), text).toEqual(shape(fresh.root));
      reused.delete();
      fresh.delete();
    }
  });

  it('does not mix up a key whose language changed', async () => {
    const first = (await syntax.parse('python', 'a = 1\n', 'changing'))!;
    const second = (await syntax.parse('go', 'package a\n', 'changing'))!;
    expect(second.countErrors()).toBe(0);
    first.delete();
    second.delete();
  });

  it('keeps a bounded number of trees, and none that are forgotten', async () => {
    syntax.dispose();
    for (let index = 0; index < 40; index++) (await syntax.parse('go', `package a${index}`, `key${index}`))!.delete();
    expect(syntax.liveTrees).toBe(16);
    syntax.forget('key39');
    expect(syntax.liveTrees).toBe(15);
    syntax.dispose();
    expect(syntax.liveTrees).toBe(0);
  });
});

describe('bad input', () => {
  afterEach(() => vi.restoreAllMocks());

  it.each([
    ['NUL', '\0\0\0'],
    ['lone surrogates', 'const a = "\ud83d'],
    ['deep nesting', '('.repeat(20_000)],
    ['nothing', ''],
  ])('survives %s', async (_name, text) => {
    const tree = await syntax.parse('typescript', text, 'bad');
    tree?.countErrors();
    tree?.delete();
  });

  it('gives up what takes longer than it may', async () => {
    const long = 'const a = [1, 2, 3];\n'.repeat(20_000);
    expect(await impatient.parse('typescript', long)).toBeUndefined();
    const tree = (await patient.parse('typescript', long))!;
    expect(tree.countErrors()).toBe(0);
    tree.delete();
  });

  it('gives the same tree on a busy machine', async () => {
    const text = '    b = [1, 2\nf("a" b)\n'.repeat(20);
    const shapeOf = async (): Promise<unknown> => {
      const tree = (await patient.parse('python', text))!;
      const found = shape(tree.root);
      tree.delete();
      return found;
    };
    const quiet = await shapeOf();
    const sliced = (await inSteps.parse('python', text))!;
    expect(shape(sliced.root), 'a parse that is stopped after each step').not.toEqual(quiet);
    sliced.delete();
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 20));
    expect(await shapeOf()).toEqual(quiet);
  });

  it('does not parse what is too long', async () => {
    expect(await syntax.parse('typescript', ' '.repeat(1_000_001))).toBeUndefined();
  });
});

function shape(node: SyntaxNode): unknown {
  return [node.type, node.range.start, node.range.end, node.children.map(shape)];
}
