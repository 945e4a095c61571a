// Whatever a user reads of the extension exists in English and in German.

import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

type Strings = Readonly<Record<string, string>>;

const read = (file: string): Strings => JSON.parse(readFileSync(file, 'utf8')) as Strings;
const parse = (file: string): ts.SourceFile =>
  ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\\\', '/')}`)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));

const clientFiles = filesIn('client/src');
const serverFiles = filesIn('server/src');

/** Those that say something; elsewhere `words` may be a name for anything. */
const speakingFiles = serverFiles.filter((file) =>
  /import \{[^}]*\bwords\b[^}]*\} from '[./a-z]*\/words\.js'/.test(readFileSync(file, 'utf8')),
);

/** Rooms whose errors a client is told as they are. */
const roomsThatTell = [
  'server/src/remote/',
  'server/src/convert/',
  'server/src/setup/',
  'server/src/serve.ts',
  'server/src/measure/gitHistory.ts',
];

function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  node.forEachChild((child) => visit(child, look));
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** The first argument of every call of a function; undefined where it is not a plain string. */
function argumentsOf(name: string, file: string): (string | undefined)[] {
  const found: (string | undefined)[] = [];
  visit(parse(file), (node) => {
    const isCall = ts.isCallExpression(node) || ts.isNewExpression(node);
    if (isCall && node.expression.getText() === name) found.push(textOf(node.arguments?.[0]));
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

/** Fields of the protocol that are shown, where a text stands that has not passed `say`. */
function unsaidIn(file: string): string[] {
  const found: string[] = [];
  visit(parse(file), (node) => {
    if (!ts.isPropertyAssignment(node)) return;
    const { initializer } = node;
    const isShown = ['sentence', 'title', 'value', 'explanation', 'outcome', 'message', 'advice'].includes(
      node.name.getText(),
    );
    const written = ts.isTemplateExpression(initializer)
      ? [initializer.head.text, ...initializer.templateSpans.map(({ literal }) => literal.text)].join(' ')
      : textOf(initializer);
    if (isShown && written !== undefined && /[a-z]{3}/.test(written.replaceAll('Lacuna', ''))) found.push(written);
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

describe('client and server', () => {
  const german = read('l10n/bundle.l10n.de.json');
  const ofClient = clientFiles.flatMap((file) => argumentsOf('t', file).map((text) => ({ file, text })));
  const ofServer = speakingFiles.flatMap((file) => argumentsOf('words', file).map((text) => ({ file, text })));
  const said = [...ofClient, ...ofServer];

  it('say plain strings, which can be looked up', () => {
    expect(said.filter(({ text }) => text === undefined)).toEqual([]);
    expect(ofClient.length).toBeGreaterThan(150);
    expect(ofServer.length).toBeGreaterThan(250);
  });

  it('say nothing that has not passed through their words', () => {
    expect(clientFiles.flatMap(bareWordsIn).filter((text) => text !== 'Lacuna')).toEqual([]);
    expect(serverFiles.filter((file) => file.includes('/protocol/')).flatMap(unsaidIn)).toEqual([]);
    const names = ['lacuna', 'node', 'onnxruntime'];
    const asTheyAre = serverFiles.flatMap((file) => argumentsOf('asIs', file));
    expect(asTheyAre.filter((text) => text !== undefined && /[a-z]/i.test(text) && !names.includes(text))).toEqual([]);
    for (const file of serverFiles.filter((name) => roomsThatTell.some((room) => name.startsWith(room)))) {
      const bare = [...argumentsOf('Error', file), ...argumentsOf('InputError', file)];
      expect(
        bare.filter((text) => text !== undefined),
        file,
      ).toEqual([]);
    }
  });

  it('have a German text for each, and no other', () => {
    const wanted = new Set(said.map(({ text }) => text!));
    expect([...wanted].filter((text) => !(text in german))).toEqual([]);
    expect(Object.keys(german).filter((text) => !wanted.has(text))).toEqual([]);
  });

  it('leave no text to be matched by the client, which is told what it needs in fields', () => {
    const english = new Set(ofServer.map(({ text }) => text!).filter((text) => /[a-z] [a-z]/.test(text)));
    const own = new Set(ofClient.map(({ text }) => text));
    const compared: string[] = [];
    for (const file of clientFiles) {
      visit(parse(file), (node) => {
        const text = textOf(node);
        if (text !== undefined && english.has(text) && !own.has(text)) compared.push(`${file}: ${text}`);
      });
    }
    expect(compared).toEqual([]);
  });

  it.each(Object.entries(german))('%s keeps its places', (text, translation) => {
    expect(placesIn(translation)).toEqual(placesIn(text));
  });
});
