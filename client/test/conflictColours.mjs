// Whether files with conflicts keep their colours, found out with the editor's own rules and without a window: behind the
// marker of theirs, each line has to read as it does in the file in which theirs was taken.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { contributions } from '../../syntaxes/conflictGrammars.mjs';
import { editorPaths } from './installEditor.mjs';

const root = new URL('../../', import.meta.url);
const vscode = join(dirname(editorPaths.entry), '../../lib/vscode');

/** `ours:` and `theirs:` mark the lines of the sides; each leaves open what is closed behind the conflict. */
const programs = {
  'source.ts': [
    ...['class A {', '  m(x: number): string {'],
    ...['ours:    if (x) { const s = `open', 'ours:      more ${', 'theirs:    if (x > 2) {'],
    ...['      return "a";', '    }', '    return `b${x}`;', '  }', '}'],
    ...['ours:/* left open', 'theirs:const a = 1;', 'const z: Map<string, number> = new Map();'],
  ],
  'source.js': ['const o = {', 'ours:  a: function () {', 'theirs:  b: () => {', '    return 1;', '  },', '};'],
  'source.python': [
    ...['class A:', '    def f(self, x):', 'ours:        """left open', 'theirs:        if x > 2:'],
    ...['            return "a"', '        return f"b{x}"', '', 'def g(): return 4'],
  ],
  'source.java': [
    ...['public class A {', '  public int f(int x) {', 'ours:    if (x > 1) {', 'theirs:    while (x > 2) {'],
    ...['      return 1;', '    }', '    return x; // c', '  }', '  private String s = "x";', '}'],
  ],
  'source.cs': [
    ...['public class A {', '  public int F(int x) {', 'ours:    if (x > 1) {', 'theirs:    while (x > 2) {'],
    ...['      return 1;', '    }', '    return x; // c', '  }', '  private string s = "x";', '}'],
  ],
  'source.go': ['func F(x int) int {', 'ours:\tif x > 1 { s := `', 'theirs:\tfor x > 2 {', '\t\treturn 1', '\t}', '}'],
  'source.rust': [
    ...[
      'impl A {',
      '    fn f(&self, x: u32) -> u32 {',
      'ours:        if x > 1 { let s = "open',
      'theirs:        while x > 2 {',
    ],
    ...['            return 1;', '        }', '        x // c', '    }', '}'],
  ],
  'source.cpp': [
    'int f(int x) {',
    'ours:  if (x > 1) { /* open',
    'theirs:  while (x > 2) {',
    '    return 1;',
    '  }',
    '  return x; // c',
    '}',
  ],
  'source.c': [
    'int f(int x) {',
    'ours:  if (x > 1) {',
    'theirs:  while (x > 2) {',
    '    return 1;',
    '  }',
    '  return x; // c',
    '}',
  ],
  'source.ruby': [
    'class A',
    '  def f(x)',
    'ours:    if x > 1 and "open',
    'theirs:    while x > 2',
    '      return "a#{x}"',
    '    end',
    '    x # c',
    '  end',
    'end',
  ],
  'text.html.php': [
    ...['<p>a</p>', '<?php', 'function f($x) {', 'ours:    if ($x > 1) { $s = "open', 'theirs:    while ($x > 2) {'],
    ...['        return "a{$x}";', '    }', '    return $x; // c', '}'],
  ],
  'source.json': ['{', 'ours:  "a": [1,', 'theirs:  "b": [2,', '    3],', '  "c": true', '}'],
};

export async function checkConflictColours() {
  const withOurs = await openRegistry(contributions);
  const without = await openRegistry([]);
  for (const [scope, lines] of Object.entries(programs)) {
    const { marked, kept } = versionsOf(lines);
    const wanted = await read(without, scope, kept);
    const all = await read(
      withOurs,
      scope,
      marked.map(({ text }) => text),
    );
    const found = all.filter((_, index) => marked[index].isKept);
    assert.deepEqual(found, wanted, scope);
    const markers = all.filter((_, index) => /^(?:<{7}|={7}|>{7})/.test(marked[index].text));
    for (const marker of markers) assert.match(marker, /conflict-marker/, scope);
  }
}

/** The file with its markers, and the file in which theirs was taken. */
function versionsOf(lines) {
  const marked = [];
  let side = '';
  for (const line of [...lines, '']) {
    const [, next = '', text] = /^(?:(ours|theirs):)?(.*)$/.exec(line);
    const between = { '/ours': '<<<<<<< HEAD', 'ours/theirs': '=======', 'theirs/': '>>>>>>> feature' }[
      `${side}/${next}`
    ];
    if (between !== undefined) marked.push({ text: between, isKept: false });
    marked.push({ text, isKept: next !== 'ours' });
    side = next;
  }
  return { marked, kept: marked.filter(({ isKept }) => isKept).map(({ text }) => text) };
}

/** The editor's own grammars, and ours injected into them. */
async function openRegistry(injected) {
  const load = createRequire(join(vscode, 'package.json'));
  const oniguruma = load('vscode-oniguruma');
  const { Registry, parseRawGrammar } = load('vscode-textmate');
  await (loaded ??= oniguruma.loadWASM(
    readFileSync(join(dirname(load.resolve('vscode-oniguruma')), 'onig.wasm')).buffer,
  ));
  const files = new Map(editorGrammars());
  for (const { scopeName, path } of injected) files.set(scopeName, new URL(path, root).pathname);
  return new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: (scope) =>
      Promise.resolve(
        files.has(scope) ? parseRawGrammar(readFileSync(files.get(scope), 'utf8'), files.get(scope)) : null,
      ),
    getInjections: (scope) =>
      injected.filter(({ injectTo }) => injectTo.includes(scope)).map(({ scopeName }) => scopeName),
  });
}

let loaded;

function editorGrammars() {
  const folder = join(vscode, 'extensions');
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
    .flatMap(({ name }) => {
      const { contributes } = JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8'));
      return (contributes?.grammars ?? []).map(({ scopeName, path }) => [scopeName, join(folder, name, path)]);
    });
}

/** For each line, its pieces with their scopes. */
async function read(registry, scope, lines) {
  const grammar = await registry.loadGrammar(scope);
  let state = null;
  return lines.map((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return tokens
      .map(({ startIndex, endIndex, scopes }) => [line.slice(startIndex, endIndex), ...scopes].join(' '))
      .join('\n');
  });
}
