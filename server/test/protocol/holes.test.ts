// Suggestions with holes over the protocol: the real server, with a model from a script and real syntax trees.

import { describe, expect, it, vi } from 'vitest';
import {
  acceptedCommand,
  calibrateProgress,
  calibrateRequest,
  cursorNotification,
  fillingsRequest,
  pausedNotification,
  type AcceptedParams,
  type CalibrateResult,
  type FillingsResult,
} from '../../src/protocol/messages.js';
import { FakeModel, type Script } from '../support/fakeModel.js';
import { madeUpKnowledge } from '../support/holeKnowledge.js';
import { after, before, openHolesEditor, uri } from '../support/holesEditor.js';
import { TestEditor, until, type TestEditorOptions } from '../support/TestEditor.js';
import { asIs } from '../../src/common/words.js';

const line = 'return total(a, count);';
/** The second argument is unlikely. */
const unsure = {
  text: line,
  pieces: ['return', ' total', '(', 'a', ',', ' count', ')', ';'],
  probability: [0.9, 0.9, 0.9, 0.9, 0.9, 0.3, 0.9],
};
const withHole = 'return total(a, ⟨argument⟩);';

let editor: TestEditor;
const open = async (options: TestEditorOptions = {}, script: Script = () => unsure): Promise<void> => {
  editor = await openHolesEditor({ model: new FakeModel({ script }), ...options });
};
const suggest = () => editor.suggest(uri, { at: before.length });

describe('a line that is probably wrong', () => {
  it('is suggested with holes, as a snippet that tells where they are', async () => {
    await open();
    const [item] = await suggest();
    expect(item?.insertText).toEqual({ kind: 'snippet', value: 'return total(a, ${1|⟨argument⟩,count|});$0' });
    expect(item?.command?.command).toBe(acceptedCommand);
    const [{ holes }] = item!.command!.arguments as [AcceptedParams];
    expect(holes?.promise).toContain('right outside of them');
    expect(holes?.holes).toMatchObject([{ placeholder: '⟨argument⟩', kind: 'argument', wouldBe: 'count' }]);
    const { start, end } = holes!.holes[0]!.range;
    expect((before + withHole).split('\n')[start.line]?.slice(start.character, end.character)).toBe('⟨argument⟩');
    expect(editor.outcome).toMatchObject({ kind: 'suggested' });
  });

  it('has holes in the script of a component too', async () => {
    await open();
    const [head, tail] = ['<script lang="ts">\n', '</script>\n'];
    await editor.openDocument('file:///work/src/cart.vue', 'vue', head + before + after + tail);
    const [item] = await editor.suggest('file:///work/src/cart.vue', { at: head.length + before.length });
    expect(item?.insertText).toEqual({ kind: 'snippet', value: 'return total(a, ${1|⟨argument⟩,count|});$0' });
  });

  it.each([
    [
      'the bracket behind the cursor where it was, if what closes it is left out',
      ['total(', ')'],
      ['first', ',', ' a', ',', ' second', ')'],
      [0.95, 0.5, 0.1, 0.5, 0.1, 0.5],
      ['total(first$0)'],
    ],
    [
      'what is written behind the cursor, in place of which there is no hole',
      ['total(', ', second);'],
      ['first', ',', ' second', ')', ';'],
      [0.9, 0.9, 0.1, 0.9, 0.9],
      ['total(first, second);'],
    ],
    [
      'it, and has holes in front of it',
      ['total(', ', second);'],
      ['first', '(', 'a', ',', ' b', ')', ',', ' second', ')', ';'],
      [0.9, 0.9, 0.9, 0.9, 0.1, 0.9, 0.9, 0.9, 0.9, 0.9],
      ['total(first(a, ${1|⟨argument⟩,b|}), second);$0', 'total(first(a, b), second);'],
    ],
  ])('leaves %s', async (_name, [head, tail], pieces, probability, expected) => {
    const asked = { settings: { certainty: 'eager' } };
    await open(asked, () => ({ text: pieces.join(''), pieces, probability }));
    const other = 'file:///work/src/other.ts';
    await editor.openDocument(other, 'typescript', before + head + tail + after);
    const items = await editor.suggest(other, { at: before.length + head!.length, manual: true });
    const text = editor.document(other).getText();
    const taken = items.map(({ insertText, range }) => {
      const [start, end] = [range!.start, range!.end].map((place) => editor.document(other).offsetAt(place));
      const written = typeof insertText === 'string' ? insertText : insertText.value;
      return text.slice(before.length, start) + written + text.slice(end, -after.length);
    });
    expect(taken).toEqual(expected);
  });

  it('can still be cycled to as a whole where that is likely enough', async () => {
    const shown = (items: Awaited<ReturnType<typeof suggest>>) =>
      items.map(({ insertText }) => (typeof insertText === 'string' ? insertText : 'holes'));
    await open({ settings: { certainty: 'quiet' } });
    expect(shown(await suggest())).toEqual(['holes']);
    await editor.changeSettings({ certainty: 'eager' });
    expect(shown(await editor.suggestUntilHoles(uri, { at: before.length }))).toEqual(['holes', line]);
  });

  it('is written to its end, since a part of it may be right', async () => {
    await open();
    await suggest();
    expect(editor.model.requests[0]?.earlyStopBelow).toBe(0);
    await editor.changeSettings({ holes: 'off' });
    await editor.type(uri, ' ', before.length);
    await editor.suggest(uri, { at: before.length + 1 });
    expect(editor.model.lastRequest?.earlyStopBelow).not.toBe(0);
  });

  it('is held against what else might have been written, once', async () => {
    await open();
    await suggest();
    expect(editor.model.requests.map(({ branches }) => branches?.count)).toEqual([undefined, 6]);
    await suggest();
    expect(editor.model.requests).toHaveLength(2);
  });

  it('is suggested as it is where there is no time for that', async () => {
    await open({ settings: { certainty: 'eager' } });
    editor.model.hasTime = false;
    expect((await suggest()).map(({ insertText }) => insertText)).toEqual([line]);
  });

  it('is given up at the next request while that is found out', async () => {
    let letGo: (() => void) | undefined;
    await open({}, () => {
      letGo ??= editor.model.hold();
      return unsure;
    });
    const first = suggest();
    await vi.waitFor(() => expect(editor.model.lastRequest?.branches).toBeDefined());
    await editor.type(uri, 'x', before.length);
    const second = editor.suggest(uri, { at: before.length + 1 });
    await vi.waitFor(() => expect(editor.model.cancelled).toBe(1));
    letGo?.();
    await Promise.all([first, second]);
    expect(editor.model.running).toBe(0);
  });

  it.each([
    ['where holes are switched off', { settings: { holes: 'off', certainty: 'eager' } }],
    [
      'for a client that does not know our commands',
      { settings: { certainty: 'eager' }, initialize: { initializationOptions: {} } },
    ],
  ])('has no holes %s', async (_name, options) => {
    await open(options);
    expect((await suggest()).map(({ insertText }) => insertText)).toEqual([line]);
  });

  it('has as many holes as the setting allows, and brackets that stand behind the cursor once', async () => {
    await open({ settings: { mostHoles: 1 } }, () => ({
      text: 'total(first, a, second);',
      pieces: ['total', '(', 'first', ',', ' a', ',', ' second', ')', ';'],
      probability: [0.9, 0.9, 0.1, 0.9, 0.9, 0.9, 0.1, 0.9],
    }));
    const [item] = await suggest();
    expect(item?.insertText).toMatchObject({ value: expect.stringMatching(/^total\(\$\{1[:|]⟨arguments⟩/) as string });
  });
});

describe('holes behind a line that is shown already', () => {
  const eager = { settings: { certainty: 'eager' } };
  let letGo: (() => void) | undefined;

  /** The line is shown, and what else might have been written is being computed, until the test lets it go. */
  const openHeld = async (): Promise<void> => {
    letGo = undefined;
    await open(eager, () => {
      letGo ??= editor.model.hold();
      return unsure;
    });
    expect((await suggest()).map(({ insertText }) => insertText)).toEqual([line]);
    await until(() => editor.model.lastRequest?.branches !== undefined);
  };

  it('do not hold it up: the client is told where it may ask again', async () => {
    await openHeld();
    expect(editor.holesFollowed).toEqual([]);
    letGo!();
    await until(() => editor.holesFollowed.length > 0);
    const position = editor.document(uri).positionAt(before.length);
    expect(editor.holesFollowed).toEqual([{ textDocument: { uri }, position, version: 1 }]);
    const asked = editor.model.requests.length;
    expect((await suggest())[0]?.insertText).toMatchObject({ kind: 'snippet' });
    expect(editor.model.requests).toHaveLength(asked);
  });

  it.each([
    ['an edit', () => editor.type(uri, 'r', before.length)],
    [
      'another place of the cursor',
      () =>
        editor.connection.sendNotification(cursorNotification, {
          textDocument: { uri },
          position: { line: 0, character: 0 },
        }),
    ],
    ['a pause', () => editor.connection.sendNotification(pausedNotification, { paused: true })],
    ['the end of the document', () => editor.close(uri)],
  ])('are given up at %s', async (_name, happens) => {
    await openHeld();
    await happens();
    await until(() => editor.model.cancelled === 1);
    letGo!();
    await until(() => editor.model.running === 0);
    await suggest();
    expect(editor.holesFollowed).toEqual([]);
  });

  it('are not told of where there is no time for them', async () => {
    await open(eager);
    editor.model.hasTime = false;
    await suggest();
    await until(() => editor.model.requests.length === 2 && editor.model.running === 0);
    await suggest();
    expect(editor.holesFollowed).toEqual([]);
  });

  it('are waited for where somebody asks by hand', async () => {
    await open(eager);
    const items = await editor.suggest(uri, { at: before.length, manual: true });
    expect(items.map(({ insertText }) => typeof insertText)).toEqual(['object', 'string']);
    expect(editor.holesFollowed).toEqual([]);
  });
});

describe('what might fill a hole', () => {
  const fillings = async (text: string, hole: string, wouldBe: string, version: number): Promise<FillingsResult> => {
    const document = editor.document(uri);
    const start = document.getText().indexOf(hole);
    expect(document.getText()).toContain(text);
    return editor.connection.sendRequest(fillingsRequest, {
      textDocument: { uri },
      version,
      hole: {
        range: { start: document.positionAt(start), end: document.positionAt(start + hole.length) },
        wouldBe,
      },
      others: [],
    });
  };

  it('is asked of the model at the hole, cut where the hole ends, the likeliest first', async () => {
    await open({}, ({ prompt }) =>
      prompt.prefix.endsWith('total(a, ') ? ['count);', 'g(b, c));', 'a + b);'] : unsure,
    );
    await editor.type(uri, withHole, before.length);
    const found = await fillings(withHole, '⟨argument⟩', 'count', 2);
    expect(found.fillings.map(({ text }) => text).sort()).toEqual(['a + b', 'count', 'g(b, c)']);
    expect(found.fillings.reduce((sum, { probability }) => sum + probability, 0)).toBeGreaterThan(0);
    expect(editor.model.lastRequest).toMatchObject({ stopBefore: ')', alternatives: 3 });
    expect(editor.model.lastRequest?.prompt.prefix).not.toContain('⟨');
  });

  it('is nothing for a version that is no more', async () => {
    await open();
    await editor.type(uri, withHole, before.length);
    expect(await fillings(withHole, '⟨argument⟩', 'count', 1)).toEqual({ fillings: [] });
  });
});

describe('calibrating to a repository', () => {
  const calibrate = (folder = 'file:///work'): Promise<CalibrateResult> =>
    editor.connection.sendRequest(calibrateRequest, { folder });

  it('tells how far it is, and what came of it', async () => {
    await open({
      holes: {
        knowledge: () => madeUpKnowledge,
        calibrate: (_model, repository, tell) => {
          tell({ done: 1, total: 2 });
          tell({ done: 2, total: 2 });
          return Promise.resolve(
            asIs(
              `Measured in ${repository?.folder}, as the editor ${repository?.showsOtherFiles === true ? 'shows' : 'hides'} other files.`,
            ),
          );
        },
      },
    });
    const told: unknown[] = [];
    editor.connection.onNotification(calibrateProgress, (progress: unknown) => void told.push(progress));
    expect(await calibrate()).toEqual({
      kind: 'calibrated',
      sentence: 'Measured in /work, as the editor shows other files.',
    });
    expect(told).toEqual([
      { done: 1, total: 2 },
      { done: 2, total: 2 },
    ]);
  });

  it('says why it could not', async () => {
    await open();
    expect(await calibrate()).toEqual({ kind: 'none', sentence: 'No line was added.' });
    expect(await calibrate('vscode-vfs://github/a')).toMatchObject({ kind: 'none' });
  });

  it('reads no repository in a workspace that is not trusted', async () => {
    await open({ initialize: { initializationOptions: { lacunaClient: true, trusted: false } } });
    expect(await calibrate()).toMatchObject({ kind: 'none', sentence: expect.stringContaining('trust') as string });
  });

  it('keeps what it measured in the storage that the client names', async () => {
    await open({ initialize: { initializationOptions: { lacunaClient: true, storage: '/storage' } } });
    await suggest();
    expect(editor.storages).toEqual(['/storage']);
  });
});
