import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { FakeModel } from '../../test/support/fakeModel.js';
import { abortError } from '../common/abort.js';
import { silentLogger } from '../common/logger.js';
import { createCompleter, defaultCompletionSettings, type ContextPart, type ContextSource } from './index.js';

const basket: ContextPart = { path: 'basket.ts', text: 'class Basket {}', kind: 'chunk', score: 1 };
const weather: ContextPart = { path: 'weather.ts', text: 'function sky() {}', kind: 'chunk', score: 2 };
const settings = { ...defaultCompletionSettings, certainty: 'any' as const };
const never = new AbortController().signal;
const uri = 'file:///a/b.ts';

/** A completer whose source answers what the test says; it counts what it was asked. */
function setUp(first: readonly ContextPart[]) {
  const model = new FakeModel({ script: 'x;' });
  const source = { answer: first, asked: 0 };
  const context: ContextSource = (_place, _uri, previous) => {
    source.asked++;
    const isSame = previous.map(({ path }) => path).join() === source.answer.map(({ path }) => path).join();
    return Promise.resolve(isSame ? previous : source.answer);
  };
  const sleeping = { isIdle: false };
  const completer = createCompleter({
    model,
    syntax: noSyntax,
    logger: silentLogger,
    now: () => 0,
    sleep: async (_ms, signal) => {
      await setImmediate();
      if (signal.aborted || !sleeping.isIdle) throw abortError();
    },
    context,
  });
  const documentOf = (text: string) => ({ uri, path: 'a/b.ts', languageId: 'typescript', version: 1, text });
  return {
    completer,
    model,
    source,
    sleeping,
    prepare: async (text: string, changes = {}) => {
      await completer.prepare(documentOf(text), text.length, { ...settings, ...changes });
      await setImmediate();
    },
    ask: async (text: string, changes = {}) => {
      const request = { document: documentOf(text), offset: text.length, alternatives: 1, trigger: 'manual' as const };
      const result = await completer.complete(
        { ...request, settings: { ...settings, debounce: 0, ...changes } },
        never,
      );
      return { result, prompt: model.lastRequest!.prompt };
    },
  };
}

const pathsOf = (prompt: { readonly context?: readonly { readonly path: string }[] }): string[] =>
  (prompt.context ?? []).map(({ path }) => path);

/** Knows no language, so nothing is parsed. */
const noSyntax = {
  supports: () => false,
  parses: () => false,
  parse: () => Promise.resolve(undefined),
  forget: () => undefined,
};

describe('pieces of other files in prompts', () => {
  it('stand in front once they were computed, and the result names their files', async () => {
    const { prepare, ask } = setUp([basket, weather]);
    await prepare('a = ');
    const { prompt, result } = await ask('a = ');
    expect(prompt.context).toEqual([
      { path: 'basket.ts', text: 'class Basket {}' },
      { path: 'weather.ts', text: 'function sky() {}' },
    ]);
    expect(result.read).toEqual(['basket.ts', 'weather.ts']);
  });

  it('stay the same, under the same cache, while the user types on', async () => {
    const { prepare, ask, source } = setUp([basket]);
    await prepare('a = ');
    source.answer = [weather];
    let text = 'a = ';
    const first = (await ask(text)).prompt;
    for (const key of 'b + c;\nd = ') {
      const { prompt } = await ask((text += key));
      expect(prompt.context).toEqual(first.context);
      expect(prompt.key).toBe(first.key);
    }
    expect(source.asked).toBe(1);
  });

  it('are not waited for: until they are computed, requests go on with the old ones and their cache', async () => {
    const { model, prepare, ask, source } = setUp([basket]);
    await prepare('a = ');
    const before = (await ask('a = ')).prompt;
    source.answer = [weather];
    model.computesAhead = false;
    await prepare('b = ');
    const during = (await ask('b = c')).prompt;
    expect(pathsOf(during)).toEqual(['basket.ts']);
    expect(during.key).toBe(before.key);
    model.computesAhead = true;
    await prepare('b = cd');
    const after = (await ask('b = cd')).prompt;
    expect(pathsOf(after)).toEqual(['weather.ts']);
    expect(after.key).not.toBe(before.key);
    expect(model.prefetches.at(-1)?.key).toBe(after.key);
  });

  it('are chosen when the user pauses, where nobody said that the cursor rests', async () => {
    const { ask, sleeping } = setUp([basket]);
    sleeping.isIdle = true;
    expect(pathsOf((await ask('a = ')).prompt)).toEqual([]);
    await setImmediate();
    await setImmediate();
    await setImmediate();
    expect(pathsOf((await ask('a = b')).prompt)).toEqual(['basket.ts']);
  });

  it('are chosen anew when the user pauses far away, and only then', async () => {
    const { ask, sleeping, source, prepare } = setUp([basket]);
    await prepare('a = ');
    source.answer = [weather];
    sleeping.isIdle = true;
    await ask('a = b');
    for (let i = 0; i < 5; i++) await setImmediate();
    expect(source.asked).toBe(1);
    const far = `${'const filler = 1;\n'.repeat(120)}a = `;
    await ask(far);
    for (let i = 0; i < 5; i++) await setImmediate();
    expect(pathsOf((await ask(`${far}b`)).prompt)).toEqual(['weather.ts']);
  });

  it('are neither chosen nor shown where they are switched off', async () => {
    const { prepare, ask, source } = setUp([basket]);
    await prepare('a = ');
    await prepare('a = ', { context: false });
    expect(pathsOf((await ask('a = ', { context: false })).prompt)).toEqual([]);
    expect(source.asked).toBe(1);
  });

  it('are known to be computed, or to be computed in another go', async () => {
    const { completer, model, prepare, ask } = setUp([basket]);
    expect(completer.isPrepared(uri)).toBe(false);
    model.computesAhead = false;
    await prepare('a = ');
    expect(completer.isPrepared(uri)).toBe(false);
    model.computesAhead = true;
    await prepare('a = ');
    expect(completer.isPrepared(uri)).toBe(true);
    expect(pathsOf((await ask('a = ')).prompt)).toEqual(['basket.ts']);
  });

  it('are those of a block that is measured, in the prompt that was computed for the line', async () => {
    const { completer, model, prepare, ask } = setUp([basket]);
    const text = 'if (a) {\n';
    await prepare(text);
    const line = await ask(text);
    const document = { uri, path: 'a/b.ts', languageId: 'typescript', version: 1, text };
    await completer.writeBlock(document, text.length, settings, never);
    const { prompt } = model.lastRequest!;
    expect(prompt.context).toEqual([{ path: 'basket.ts', text: 'class Basket {}' }]);
    expect(prompt.key).toBe(line.prompt.key);
  });
});
