import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import {
  cursorNotification,
  definitionsRequest,
  explainRequest,
  trustedNotification,
  type DefinitionsParams,
} from '../../src/protocol/messages.js';
import type { ContextQuestion, Workspace } from '../../src/workspace/index.js';
import { answer } from '../../src/workspace/answer.js';
import { openReading } from '../../src/workspace/reading.js';
import { TestEditor, until } from '../support/TestEditor.js';

const withoutTrees = {
  supports: () => false,
  parses: () => false,
  parse: () => Promise.resolve(undefined),
  forget: () => undefined,
};

const root = mkdtempSync(join(tmpdir(), 'lacuna-protocol-'));
mkdirSync(join(root, 'src'));
writeFileSync(join(root, 'src/basket.ts'), 'export class Basket {\n  totalInCents() {\n    return 1;\n  }\n}\n');
const uri = pathToFileURL(join(root, 'src/pay.ts')).href;
const text = 'function pay(basket: Basket) {\n  return basket.';

/** The real reading and choosing, on the test's own thread; counts what it was asked. */
function workspaceHere(): Workspace & { readonly asked: ContextQuestion[] } {
  const reading = openReading({ duty: 1, sleep: () => Promise.resolve(), now: () => performance.now() });
  const asked: ContextQuestion[] = [];
  let read = Promise.resolve();
  return {
    asked,
    setFolders: (folders) => void (read = reading.setFolders(folders)),
    fileChanged: (file) => void (read = read.then(() => reading.changed(file))),
    async choose(question) {
      asked.push(question);
      await read;
      return (await answer(question, reading, withoutTrees, () => false)) ?? question.previous;
    },
    state: () => Promise.resolve(reading.state()),
    dispose: () => Promise.resolve(reading.close()),
  };
}

let editor: TestEditor;
const open = async (workspace: Workspace, trusted: boolean, settings = {}): Promise<void> => {
  const folder = pathToFileURL(root).href;
  editor = await TestEditor.open({
    workspace,
    settings,
    initialize: {
      workspaceFolders: [{ uri: folder, name: 'shop' }],
      initializationOptions: { lacunaClient: true, trusted },
    },
  });
  await editor.openDocument(uri, 'typescript', text);
};
const rest = (): Promise<void> =>
  editor.connection.sendNotification(cursorNotification, {
    textDocument: { uri },
    position: { line: 1, character: 16 },
  });
const contextPaths = (): string[] => (editor.model.lastRequest?.prompt.context ?? []).map(({ path }) => path);

afterEach(async () => {
  await editor.shutDown();
  editor.connection.dispose();
});

describe('the workspace over the protocol', () => {
  it('reaches the prompt, and the explanation names the files', async () => {
    await open(workspaceHere(), true);
    await rest();
    await until(() => editor.model.prefetches.length > 0);
    await editor.suggest(uri);
    expect(contextPaths()).toEqual(['src/basket.ts']);
    const { figures } = await editor.connection.sendRequest<{ figures: string[] }>(explainRequest);
    expect(figures.at(-1)).toBe('The model was also shown pieces of src/basket.ts.');
  });

  it('is not read where it is not trusted, until it is', async () => {
    const workspace = workspaceHere();
    await open(workspace, false);
    await rest();
    await until(() => editor.model.prefetches.length > 0);
    await editor.suggest(uri);
    expect(contextPaths()).toEqual([]);
    expect(workspace.asked).toHaveLength(0);
    expect((await workspace.state()).files).toBe(0);
    await editor.connection.sendNotification(trustedNotification);
    await rest();
    await until(() => editor.model.prefetches.some(({ context }) => context !== undefined));
    await editor.type(uri, 't');
    await editor.suggest(uri);
    expect(contextPaths()).toEqual(['src/basket.ts']);
  });

  it('is not read where the setting says so', async () => {
    const workspace = workspaceHere();
    await open(workspace, true, { context: false });
    await rest();
    await until(() => editor.model.prefetches.length > 0);
    await editor.suggest(uri);
    expect(contextPaths()).toEqual([]);
    expect((await workspace.state()).files).toBe(0);
  });

  it('shows open documents as they are, and what was edited lately', async () => {
    const workspace = workspaceHere();
    await open(workspace, true);
    const till = pathToFileURL(join(root, 'src/till.ts')).href;
    await editor.openDocument(till, 'typescript', 'const open = 1;\n');
    await editor.type(till, 'function payAtTill(basket: Basket) {}\n');
    await rest();
    await until(() => workspace.asked.length > 0);
    expect(workspace.asked[0]?.open.map(({ path }) => path)).toEqual(['src/till.ts']);
    expect(workspace.asked[0]?.edits).toEqual([
      {
        file: join(root, 'src/till.ts'),
        path: 'src/till.ts',
        text: 'const open = 1;\nfunction payAtTill(basket: Basket) {}\n',
      },
    ]);
  });

  it('asks the editor where the names near the cursor are defined', async () => {
    const workspace = workspaceHere();
    await open(workspace, true);
    const asked: DefinitionsParams[] = [];
    editor.connection.onRequest(definitionsRequest, (params: DefinitionsParams) => {
      asked.push(params);
      return { definitions: [{ name: 'basket', uri: pathToFileURL(join(root, 'src/basket.ts')).href, line: 0 }] };
    });
    await rest();
    await until(() => workspace.asked.length > 0);
    expect(asked[0]?.names[0]).toEqual({ name: 'basket', position: { line: 1, character: 9 } });
    expect(workspace.asked[0]?.definitions).toEqual([{ name: 'basket', file: join(root, 'src/basket.ts'), line: 0 }]);
  });

  it.each([
    ['never answers', () => new Promise(() => undefined)],
    ['answers with an error', () => Promise.reject(new Error('There is no such request.'))],
    ['answers with nothing', () => null],
  ])('does without an editor that %s', async (_name, answers) => {
    const workspace = workspaceHere();
    await open(workspace, true);
    editor.connection.onRequest(definitionsRequest, answers);
    await rest();
    await until(() => workspace.asked.length > 0);
    expect(workspace.asked[0]?.definitions).toEqual([]);
  });

  it('takes up what is saved', async () => {
    const workspace = workspaceHere();
    await open(workspace, true);
    await rest();
    await until(() => workspace.asked.length > 0);
    const file = join(root, 'src/later.ts');
    writeFileSync(file, 'export const later = 1;\n');
    await editor.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: pathToFileURL(file).href, type: 1 }],
    });
    let files = 0;
    await until(() => {
      void workspace.state().then((state) => (files = state.files));
      return files === 2;
    });
    rmSync(file);
  });
});
