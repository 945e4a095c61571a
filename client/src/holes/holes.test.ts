// Holes in an editor of the few functions that they use: whose they are when files are renamed or closed, and what a link of
// an old hover may do.

import { beforeEach, describe, expect, it, vi } from 'vitest';

class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}
class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(...[a, b, c, d]: (Position | number)[]) {
    this.start = a instanceof Position ? a : new Position(a as number, b as number);
    this.end = b instanceof Position ? b : new Position(c as number, d as number);
  }
}

/** A document of one line. */
class Document {
  isClosed = false;
  version = 1;
  readonly uri: { readonly scheme: string; toString(): string };
  constructor(
    uri: string,
    private text: string,
  ) {
    this.uri = { scheme: uri.split(':')[0]!, toString: () => uri };
  }
  getText = (): string => this.text;
  offsetAt = ({ character }: Position): number => character;
  positionAt = (offset: number): Position => new Position(0, offset);
  replace(start: number, end: number, text: string): void {
    this.text = this.text.slice(0, start) + text + this.text.slice(end);
    this.version++;
    tell('changed', { document: this, contentChanges: [{ rangeOffset: start, rangeLength: end - start, text }] });
  }
}

const editor = vi.hoisted(() => ({
  documents: [] as unknown[],
  listeners: new Map<string, ((event: never) => void)[]>(),
  commands: new Map<string, (...given: unknown[]) => Promise<void>>(),
  said: [] as string[],
  isWritable: true,
}));
const tell = (event: string, what: unknown): void =>
  editor.listeners.get(event)?.forEach((hear) => hear(what as never));

vi.mock('vscode-languageclient/node', () => ({ LanguageClient: class {} }));
vi.mock('vscode', () => {
  const disposable = { dispose: () => undefined };
  const on = (event: string) => (hear: (event: never) => void) => {
    editor.listeners.set(event, [...(editor.listeners.get(event) ?? []), hear]);
    return disposable;
  };
  return {
    Position,
    Range,
    Disposable: { from: () => disposable },
    Diagnostic: class {},
    DiagnosticSeverity: {},
    OverviewRulerLane: {},
    DecorationRangeBehavior: {},
    ThemeColor: class {},
    TextDocumentSaveReason: {},
    WorkspaceEdit: class {
      readonly edits: { range: Range; text: string }[] = [];
      replace = (_uri: unknown, range: Range, text: string): void => void this.edits.push({ range, text });
    },
    languages: { createDiagnosticCollection: () => ({ ...disposable, set: vi.fn(), delete: vi.fn() }) },
    commands: {
      executeCommand: vi.fn(),
      registerCommand: (name: string, run: () => Promise<void>) => (editor.commands.set(name, run), disposable),
    },
    window: {
      visibleTextEditors: [],
      createTextEditorDecorationType: () => disposable,
      onDidChangeVisibleTextEditors: on('visible'),
      onDidChangeActiveTextEditor: on('active'),
      showInformationMessage: (sentence: string) => void editor.said.push(sentence),
    },
    workspace: {
      textDocuments: editor.documents,
      asRelativePath: (uri: { toString(): string }) => uri.toString(),
      onDidChangeTextDocument: on('changed'),
      onDidOpenTextDocument: on('opened'),
      onDidCloseTextDocument: on('closed'),
      onWillSaveTextDocument: on('saving'),
      applyEdit({ edits }: { edits: { range: Range; text: string }[] }) {
        if (!editor.isWritable) return Promise.resolve(false);
        const [document] = editor.documents as Document[];
        for (const { range, text } of edits) document!.replace(range.start.character, range.end.character, text);
        return Promise.resolve(true);
      },
    },
  };
});

const { Holes } = await import('./holes.js');
const { fillCommand, fillWith, registerFill } = await import('./holeFillings.js');

const text = 'put(⟨a⟩, ⟨b⟩);';
let holes: InstanceType<typeof Holes>;

function open(uri: string, content = text): Document {
  const document = new Document(uri, content);
  editor.documents.push(document);
  tell('opened', document);
  return document;
}

function close(document: Document): void {
  document.isClosed = true;
  editor.documents.splice(editor.documents.indexOf(document), 1);
  tell('closed', document);
}

function accept(document: Document): void {
  const hole = (placeholder: string) => {
    const start = document.getText().indexOf(placeholder);
    const at = (character: number) => ({ line: 0, character });
    const range = { start: at(start), end: at(start + placeholder.length) };
    return { range, placeholder, kind: '', reason: '', wouldBe: 'x', probability: 0.5 };
  };
  holes.accepted(document as never, { holes: [hole('⟨a⟩'), hole('⟨b⟩')], promise: '' });
}

const placeholdersIn = (document: Document): string[] =>
  holes.of(document as never).map(({ placeholder }) => placeholder);

beforeEach(() => {
  editor.documents.length = 0;
  editor.listeners.clear();
  Object.assign(editor, { said: [], isWritable: true });
  holes = new Holes();
  registerFill(holes);
});

describe('holes go with their text', () => {
  it.each([
    ['that is opened under its new name first', true],
    ['that is closed under its old name first', false],
  ])('in a renamed file %s', (_name, isOpenedFirst) => {
    const old = open('file:///old.ts');
    accept(old);
    old.replace(4, 7, 'filled');
    const opened = isOpenedFirst ? open('file:///new.ts', old.getText()) : undefined;
    close(old);
    const renamed = opened ?? open('file:///new.ts', old.getText());
    expect(placeholdersIn(renamed)).toEqual(['⟨b⟩']);
    // Undo, which the editor keeps.
    renamed.replace(4, 10, '⟨a⟩');
    expect(placeholdersIn(renamed)).toEqual(['⟨a⟩', '⟨b⟩']);
  });

  it('in a file that is closed and opened again, while it is the same', () => {
    const before = open('file:///a.ts');
    accept(before);
    close(before);
    expect(placeholdersIn(open('file:///a.ts', `${text} // more`))).toEqual([]);
    expect(placeholdersIn(open('file:///b.ts'))).toEqual(['⟨a⟩', '⟨b⟩']);
    expect(placeholdersIn(open('file:///c.ts'))).toEqual([]);
  });

  it('and not to what nobody writes in', () => {
    const old = open('untitled:1');
    accept(old);
    const version = open('git:/1');
    close(old);
    expect(placeholdersIn(version)).toEqual([]);
  });
});

describe('a link that fills a hole', () => {
  const linkTo = (document: Document): unknown[] => fillWith(holes.of(document as never)[0]!, 'x').arguments!;
  const click = (link: unknown[]): Promise<void> => editor.commands.get(fillCommand)!(...link);

  it('fills it once', async () => {
    const document = open('file:///a.ts');
    accept(document);
    const link = linkTo(document);
    await click(link);
    expect(document.getText()).toBe('put(x, ⟨b⟩);');
    await click(link);
    expect(document.getText()).toBe('put(x, ⟨b⟩);');
    expect(editor.said).toEqual(['Lacuna: The hole is filled already.']);
  });

  it('leaves another hole alone that has come to its place', async () => {
    const document = open('file:///a.ts');
    accept(document);
    const link = linkTo(document);
    document.replace(4, 9, '');
    expect(document.getText()).toBe('put(⟨b⟩);');
    await click(link);
    expect(document.getText()).toBe('put(⟨b⟩);');
    expect(editor.said).toEqual(['Lacuna: file:///a.ts has changed meanwhile, so nothing was done. Try again.']);
  });

  it('says so where the editor writes nothing', async () => {
    const document = open('file:///a.ts');
    accept(document);
    editor.isWritable = false;
    await click(linkTo(document));
    expect(editor.said).toEqual(['Lacuna: The editor could not change the file. Is it read-only?']);
  });
});
