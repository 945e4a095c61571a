// Blocks with holes over the protocol: the real server, with a model from a script and real syntax trees.

import type { InitializeParams } from 'vscode-languageserver';
import { describe, expect, it } from 'vitest';
import { type AcceptedParams } from '../../src/protocol/messages.js';
import { FakeModel } from '../support/fakeModel.js';
import { blockCalibrationWith, madeUpKnowledge } from '../support/holeKnowledge.js';
import { before, openHolesEditor, uri } from '../support/holesEditor.js';
import { TestEditor, type TestEditorOptions } from '../support/TestEditor.js';

/** The call in the loop is unlikely. */
const pieces = [
  'let total = 0;',
  '\n',
  '  for (const b of a) {',
  '\n',
  '   ',
  ' look',
  '(b);',
  '\n',
  '  }',
  '\n',
  '  return total;',
];
const block = pieces.join('');
const unsure = {
  text: block,
  pieces,
  probability: pieces.map((piece) => (piece === ' look' || piece === '(b);' ? 0.05 : 0.995)),
};

const blocks = blockCalibrationWith(100, 5);

let editor: TestEditor;
const open = async (options: TestEditorOptions = {}, knowledge = { ...madeUpKnowledge, blocks }): Promise<void> => {
  editor = await openHolesEditor({ model: new FakeModel({ script: unsure }), ...options }, knowledge);
};
const suggest = () => editor.suggest(uri, { at: before.length });
const suggestWithHoles = () => editor.suggestUntilHoles(uri, { at: before.length });

describe('a block that is probably wrong somewhere', () => {
  it('is suggested with a hole there, from the start of its line on, so that nothing is indented twice', async () => {
    await open();
    const [item] = await suggestWithHoles();
    const lines = ['  let total = 0;', '  for (const b of a) {', '    ${1:⟨statement⟩}', '  \\}', '  return total;$0'];
    expect(item?.insertText).toMatchObject({ kind: 'snippet' });
    const { value } = item!.insertText as { value: string };
    expect(value.split('\n')).toEqual(lines);
    expect(item?.range).toEqual({ start: { line: 1, character: 0 }, end: { line: 1, character: 2 } });
  });

  it('says of how many lines the guarantee speaks, and where the hole is', async () => {
    await open();
    const [item] = await suggestWithHoles();
    const [{ holes, position }] = item!.command!.arguments as [AcceptedParams];
    expect(holes?.promise).toContain('This is about 5 lines together');
    expect(holes?.promise).toContain('Of 100 that would have been offered, 5 were wrong');
    expect(holes?.holes).toMatchObject([{ placeholder: '⟨statement⟩', wouldBe: 'look(b);' }]);
    expect(holes?.holes[0]?.range).toEqual({ start: { line: 3, character: 4 }, end: { line: 3, character: 15 } });
    expect(position).toEqual({ line: 5, character: 15 });
  });

  it('is written once, and stays while it is typed along', async () => {
    await open();
    await suggestWithHoles();
    const asked = editor.model.requests.length;
    expect(editor.model.requests.map(({ minimumLineProbability }) => minimumLineProbability)).toEqual([0.5, undefined]);
    await suggest();
    expect(editor.model.requests).toHaveLength(asked);
    await editor.type(uri, 'let', before.length);
    const [item] = await editor.suggest(uri, { at: before.length + 3 });
    expect(editor.model.requests).toHaveLength(asked);
    expect((item!.insertText as { value: string }).value).toMatch(/^ {2}let total = 0;\n.*\n.*⟨statement⟩/);
    expect(item?.range).toEqual({ start: { line: 1, character: 0 }, end: { line: 1, character: 5 } });
  });

  it.each([
    ['nobody has measured blocks', {}, undefined],
    ['too many of them were wrong', {}, blockCalibrationWith(100, 60)],
    ['one line is wanted', { lines: '1' }, blocks],
    ['no holes are wanted', { holes: 'off' }, blocks],
  ])('is not where %s', async (_name, settings, measured) => {
    await open({ settings }, { ...madeUpKnowledge, blocks: measured as typeof blocks });
    const items = await suggest();
    const texts = items.map(({ insertText }) => (typeof insertText === 'string' ? insertText : insertText.value));
    expect(texts.join('\n')).not.toContain('⟨statement⟩');
  });

  it('is left for the plain suggestion where that is probably right', async () => {
    const likely = { ...unsure, probability: pieces.map((piece) => (piece === ' look' ? 0.8 : 0.995)) };
    await open({ model: new FakeModel({ script: likely }), settings: { certainty: 'eager' } });
    expect((await suggest())[0]?.insertText).toBe(block);
  });
});

describe('another client', () => {
  type TextDocument = NonNullable<InitializeParams['capabilities']['textDocument']>;
  const textDocument: TextDocument = { completion: { completionItem: { snippetSupport: true } }, inlineCompletion: {} };

  it('gets it without the indentation that editors add to snippets', async () => {
    await open({
      initialize: {
        capabilities: { workspace: { configuration: true }, textDocument },
        initializationOptions: {},
        clientInfo: { name: 'helix' },
      },
    });
    const [item] = await suggest();
    const { value } = item!.insertText as { value: string };
    expect(value.split('\n')).toEqual([
      'let total = 0;',
      'for (const b of a) {',
      '  ${1:⟨statement⟩}',
      '\\}',
      'return total;$0',
    ]);
    expect(item?.range).toEqual({ start: { line: 1, character: 2 }, end: { line: 1, character: 2 } });
  });
});
