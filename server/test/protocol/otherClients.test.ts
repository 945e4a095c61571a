// Suggestions with holes for clients that know nothing of Lacuna: as snippets where they take these, inline or in their list.

import type { CompletionItem, CompletionList, InitializeParams } from 'vscode-languageserver';
import { describe, expect, it } from 'vitest';
import { FakeModel, type Script } from '../support/fakeModel.js';
import { madeUpKnowledge } from '../support/holeKnowledge.js';
import { after, before, openHolesEditor, uri } from '../support/holesEditor.js';
import { TestEditor, type TestEditorOptions } from '../support/TestEditor.js';

/** A call whose second argument is unlikely. */
const unsureOf = (argument: string): Script => {
  const pieces = ['return', ' total', '(', 'a', ',', ` ${argument}`, ')', ';'];
  return () => ({ text: pieces.join(''), pieces, probability: [0.9, 0.9, 0.9, 0.9, 0.9, 0.3, 0.9] });
};

const completion = { completionItem: { snippetSupport: true } };
const inlineCompletion = {};
type TextDocumentCapabilities = NonNullable<InitializeParams['capabilities']['textDocument']>;

let editor: TestEditor;
const open = async (
  textDocument: TextDocumentCapabilities,
  {
    clientName,
    script = unsureOf('count'),
    tail = '',
    ...options
  }: TestEditorOptions & { clientName?: string; script?: Script; tail?: string } = {},
): Promise<void> => {
  const settings = { certainty: 'eager' };
  const initialize = {
    capabilities: { workspace: { configuration: true }, textDocument },
    initializationOptions: {},
    ...(clientName === undefined ? {} : { clientInfo: { name: clientName } }),
  };
  const model = new FakeModel({ script });
  editor = await openHolesEditor({ model, settings, initialize, ...options }, madeUpKnowledge, before + tail + after);
};

const list = async (at = before.length): Promise<CompletionItem[]> => {
  const found: CompletionList = await editor.connection.sendRequest('textDocument/completion', {
    textDocument: { uri },
    position: editor.document(uri).positionAt(at),
    context: { triggerKind: 1 },
  });
  expect(found.isIncomplete).toBe(true);
  return found.items;
};

/** What the document is once an item is taken by its range, with the snippet's own signs in it. */
const taken = ({ textEdit }: CompletionItem): string => {
  if (textEdit === undefined || !('range' in textEdit)) throw new Error('The item has no range.');
  const document = editor.document(uri);
  const [start, end] = [document.offsetAt(textEdit.range.start), document.offsetAt(textEdit.range.end)];
  const text = document.getText();
  return text.slice(0, start) + textEdit.newText + text.slice(end);
};

it('is refused where a client says hello twice, and the first hello holds', async () => {
  await open({ completion, inlineCompletion });
  const hello = { processId: null, rootUri: null, capabilities: {} };
  await expect(editor.connection.sendRequest('initialize', hello)).rejects.toThrow(
    'The server was initialised before.',
  );
  expect(await editor.suggest(uri, { at: before.length })).not.toEqual([]);
});

describe('a client with inline completion', () => {
  it('gets holes as a snippet without a command, where it takes snippets', async () => {
    await open({ completion, inlineCompletion });
    const [item] = await editor.suggest(uri, { at: before.length });
    expect(item?.insertText).toEqual({ kind: 'snippet', value: 'return total(a, ${1|⟨argument⟩,count|});$0' });
    expect(item?.command).toBeUndefined();
  });

  it('gets the plain line where it takes none', async () => {
    await open({ completion: {}, inlineCompletion });
    const items = await editor.suggest(uri, { at: before.length });
    expect(items.map(({ insertText }) => insertText)).toEqual(['return total(a, count);']);
  });

  it.each([
    ['an editor', String.raw`'a,b|c}\d$'`, String.raw`'a\,b\|c}\\d$'`],
    ['Neovim', String.raw`'a,b|c}\d$'`, String.raw`'a\,b\|c\}\\d\$'`],
  ])('gets a choice that %s reads as it is', async (clientName, argument, escaped) => {
    await open({ completion, inlineCompletion }, { clientName, script: unsureOf(argument) });
    const [item] = await editor.suggest(uri, { at: before.length });
    expect(item?.insertText).toEqual({
      kind: 'snippet',
      value: 'return total(a, ${1|⟨argument⟩,' + escaped + '|});$0',
    });
  });

  it('is offered no list', async () => {
    await open({ completion, inlineCompletion });
    expect(editor.capabilities.completionProvider).toBeUndefined();
  });
});

describe('a client with a list alone', () => {
  it('is offered completions, the holes as a snippet', async () => {
    await open({ completion });
    expect(editor.capabilities.completionProvider?.triggerCharacters).toContain('.');
    const [item] = await list();
    expect(item).toMatchObject({ label: 'return total(a, ⟨argument⟩);', insertTextFormat: 2 });
    expect(item?.documentation).toContain('right outside of them');
    expect(taken(item!)).toBe(`${before}return total(a, \${1|⟨argument⟩,count|});$0${after}`);
  });

  it('gets the line as text where it takes no snippets', async () => {
    await open({ completion: {} });
    const items = await list();
    expect(items.map(({ label, insertTextFormat }) => [label, insertTextFormat])).toEqual([
      ['return total(a, count);', undefined],
    ]);
    expect(taken(items[0]!)).toBe(`${before}return total(a, count);${after}`);
  });

  it('may filter by the word before the cursor', async () => {
    await open(
      { completion },
      { script: () => 'urn total;', settings: { certainty: 'eager', holes: 'off' }, tail: 'ret' },
    );
    const [item] = await list(before.length + 3);
    expect(item).toMatchObject({ label: 'return total;', filterText: 'return total;' });
    expect(taken(item!)).toBe(`${before}return total;$0${after}`);
  });

  it('has a bracket behind the cursor once, even where a snippet is expanded in front of it', async () => {
    const call: Script = () => ({
      text: 'first, a, second)',
      pieces: ['first', ',', ' a', ',', ' second', ')'],
      probability: [0.9, 0.9, 0.9, 0.9, 0.1, 0.9],
    });
    await open({ completion }, { script: call, tail: 'total()' });
    const items = await list(before.length + 'total('.length);
    expect(items.filter(({ documentation }) => documentation !== undefined)).toHaveLength(1);
    for (const item of items) {
      const { range } = item.textEdit as { range: { end: unknown } };
      expect(range.end).toEqual({ line: 1, character: 2 + 'total('.length });
      expect(taken(item)).not.toMatch(/\)\)/);
    }
  });

  it('gets nothing where nothing is likely', async () => {
    await open({ completion }, { settings: { enable: false } });
    expect(await list()).toEqual([]);
  });
});

describe('our own client', () => {
  it('is offered no list, which would show every suggestion twice', async () => {
    await open({ completion }, { initialize: { initializationOptions: { lacunaClient: true } } });
    expect(editor.capabilities.completionProvider).toBeUndefined();
  });
});
