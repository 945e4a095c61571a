// What every language must have, so that nothing is forgotten where one is added.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { grammarFiles } from '../../syntaxes/treeSitterGrammars.mjs';
import { fileKindOf } from '../src/merge/ranking/fileKind.js';
import { languageIdOf, languageOf, languages, lexiconOf, mergeLexiconOf } from '../src/languages/index.js';

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
};
const programs = languages.filter(({ program }) => program !== undefined);
const withStrings = languages.filter(({ lexicon }) => lexicon !== undefined);
const fixtures = new Set(
  readdirSync('server/test/fixtures/languages').map((name) => lexiconOf(name.replace(/\.txt$/, ''))),
);
const examples = readdirSync('examples', { recursive: true, encoding: 'utf8' }).map(languageIdOf);

describe('the list of languages', () => {
  it('names each once, with its extensions and the names of its files', () => {
    const ids = languages.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
    for (const keysOf of ['extensions', 'fileNames', 'otherNames'] as const) {
      const keys = languages.flatMap((language) => language[keysOf] ?? []);
      expect(keys, keysOf).toEqual([...new Set(keys)]);
      expect(keys, keysOf).toEqual(keys.map((key) => key.toLowerCase()));
    }
  });

  it('finds a language by what its files are called', () => {
    for (const { id, extensions = [], fileNames = [] } of languages) {
      for (const extension of extensions) expect(languageIdOf(`a/b${extension}`)).toBe(id);
      for (const name of fileNames) expect(languageIdOf(`a\\${name.toUpperCase()}`)).toBe(id);
    }
    expect(languageIdOf('a/b.unheardOf')).toBe('plaintext');
    expect(languageOf('constructor')).toBeUndefined();
  });

  it.each(withStrings.map(({ id }) => id))('has a program whose strings are %s', (id) => {
    expect(fixtures.has(lexiconOf(id))).toBe(true);
  });
});

describe('grammars', () => {
  it.each(languages.flatMap(({ id, grammar }) => (grammar === undefined ? [] : [[id, grammar] as const])))(
    '%s has a packaged grammar, whose scripts never run',
    (_, grammar) => {
      expect(grammarFiles).toContainEqual({ name: grammar.package, file: grammar.file });
      expect(manifest.devDependencies[grammar.package]).toMatch(/^\d/);
      expect(manifest.allowScripts[grammar.package]).toBe(false);
    },
  );
});

describe.each(programs.map((language) => [language.id, language] as const))(
  '%s, a language with a tree,',
  (id, language) => {
    it('has a file name, strings, comments for merges, and colours in conflicts', () => {
      expect(language.extensions ?? []).not.toEqual([]);
      expect(language.lexicon).toBeDefined();
      expect(mergeLexiconOf(id).quotes).not.toEqual([]);
      expect(language.conflicts?.isCode).toBe(true);
    });

    it('is a language of programs to the ranker', () => expect(fileKindOf(id)).not.toBe('text'));

    it('asks the tree for types that its grammar has', () => {
      const known = nodeTypesOf(language.grammar!.package, language.grammar!.file);
      const { blocks, strings, comments, declarations, placeholders } = language.program!;
      const asked = Object.values(declarations).filter((types) => typeof types === 'object') as ReadonlySet<string>[];
      const named = [blocks, strings, comments, ...asked].flatMap((types) => [...types]);
      expect([...named, ...Object.keys(placeholders)].filter((type) => !known.has(type))).toEqual([]);
    });

    it('has declarations and a comment', () => {
      const { comments, declarations } = language.program!;
      for (const types of [comments, declarations.others, declarations.names]) expect(types.size).toBeGreaterThan(0);
      expect(Object.keys(language.program!.placeholders)).not.toEqual([]);
    });

    it('has an example', () => expect(examples).toContain(id));
  },
);

/** The types that a package says its grammar has. */
function nodeTypesOf(name: string, file: string): ReadonlySet<string> {
  const dialect = file.replace(/^tree-sitter-|\.wasm$/g, '');
  const path = ['src', `${dialect}/src`]
    .map((folder) => `node_modules/${name}/${folder}/node-types.json`)
    .find(existsSync)!;
  const all = JSON.parse(readFileSync(path, 'utf8')) as readonly { readonly type: string }[];
  return new Set(all.map(({ type }) => type));
}
