// Whatever a user reads of the extension exists in English and in German.

import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { patterns, phrases } from '../../client/src/l10n/serverWords.js';

type Strings = Readonly<Record<string, string>>;

const read = (file: string): Strings => JSON.parse(readFileSync(file, 'utf8')) as Strings;
const parse = (file: string): ts.SourceFile =>
  ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);

/** Files whose fixed sentences the server sends and the client translates. */
const sentencesOfServer = [
  'server/src/completion/reasons.ts',
  'server/src/merge/explain/reasons.ts',
  'server/src/protocol/state/status.ts',
];

/** The words of resolutions, of which titles are made: every text with a space that is returned or listed there. */
const wordsOfServer = 'server/src/protocol/requests/resolutionWords.ts';

/** Phrases that the server's sentences are made of: every text of such a shape in these files. */
const phrasesOfServer: readonly (readonly [file: string, shape: RegExp])[] = [
  ['server/src/merge/explain/explain.ts', /^[A-Z][a-z]+ [^.]*$/],
  ['server/src/merge/ranking/attributionWords.ts', /^[a-z]+ [a-z]/],
  ['server/src/partial/show/kinds.ts', /^(?!node$)[a-z]+( [a-z]+)*$/],
];

/** Parts of titles that are found by their place. */
const titles = ['more…', 'resolve what is certain in this file', ' and '];

const clientFiles = readdirSync('client/src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => `client/src/${name}`);

function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  node.forEachChild((child) => visit(child, look));
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** The first argument of every call of `t`; undefined where it is not a plain string. */
function wordsIn(file: string): (string | undefined)[] {
  const found: (string | undefined)[] = [];
  visit(parse(file), (node) => {
    if (ts.isCallExpression(node) && node.expression.getText() === 't') found.push(textOf(node.arguments[0]));
  });
  return found;
}

/** Words that are shown without having passed `t`. */
function bareWordsIn(file: string): string[] {
  const found: string[] = [];
  const shownNames = ['title', 'placeHolder', 'label', 'description', 'detail', 'prompt', 'tooltip'];
  const note = (node: ts.Node | undefined): void => {
    const text = textOf(node);
    if (text !== undefined && /[a-z]{3}/.test(text)) found.push(text);
  };
  visit(parse(file), (node) => {
    if (ts.isCallExpression(node) && /\.show(Information|Warning|Error)Message$/.test(node.expression.getText())) {
      node.arguments.forEach(note);
    }
    if (ts.isPropertyAssignment(node) && shownNames.includes(node.name.getText())) note(node.initializer);
  });
  return found;
}

function sentencesIn(file: string): string[] {
  const found: string[] = [];
  visit(parse(file), (node) => {
    const text = ts.isPropertyAssignment(node) ? textOf(node.initializer) : undefined;
    if (text?.endsWith('.') === true) found.push(text);
  });
  return found;
}

function textsIn(file: string, shape: RegExp): string[] {
  const found: string[] = [];
  visit(parse(file), (node) => {
    const text = textOf(node);
    if (text !== undefined && shape.test(text)) found.push(text);
  });
  return found;
}

const placesIn = (text: string): string[] => [...new Set(text.match(/\{\d+\}/g))].sort();
const linksIn = (text: string): string[] => [...text.matchAll(/command:[^)]*/g)].map(([link]) => link).sort();

describe('the manifest', () => {
  const english = read('package.nls.json');
  const german = read('package.nls.de.json');
  const manifest = readFileSync('package.json', 'utf8');

  it('has every text in both languages, and no other', () => {
    const used = [...manifest.matchAll(/"%([\w.-]+)%"/g)].map(([, key]) => key!).sort();
    expect([...new Set(used)]).toEqual(Object.keys(english).sort());
    expect(Object.keys(german)).toEqual(Object.keys(english));
  });

  it('shows no text that is not translated', () => {
    const shown = /"(title|description|markdownDescription|altText|enumDescriptions|shortTitle)": "(?!%)([^"]*)"/g;
    const { contributes } = JSON.parse(manifest) as { contributes: Record<string, unknown> };
    const bare = [...JSON.stringify(contributes, undefined, 1).matchAll(shown)].map(([, , text]) => text);
    expect(bare.filter((text) => text !== 'Lacuna')).toEqual([]);
  });

  it.each(Object.keys(english))('%s links to the same commands', (key) => {
    expect(linksIn(german[key]!)).toEqual(linksIn(english[key]!));
  });
});

describe('the client', () => {
  const german = read('l10n/bundle.l10n.de.json');
  const words = clientFiles.flatMap((file) => wordsIn(file).map((text) => ({ file, text })));
  const sentences = sentencesOfServer.flatMap(sentencesIn);

  it('says plain strings, which can be looked up', () => {
    expect(words.filter(({ text }) => text === undefined)).toEqual([]);
    expect(words.length).toBeGreaterThan(50);
  });

  it('says nothing that is not translated', () => {
    expect(clientFiles.flatMap(bareWordsIn).filter((text) => text !== 'Lacuna')).toEqual([]);
  });

  it('has a German text for each, and for each sentence of the server', () => {
    const resolutions = textsIn(wordsOfServer, /^[a-z]+ [a-z]/);
    expect(resolutions.length).toBeGreaterThan(30);
    const parts = phrasesOfServer.flatMap(([file, shape]) => textsIn(file, shape));
    expect(parts.length).toBeGreaterThan(80);
    const known = [...patterns.map(([pattern]) => pattern), ...phrases];
    const wanted = new Set([
      ...known,
      ...parts,
      ...words.map(({ text }) => text!),
      ...sentences,
      ...resolutions,
      ...titles,
    ]);
    expect([...wanted].filter((text) => !(text in german))).toEqual([]);
    expect(Object.keys(german).filter((text) => !wanted.has(text))).toEqual([]);
  });

  it.each(Object.entries(german))('%s keeps its places', (text, translation) => {
    expect(placesIn(translation)).toEqual(placesIn(text));
  });
});
