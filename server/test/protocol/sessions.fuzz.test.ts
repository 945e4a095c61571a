// Sessions as no editor has them: edits, cancels, closes, versions that jump, messages that make no sense, a model that
// fails, hangs or dies. Every request gets an answer, nothing is left running, and no rejection is lost. LACUNA_FUZZ says
// how many sessions there are; the number of a session is its seed.

import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { CancellationTokenSource, type ProtocolConnection } from 'vscode-languageserver/node';
import {
  certainResolutionsRequest,
  conflictsRequest,
  cursorNotification,
  explainRequest,
  pausedNotification,
  resolutionsRequest,
} from '../../src/protocol/messages.js';
import { FakeModel, readyState } from '../support/fakeModel.js';
import { seededRandom } from '../../src/common/random.js';
import { TestEditor } from '../support/TestEditor.js';
import { asIs } from '../../src/common/words.js';

const sessions = Number(process.env['LACUNA_FUZZ'] ?? 150);
/** Sessions that once went wrong. */
const keptSeeds: readonly number[] = [];
const STEPS = 25;
/** An answer that takes longer is lost, in milliseconds: the model answers at once. */
const PATIENCE = 20_000;

const lost: unknown[] = [];
const note = (reason: unknown): void => void lost.push(reason);
/** What the protocol's library catches of ours, it prints. */
const printed: string[] = [];
beforeAll(() => {
  vi.spyOn(console, 'error').mockImplementation((...parts: unknown[]) => {
    const text = parts.map((part) => (part instanceof Error ? part.stack : String(part))).join(' ');
    if (text.includes('server/src/')) printed.push(text);
  });
});
beforeAll(() => void process.on('unhandledRejection', note).on('uncaughtException', note));
afterAll(() => void process.off('unhandledRejection', note).off('uncaughtException', note));

const uris = [
  'file:///work/a.ts',
  'file:///work/b.py',
  'untitled:Untitled-1',
  'file:///work/%F0%9F%99%82.go',
  'x:',
  '',
];
const texts = [
  '',
  'const a = 1;\n',
  'a\r\nb\r\n',
  '🙂\u0000\ud800',
  'x'.repeat(5_000),
  '<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n',
  '<<<<<<< HEAD\na\n||||||| base\nc\n=======\nb\n>>>>>>> x\n'.repeat(3),
  '<<<<<<< HEAD\na\n=======\n',
];
const nonsense = [null, undefined, 0, -1, 'text', [], {}, { textDocument: null }, { textDocument: { uri: 7 } }, 1e308];
const methods = [
  'textDocument/inlineCompletion',
  'textDocument/hover',
  'textDocument/codeAction',
  'textDocument/codeLens',
  'codeLens/resolve',
  resolutionsRequest,
  certainResolutionsRequest,
  conflictsRequest,
  explainRequest,
  'textDocument/definition',
  'lacuna/nothing',
];

/** @returns the requests that were made, and how many were answered */
async function session(seed: number): Promise<void> {
  const { below } = seededRandom(seed);
  const pick = <Item>(list: readonly Item[]): Item => list[below(list.length)]!;
  const model = new FakeModel({ script: () => pick(['return a;', '', '🙂', 'x\ny\nz', '    }']) });
  const editor = await TestEditor.open({ model, settings: { lines: pick([1, 'auto', 5]) } });
  const { connection } = editor;
  const waiting: Promise<unknown>[] = [];
  let letGo: (() => void) | undefined;

  const ask = (method: string, params: unknown): void => {
    const source = new CancellationTokenSource();
    const answer = answered(connection, method, params, source);
    waiting.push(answer);
    const fate = below(4);
    if (fate === 0) source.cancel();
    else if (fate === 1) setTimeout(() => source.cancel(), below(3));
  };
  const tell = (method: string, params: unknown): Promise<void> =>
    connection.sendNotification(method, params as object).catch(() => undefined);
  const position = (): object =>
    pick([{ line: below(4), character: below(6) }, { line: -5, character: 9e9 }, { line: 1.5 }]);
  const place = (): object => ({ textDocument: { uri: pick(uris) }, position: position() });

  const steps: readonly (() => unknown)[] = [
    () => editor.openDocument(pick(uris), pick(['typescript', 'python', 'plaintext', '']), pick(texts)),
    () => editor.type(pick(uris), pick(['a', '(', '\n', '🙂', pick(texts)])),
    () => editor.deleteBackwards(pick(uris), below(5)),
    () => editor.replaceAll(pick(uris), pick(texts)),
    () => editor.close(pick(uris)),
    () => ask('textDocument/inlineCompletion', { ...place(), context: { triggerKind: 1 + below(2) } }),
    () => ask('textDocument/inlineCompletion', { ...place(), context: { triggerKind: 1 + below(2) } }),
    () =>
      ask(pick(methods), {
        ...place(),
        range: { start: position(), end: position() },
        context: { diagnostics: [] },
        from: below(3),
        count: 5,
      }),
    () => ask(pick(methods), pick(nonsense)),
    () =>
      tell('textDocument/didChange', {
        textDocument: { uri: pick(uris), version: below(1e6) - 5e5 },
        contentChanges: pick([
          [],
          [{ text: pick(texts) }],
          [{ range: { start: position(), end: position() }, text: 'x' }],
          null,
        ]),
      }),
    () =>
      tell(
        pick([
          'textDocument/didOpen',
          'textDocument/didClose',
          cursorNotification,
          pausedNotification,
          'lacuna/accepted',
          'lacuna/ownThreshold',
          'workspace/didChangeConfiguration',
          'workspace/didChangeWorkspaceFolders',
        ]),
        pick(nonsense),
      ),
    () => tell(pausedNotification, { paused: below(2) === 0 }),
    () => tell(cursorNotification, place()),
    () =>
      editor.changeSettings(
        pick([
          {},
          { lines: 'many' },
          { enable: below(2) === 0 },
          { model: { path: pick(['', '/other']) } },
          { merge: null },
        ]),
      ),
    () => model.failWith(pick(['It failed.', undefined])),
    () => (letGo === undefined ? (letGo = model.hold()) : (letGo(), (letGo = undefined))),
    () =>
      model.setState(
        pick([
          { kind: 'loading' },
          readyState,
          readyState,
          { kind: 'restarting', happened: asIs('Gone.'), reason: asIs('Gone.'), inMs: 5 },
          { kind: 'failed', reason: asIs('No.') },
        ]),
      ),
    () => delay(below(3)),
  ];

  for (let step = 0; step < STEPS; step++) {
    // What the test's own editor refuses, such as a change of a closed document, says nothing of the server.
    await Promise.resolve()
      .then(pick(steps))
      .catch(() => undefined);
  }
  letGo?.();
  for (const each of editor.models) {
    each.failWith(undefined);
    each.setState(readyState);
  }
  await Promise.all(waiting);
  // After all that, the server still works.
  await tell(pausedNotification, { paused: false });
  await editor.changeSettings({});
  await editor.openDocument('file:///work/last.ts', 'typescript', 'function f() {\n  ');
  await answered(connection, 'textDocument/hover', {
    textDocument: { uri: 'file:///work/last.ts' },
    position: { line: 0, character: 0 },
  });
  await editor.shutDown();
  connection.dispose();
  for (const each of editor.models) expect(each.running, `session ${seed} left requests running`).toBe(0);
}

/** Resolves when a request was answered, with a result or an error; rejects when it was not. */
async function answered(
  connection: ProtocolConnection,
  method: string,
  params: unknown,
  source = new CancellationTokenSource(),
): Promise<void> {
  const late = new AbortController();
  const answer = connection.sendRequest(method, params, source.token).then(
    () => 'answered',
    (error: unknown) => {
      if (!(error instanceof Error)) throw error;
      return 'answered';
    },
  );
  const outcome = await Promise.race([
    answer,
    delay(PATIENCE, 'lost', { signal: late.signal }).catch(() => 'answered'),
  ]);
  late.abort();
  if (outcome === 'lost') throw new Error(`${method} was not answered.`);
}

it('no session crashes, hangs or loses an answer', async () => {
  for (const seed of [...keptSeeds, ...Array.from({ length: sessions }, (_, index) => index)]) {
    await session(seed).catch((error: unknown) => {
      throw new Error(`Session ${seed}: ${error instanceof Error ? error.message : String(error)}`);
    });
    expect(lost, `session ${seed}`).toEqual([]);
    expect(printed, `session ${seed}`).toEqual([]);
  }
}, 3_600_000);
