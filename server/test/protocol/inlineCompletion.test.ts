import { afterEach, describe, expect, it } from 'vitest';
import {
  acceptedCommand,
  acceptedNotification,
  cursorNotification,
  pausedNotification,
} from '../../src/protocol/messages.js';
import { FakeModel } from '../support/fakeModel.js';
import { TestEditor, until, type TestEditorOptions } from '../support/TestEditor.js';
import { words } from '../../src/common/words.js';

const uri = 'file:///work/src/cart.ts';
const before = 'function sum(a: number[]) {\n  let total = 0;\n  ';

let editor: TestEditor;
const open = async (options?: TestEditorOptions, text = before): Promise<void> => {
  editor = await TestEditor.open(options);
  await editor.openDocument(uri, 'typescript', text);
};
afterEach(async () => {
  if (editor.models.length > 0) await editor.shutDown();
  editor.connection.dispose();
  for (const model of editor.models) expect(model.running).toBe(0);
});

describe('inline completion over the protocol', () => {
  it('answers once, with a range and a command that reports acceptance', async () => {
    await open();
    const items = await editor.suggest(uri);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      insertText: 'return total;',
      range: { start: { line: 2, character: 2 }, end: { line: 2, character: 2 } },
      command: {
        command: acceptedCommand,
        arguments: [{ textDocument: { uri }, position: { line: 2, character: 15 } }],
      },
    });
    expect(editor.outcome).toMatchObject({ kind: 'suggested', fromCache: false });
    expect(editor.model.lastRequest?.prompt).toMatchObject({ path: 'src/cart.ts', prefix: before });
  });

  it('asks for alternatives only when asked by hand', async () => {
    await open({
      model: new FakeModel({ script: () => ['return total;', 'for (const x of a) {', 'console.log(total);'] }),
    });
    expect(await editor.suggest(uri)).toHaveLength(1);
    expect((await editor.suggest(uri, { manual: true })).length).toBeGreaterThan(1);
  });

  it('answers a cancelled request as cancelled and the next one as usual', async () => {
    await open();
    const letGo = editor.model.hold();
    const controller = new AbortController();
    const request = editor.suggest(uri, { cancelled: controller.signal });
    await until(() => editor.model.requests.length === 1);
    controller.abort();
    await expect(request).rejects.toMatchObject({ code: -32800 });
    letGo();
    await until(() => editor.model.running === 0);
    expect(await editor.suggest(uri)).toHaveLength(1);
  });

  it('drops an answer for a version that is no more', async () => {
    await open();
    const letGo = editor.model.hold();
    const request = editor.suggest(uri);
    await until(() => editor.model.requests.length === 1);
    await editor.type(uri, 'x');
    await editor.connection.sendRequest('lacuna/doctor', {});
    letGo();
    expect(await request).toEqual([]);
  });

  it('drops an answer for a document that was opened anew meanwhile, as a change of its language does', async () => {
    await open();
    const letGo = editor.model.hold();
    const request = editor.suggest(uri, { manual: true });
    await until(() => editor.model.requests.length === 1);
    await editor.close(uri);
    await editor.openDocument(uri, 'python', 'def sum(a):\n    return a\n');
    await editor.connection.sendRequest('lacuna/doctor', {});
    letGo();
    expect(await request).toEqual([]);
  });

  it('says why nothing is suggested', async () => {
    await open({ model: new FakeModel({ script: { text: 'return total;', probability: 0.1 } }) });
    expect(await editor.suggest(uri)).toEqual([]);
    expect(editor.outcome).toMatchObject({ kind: 'nothing', sentence: 'No suggestion was likely enough.' });
  });

  it('is quiet after a bare deletion', async () => {
    await open({}, `${before}x`);
    await editor.deleteBackwards(uri, 1);
    expect(await editor.suggest(uri)).toEqual([]);
    expect(editor.outcome).toMatchObject({ kind: 'nothing' });
    await editor.type(uri, 'r');
    await editor.suggest(uri);
    expect(editor.model.requests).toHaveLength(1);
  });

  it.each([
    ['a deletion', 'return', 'r', 0],
    ['an insertion', 'r', 'return', 1],
  ])('knows %s where a client tells the whole text', async (_name, from, to, count) => {
    await open({}, before + from);
    await editor.tellWhole(uri, before + to);
    expect(await editor.suggest(uri)).toHaveLength(count);
  });

  it('follows a change of settings, for the language it concerns', async () => {
    await open();
    await editor.changeSettings({ languages: { typescript: false, '*': true } });
    expect(await editor.suggest(uri)).toEqual([]);
    expect(editor.outcome).toMatchObject({ kind: 'nothing', sentence: 'Suggestions are switched off here.' });
    await editor.changeSettings({});
    expect(await editor.suggest(uri)).toHaveLength(1);
  });

  it('keeps the default of a setting that is not valid and says so once', async () => {
    await open({ settings: { certainty: 'sure' } });
    expect(await editor.suggest(uri)).toHaveLength(1);
    await editor.changeSettings({ certainty: 'sure' });
    await editor.suggest(uri);
    expect(editor.log.filter((line) => line.includes('lacuna.certainty is not valid'))).toHaveLength(1);
  });

  it('starts another model when the settings name one, and closes the old', async () => {
    await open();
    await editor.suggest(uri);
    await editor.changeSettings({ model: { path: '/models/other' } });
    await until(() => editor.models.length === 2);
    expect(editor.startedModels).toEqual(['', '/models/other']);
    await until(() => editor.model.disposed);
  });

  it('answers nothing for a document that it does not know', async () => {
    await open();
    expect(await editor.suggest('file:///work/unknown.ts')).toEqual([]);
  });

  it('logs a handler that fails and answers the next request', async () => {
    let calls = 0;
    await open({
      createCompleter: () => ({
        complete: () =>
          ++calls === 1 ? Promise.reject(new Error('broken')) : Promise.resolve({ kind: 'none', reason: 'tooShort' }),
        changed: () => undefined,
        prepare: () => Promise.resolve(),
        accepted: () => undefined,
        closed: () => undefined,
        fill: () => Promise.resolve([]),
      }),
    });
    expect(await editor.suggest(uri)).toEqual([]);
    expect(await editor.suggest(uri)).toEqual([]);
    expect(calls).toBe(2);
    expect(editor.log.some((line) => line.includes('broken'))).toBe(true);
  });

  it('says what the model does when it fails, once', async () => {
    await open({ initialize: { initializationOptions: {} } });
    await editor.suggest(uri);
    editor.model.setState({ kind: 'failed', reason: words('The model file {0} is missing.', 'head.bin') });
    editor.model.setState({ kind: 'failed', reason: words('The model file {0} is missing.', 'head.bin') });
    await editor.suggest(uri);
    expect(editor.messages).toEqual(['Lacuna: The model file head.bin is missing.']);
  });

  it('leaves it to our own client to show that the model failed', async () => {
    await open();
    await editor.suggest(uri);
    editor.model.setState({ kind: 'failed', reason: words('The model file {0} is missing.', 'head.bin') });
    await editor.suggest(uri);
    expect(editor.messages).toEqual([]);
    expect(editor.statuses).toContainEqual({ kind: 'failed', sentence: 'The model file head.bin is missing.' });
  });

  it('stops while it is paused', async () => {
    await open();
    await editor.connection.sendNotification(pausedNotification, { paused: true });
    expect(await editor.suggest(uri)).toEqual([]);
    await editor.connection.sendNotification(cursorNotification, {
      textDocument: { uri },
      position: { line: 0, character: 0 },
    });
    await editor.connection.sendNotification(pausedNotification, { paused: false });
    expect(await editor.suggest(uri)).toHaveLength(1);
    expect(editor.model.prefetches).toHaveLength(0);
    expect(editor.model.requests).toHaveLength(1);
  });

  it('ends what is being computed when it is paused', async () => {
    await open();
    const letGo = editor.model.hold();
    const automatic = editor.suggest(uri);
    await until(() => editor.model.requests.length === 1);
    await editor.connection.sendNotification(pausedNotification, { paused: true });
    expect(await automatic).toEqual([]);
    await until(() => editor.model.cancelled === 1);
    await editor.connection.sendNotification(pausedNotification, { paused: false });
    const manual = editor.suggest(uri, { manual: true });
    await until(() => editor.model.requests.length === 2);
    await editor.connection.sendNotification(pausedNotification, { paused: true });
    expect(await manual).toEqual([]);
    letGo();
  });

  it('does not say that it is ready while the model is loading', async () => {
    await open({ model: new FakeModel({ script: 'return total;', state: { kind: 'loading' } }) });
    expect(await editor.suggest(uri)).toEqual([]);
    expect(editor.statuses.map(({ kind }) => kind)).toEqual(['loading']);
    editor.model.setState({ kind: 'ready', loadMs: 1, name: 'fake' });
    expect(await editor.suggest(uri)).toHaveLength(1);
    expect(editor.outcome).toMatchObject({ kind: 'suggested' });
  });

  it('prepares where the cursor rests and works ahead after an acceptance', async () => {
    await open();
    await editor.connection.sendNotification(cursorNotification, {
      textDocument: { uri },
      position: { line: 1, character: 2 },
    });
    await until(() => editor.model.prefetches.length === 1);
    const [item] = await editor.suggest(uri);
    await editor.type(uri, item!.insertText as string);
    await editor.connection.sendNotification(acceptedNotification, item!.command!.arguments![0]);
    await until(() => editor.model.requests.length === 2);
  });

  it('continues the selected item of the list', async () => {
    await open({ model: new FakeModel({ script: '(total);' }) }, `${before}console.lo`);
    const range = { start: { line: 2, character: 10 }, end: { line: 2, character: 12 } };
    const [item] = await editor.suggest(uri, { selected: { range, text: 'log' } });
    expect(item).toMatchObject({ insertText: 'log(total);', range });
  });

  it('keeps Windows line ends', async () => {
    await open(
      { model: new FakeModel({ script: () => '\n  return 1;\n}' }), settings: { lines: 5 } },
      'a();\r\nfunction f() {',
    );
    const [item] = await editor.suggest(uri, { manual: true });
    expect(editor.model.lastRequest?.prompt.prefix).toBe('a();\nfunction f() {');
    expect(item?.insertText).toMatch(/^\r\n {2}return 1;/);
    expect(item?.insertText as string).not.toMatch(/[^\r]\n/);
  });

  for (const [name, other, path] of [
    ['a document that was never saved', 'untitled:Untitled-1', 'Untitled-1'],
    ['a cell of a notebook', 'vscode-notebook-cell:/work/notes/plan.ipynb#W0sZmlsZQ%3D%3D', 'notes/plan.ipynb'],
    ['a file outside the workspace', 'file:///tmp/other/x%20y.ts', 'x y.ts'],
  ] as const) {
    it(`works in ${name}`, async () => {
      await open();
      await editor.openDocument(other, 'typescript', before);
      expect(await editor.suggest(other)).toHaveLength(1);
      expect(editor.model.lastRequest?.prompt.path).toBe(path);
    });
  }

  it('works with a client that cannot be asked for settings and knows none of our messages', async () => {
    await open({
      canBeAsked: false,
      initialize: {
        capabilities: {},
        initializationOptions: { settings: { languages: { python: false } } },
        workspaceFolders: null,
      },
    });
    const [item] = await editor.suggest(uri);
    expect(item).toMatchObject({ insertText: 'return total;' });
    expect(item).not.toHaveProperty('command');
    await editor.openDocument('file:///a.py', 'python', 'x = ');
    expect(await editor.suggest('file:///a.py')).toEqual([]);
    expect(editor.statuses).toEqual([]);
    expect(editor.log.filter((line) => line.includes('failed'))).toEqual([]);
  });

  describe('a client that can be asked for settings and', () => {
    const initialize = {
      initializationOptions: { settings: { languages: { typescript: false }, model: { path: '/given' } } },
    };
    it.each([
      ['answers null', null],
      ['answers an empty section', {}],
      ['answers with other settings', { certainty: 'eager', languages: { python: true } }],
    ])('%s keeps what it gave at the start', async (_, answer) => {
      await open({ answer, initialize });
      expect(await editor.suggest(uri)).toEqual([]);
      expect(editor.startedModels).toEqual(['/given']);
    });

    it('names a setting goes before what was given at the start', async () => {
      await open({ answer: { languages: { typescript: true } }, initialize });
      expect(await editor.suggest(uri)).toHaveLength(1);
      expect(editor.startedModels).toEqual(['/given']);
    });

    it.each([
      ['nothing', null, 0],
      ['no section of ours', { other: 1 }, 0],
      ['a part', { lacuna: { languages: { typescript: true } } }, 1],
      ['an empty section', { lacuna: {} }, 0],
    ])('answers null and pushes %s', async (_, settings, expected) => {
      await open({ answer: null, initialize });
      await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings });
      expect(await editor.suggest(uri)).toHaveLength(expected);
      expect(editor.startedModels).toEqual(['/given']);
    });
  });

  it('forgets a closed document and closes the model at the end', async () => {
    await open();
    await editor.suggest(uri);
    await editor.close(uri);
    expect(await editor.suggest(uri)).toEqual([]);
    await editor.shutDown();
    expect(editor.model.disposed).toBe(true);
  });
});
