import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeModel, type FakeModelOptions } from '../../test/support/fakeModel.js';
import { abortError } from '../common/abort.js';
import { silentLogger } from '../common/logger.js';
import type { Syntax, SyntaxNode, SyntaxTree } from '../syntax/index.js';
import { createCompleter, defaultCompletionSettings, type CompletionRequest, type CompletionResult } from './index.js';
import { asIs } from '../common/words.js';

const noSyntax: Syntax = {
  supports: () => false,
  parses: () => false,
  parse: () => Promise.resolve(undefined),
  forget: () => undefined,
};

const emptyNode: SyntaxNode = {
  id: 0,
  type: 'program',
  named: true,
  range: { start: 0, end: 0 },
  hasError: false,
  isError: false,
  isMissing: false,
  parent: undefined,
  children: [],
};
const emptyTree: SyntaxTree = {
  find: () => [],
  languageId: 'typescript',
  text: '',
  root: emptyNode,
  nodeAt: () => emptyNode,
  countErrors: () => 0,
  delete: () => undefined,
};

/** A completer with a clock of its own, on which waiting takes no time. */
function setUp(modelOptions: FakeModelOptions = {}, syntax = noSyntax) {
  const model = new FakeModel(modelOptions);
  const clock = { ms: 1000, slept: [] as number[] };
  const completer = createCompleter({
    model,
    syntax,
    logger: silentLogger,
    now: () => clock.ms,
    sleep: async (ms, signal) => {
      clock.slept.push(ms);
      await Promise.resolve();
      if (signal.aborted) throw abortError();
      clock.ms += ms;
    },
  });
  const complete = (marked: string, changes: Partial<CompletionRequest> = {}, signal = new AbortController().signal) =>
    completer.complete(requestOf(marked, changes), signal);
  return { model, clock, completer, complete };
}

function requestOf(marked: string, changes: Partial<CompletionRequest> = {}): CompletionRequest {
  const offset = marked.indexOf('ˇ');
  const text = marked.replace('ˇ', '');
  return {
    document: { uri: 'file:///a/b.ts', path: 'a/b.ts', languageId: 'typescript', version: 1, text },
    offset,
    trigger: 'automatic',
    alternatives: 1,
    settings: { ...defaultCompletionSettings, certainty: 'any' as const },
    ...changes,
  };
}

function shown(result: CompletionResult): string | string[] {
  if (result.kind === 'none') return result.reason;
  const texts = result.suggestions.map(({ text }) => text);
  return texts.length === 1 ? texts[0]! : texts;
}

describe('complete', () => {
  it('asks with the suffix from the next line on, and suggests what comes', async () => {
    const { model, complete } = setUp({ script: 'a + b;' });
    const result = await complete('const a = 1;\nconst c = ˇ\nf(c);\n');
    expect(result).toMatchObject({
      kind: 'suggestions',
      source: 'model',
      suggestions: [{ text: 'a + b;', range: { start: 23, end: 23 } }],
    });
    expect(model.lastRequest).toMatchObject({
      prompt: { key: 'file:///a/b.ts', path: 'a/b.ts', prefix: 'const a = 1;\nconst c = ', suffix: 'f(c);\n' },
      alternatives: 1,
      maximumLines: 1,
    });
  });

  it('replaces brackets that it closes too', async () => {
    const { complete } = setUp({ script: 'a, b);' });
    expect(await complete('f(ˇ);\n')).toMatchObject({
      suggestions: [{ text: 'a, b);', range: { start: 2, end: 4 } }],
    });
  });

  it('gives the product of the probabilities, the finishing newline included', async () => {
    const { complete } = setUp({ script: { text: 'a + bcd;', probability: [0.5, 0.8, 1, 1, 0.5] } });
    const result = await complete('x = ˇ');
    if (result.kind === 'none') throw new Error(result.reason);
    expect(result.suggestions[0]!.probability).toBeCloseTo(0.2);
  });

  it('keeps the line ends of the document, with tokens in step', async () => {
    const { complete } = setUp({ script: 'a();\n  b();' });
    const result = await complete('function f() {\r\n  ˇ\r\n}\r\n');
    if (result.kind === 'none') throw new Error(result.reason);
    const [{ text, tokens }] = result.suggestions as [(typeof result.suggestions)[0]];
    expect(text).toBe('a();\r\n  b();');
    expect(tokens.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
  });

  it.each([
    ['an empty document', 'ˇ', 'import a from "a";'],
    ['offset 0', 'ˇ\nf();\n', 'import a from "a";'],
    ['emoji in front', 'const a = "😀😀"; ˇ', 'f(a);'],
    ['tabs', 'if (a) {\n\tˇ\n}', 'f(a);'],
  ])('works with %s', async (_name, marked, text) => {
    const { complete } = setUp({ script: text });
    expect(await complete(marked)).toMatchObject({
      suggestions: [{ text, range: { start: marked.indexOf('ˇ'), end: marked.indexOf('ˇ') } }],
    });
  });

  it.each(['vscode-notebook-cell:/a/b.ipynb#W0sZmlsZQ%3D%3D', 'untitled:Untitled-1', ''])(
    'works with the URI %j',
    async (uri) => {
      const { complete } = setUp({ script: 'foo()' });
      const document = { ...requestOf('x = ˇ').document, uri, path: '', languageId: 'klingon' };
      expect(shown(await complete('x = ˇ', { document }))).toBe('foo()');
    },
  );

  it('reads a window of a large document only', async () => {
    const { model, complete } = setUp({ script: 'foo()' });
    const line = 'const value = 1;\n';
    const half = line.repeat(4_000_000 / line.length);
    expect(shown(await complete(`${half}x = ˇ\n${half}`))).toBe('foo()');
    expect(shown(await complete(`${'a '.repeat(2_000_000)}x = ˇ`))).toBe('foo()');
    for (const { prompt } of model.requests) expect(prompt.prefix.length + prompt.suffix.length).toBeLessThan(2300);
  });
});

describe('refusals', () => {
  const document = (changes: object) => ({ ...requestOf('ˇ').document, ...changes });
  it.each<[string, Partial<CompletionRequest>, string]>([
    ['foo(aˇb)', {}, 'insideWord'],
    ['foo(ˇ) + 1', {}, 'insideLine'],
    ['ˇ', { settings: { ...defaultCompletionSettings, enabled: false } }, 'disabled'],
    ['ˇ', { document: document({ uri: 'file:///a/.env.local' }), trigger: 'manual' }, 'secretFile'],
    ['ˇ', { document: document({ text: ' '.repeat(10_000_001) }) }, 'tooLarge'],
    ['\0\x01ˇ', {}, 'binary'],
    ['foo.ˇ', { selectedCompletion: { range: { start: 0, end: 2 }, text: 'bar' } }, 'doesNotFitSelection'],
  ])('%j: %s', async (marked, changes, reason) => {
    const { model, complete } = setUp({ script: 'foo()' });
    expect(await complete(marked, changes)).toEqual({ kind: 'none', reason });
    expect(model.requests).toEqual([]);
  });

  it('answers anywhere by hand', async () => {
    const { complete } = setUp({ script: 'bar, b)' });
    expect(shown(await complete('foo(ˇb)', { trigger: 'manual' }))).toBe('bar, b)');
  });

  it.each([
    ['f(sˇize)', ': Song'],
    ['const x = ˇfoo(a);', 'await'],
    ['f(1ˇ20);', '00'],
  ])('does not run into the word behind the cursor: %s', async (marked, script) => {
    const { complete } = setUp({ script });
    expect(shown(await complete(marked, { trigger: 'manual' }))).toBe('joinsWords');
  });

  it.each([
    ['const x = ˇfoo(a);', 'await foo(a);', 'await foo(a);'],
    ['const x = ˇ(a);', 'foo', 'foo'],
    ['const x = ˇ foo(a);', 'await', 'await'],
  ])('writes the word at the cursor, or one beside it, by hand: %s', async (marked, script, expected) => {
    const { complete } = setUp({ script });
    expect(shown(await complete(marked, { trigger: 'manual' }))).toBe(expected);
  });

  it('waits after a deletion until something is typed', async () => {
    const { completer, complete } = setUp({ script: 'foo()' });
    completer.changed('file:///a/b.ts', { insertedLength: 0, removedLength: 1 });
    expect(shown(await complete('x = ˇ'))).toBe('afterDeletion');
    expect(shown(await complete('x = ˇ', { trigger: 'manual' }))).toBe('foo()');
    completer.changed('file:///a/b.ts', { insertedLength: 1, removedLength: 0 });
    expect(shown(await complete('y = ˇ'))).toBe('foo()');
  });

  it('says that the model is loading at once, and waits for it by hand', async () => {
    const { model, complete } = setUp({ script: 'foo()', state: { kind: 'loading' } });
    expect(shown(await complete('x = ˇ'))).toBe('modelLoading');
    model.setState({ kind: 'ready', loadMs: 1, name: 'fake' });
    expect(shown(await complete('x = ˇ', { trigger: 'manual' }))).toBe('foo()');
    model.setState({ kind: 'failed', reason: asIs('No model.') });
    expect(shown(await complete('y = ˇ', { trigger: 'manual' }))).toBe('modelFailed');
  });

  it('says that the model failed', async () => {
    const { model, complete } = setUp();
    model.failWith('It broke.');
    expect(shown(await complete('x = ˇ'))).toBe('modelFailed');
  });

  it('shows only what is likely, but anything by hand', async () => {
    const { complete } = setUp({ script: { text: 'foo(bar)', probability: 0.5 } });
    const settings = { ...defaultCompletionSettings, certainty: 'quiet' as const };
    expect(shown(await complete('x = ˇ', { settings }))).toBe('unlikely');
    expect(shown(await complete('x = ˇ', { settings, trigger: 'manual' }))).toBe('foo(bar)');
  });
});

describe('syntax trees', () => {
  it('are not waited for long, and deleted when they come late', async () => {
    let deleted = 0;
    let finishParsing = (): void => undefined;
    const slow: Syntax = {
      supports: () => true,
      parses: () => true,
      parse: () =>
        new Promise((resolve) => {
          finishParsing = () => resolve({ ...emptyTree, delete: () => void deleted++ });
        }),
      forget: () => undefined,
    };
    const { complete } = setUp({ script: 'foo();' }, slow);
    expect(shown(await complete('{\n  ˇ\n}\n'))).toBe('foo();');
    finishParsing();
    await new Promise((resolve) => setImmediate(resolve));
    expect(deleted).toBe(1);
  });
});

describe('cancelling', () => {
  it('rejects with AbortError and stops the model', async () => {
    const { model, complete } = setUp({ script: 'foo()' });
    const letGo = model.hold();
    const controller = new AbortController();
    const result = complete('x = ˇ', {}, controller.signal);
    await untilAsked(model, 1);
    controller.abort();
    await expect(result).rejects.toMatchObject({ name: 'AbortError' });
    letGo();
    expect(model).toMatchObject({ cancelled: 1, running: 0 });
    await expect(complete('x = ˇ', {}, controller.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('supersedes the older automatic request of the document', async () => {
    const { model, complete } = setUp({ script: 'foo()' });
    const letGo = model.hold();
    const first = complete('x = ˇ');
    await untilAsked(model, 1);
    const second = complete('yy = ˇ');
    expect(shown(await first)).toBe('superseded');
    letGo();
    expect(shown(await second)).toBe('foo()');
    expect(model).toMatchObject({ cancelled: 1, running: 0 });
  });

  it('lets requests of other documents run', async () => {
    const { complete } = setUp({ script: 'foo()' });
    const other = { ...requestOf('x = ˇ').document, uri: 'file:///other.ts' };
    const results = await Promise.all([complete('x = ˇ'), complete('x = ˇ', { document: other })]);
    expect(results.map(shown)).toEqual(['foo()', 'foo()']);
  });

  it('ends what runs for a closed document', async () => {
    const { model, completer, complete } = setUp({ script: 'foo()' });
    model.hold();
    const result = complete('x = ˇ');
    await untilAsked(model, 1);
    completer.closed('file:///a/b.ts');
    expect(shown(await result)).toBe('superseded');
  });
});

describe('the pause before a request', () => {
  it('is spent on reading the prompt, which whoever asks next begins with', async () => {
    const { model, clock, complete } = setUp({ script: 'values;' });
    await complete('const a = ˇ\n');
    expect(clock.slept).toHaveLength(1);
    expect(model.prefetches).toEqual([model.lastRequest?.prompt]);
  });
});

describe('a limit', () => {
  it('shows nothing with an open bracket or quote, and takes nothing away', async () => {
    const { complete } = setUp({ script: { text: 'max(a, "b', finish: 'time' } });
    expect(shown(await complete('const m = ˇ\n'))).toBe('max');
    expect(shown(await complete('const m = [ˇ];\n'))).toBe('max');
  });

  it('gives its own reason where nothing is left', async () => {
    const { complete } = setUp({ script: { text: '(a, "b', finish: 'tokens' } });
    expect(shown(await complete('const m = ˇ\n'))).toBe('unfinished');
  });

  it('does not replace a longer suggestion that is known', async () => {
    const { model, complete } = setUp({ script: 'people.maxBy(age);' });
    await complete('const m = ˇ\n');
    model.script = () => [{ text: 'people.maxBy(', finish: 'time' }, 'none();'];
    const both = await complete('const m = ˇ\n', { alternatives: 2, trigger: 'manual' });
    expect(shown(both)).toEqual(['people.maxBy(age);', 'none();']);
    expect(shown(await complete('const m = peopleˇ\n'))).toBe('.maxBy(age);');
  });
});

describe('the cache', () => {
  it('answers what is typed, accepted and deleted along a suggestion', async () => {
    const { model, clock, completer, complete } = setUp({ script: 'values.map((v) => v + 1);' });
    expect(shown(await complete('const a = ˇ\n'))).toBe('values.map((v) => v + 1);');
    clock.slept.length = 0;
    for (const [marked, rest] of [
      ['const a = vˇ\n', 'alues.map((v) => v + 1);'],
      ['const a = valuesˇ\n', '.map((v) => v + 1);'],
      ['const a = values.map(ˇ)\n', '(v) => v + 1);'],
      ['const a = values.map((v) => v + 1)ˇ\n', ';'],
    ] as const) {
      completer.changed('file:///a/b.ts', { insertedLength: 1, removedLength: 0 });
      expect(await complete(marked)).toMatchObject({ source: 'cache', suggestions: [{ text: rest }] });
    }
    completer.changed('file:///a/b.ts', { insertedLength: 0, removedLength: 1 });
    expect(shown(await complete('const a = valuˇ\n'))).toBe('es.map((v) => v + 1);');
    expect(shown(await complete('const a = values.map((v) => v + 1);ˇ\n'))).toBe('nothingGenerated');
    expect(model.requests).toHaveLength(1);
    expect(clock.slept).toEqual([]);
  });

  it('asks again where something else is typed', async () => {
    const { model, complete } = setUp({ script: 'values;' });
    await complete('const a = ˇ\n');
    await complete('const a = xˇ\n');
    expect(model.requests).toHaveLength(2);
  });

  it('keeps a suggestion of several lines when a part of it is accepted', async () => {
    const { model, complete } = setUp({ script: 'a();\n  b();\n  c();' });
    await complete('function f() {\n  ˇ\n}\n');
    expect(shown(await complete('function f() {\n  a();\n  ˇ\n}\n'))).toBe('b();\n  c();');
    expect(shown(await complete('function f() {\n  a();\n  bˇ\n}\n'))).toBe('();\n  c();');
    expect(model.requests).toHaveLength(1);
  });

  it('asks again when more alternatives are wanted', async () => {
    const { model, complete } = setUp({ script: () => ['one()', 'two()', 'three()'] });
    expect(shown(await complete('x = ˇ'))).toBe('one()');
    expect(shown(await complete('x = ˇ', { trigger: 'manual', alternatives: 3 }))).toEqual([
      'one()',
      'two()',
      'three()',
    ]);
    expect(model.requests).toHaveLength(2);
  });

  it('gives what is left, wherever the typing stopped', async () => {
    const text = 'values.filter((v) => v > "(").map((v) => ({ v, w: [1] }));';
    const { model, complete } = setUp({ script: text });
    await complete('const a = ˇ\n');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: text.length - 1 }), async (typed) => {
        const left = text.slice(typed);
        const result = await complete(`const a = ${text.slice(0, typed)}ˇ\n`);
        expect(shown(result)).toBe(left);
      }),
    );
    expect(model.requests).toHaveLength(1);
  });

  it('asks again where the time was up', async () => {
    const { model, complete } = setUp({ script: { text: 'foo(', finish: 'time' } });
    await complete('x = ˇ');
    await complete('x = ˇ');
    expect(model.requests).toHaveLength(2);
  });

  it('asks again where so many lines are no longer wanted, or more of them', async () => {
    const { model, complete } = setUp({ script: 'a();\n  b();\n  c();' });
    const settings = { ...defaultCompletionSettings, certainty: 'any' as const };
    await complete('function f() {\n  ˇ\n}\n', { settings });
    const one = { settings: { ...settings, lines: 1 } };
    expect(shown(await complete('function f() {\n  ˇ\n}\n', one))).toBe('a();');
    expect(shown(await complete('function f() {\n  ˇ\n}\n', { settings }))).toBe('a();\n  b();\n  c();');
    expect(model.requests).toHaveLength(3);
  });

  it('asks again for a line that was given up, once less certainty is asked for', async () => {
    const { model, complete } = setUp({ script: { text: 'foo()', finish: 'earlyStop' } });
    const settingsOf = (certainty: 'quiet' | 'eager') => ({ settings: { ...defaultCompletionSettings, certainty } });
    await complete('x = ˇ', settingsOf('quiet'));
    await complete('x = ˇ', settingsOf('quiet'));
    expect(model.requests).toHaveLength(1);
    await complete('x = ˇ', settingsOf('eager'));
    expect(model.requests).toHaveLength(2);
  });

  it('forgets a closed document', async () => {
    const { model, completer, complete } = setUp({ script: 'foo()' });
    await complete('x = ˇ');
    completer.closed('file:///a/b.ts');
    await complete('x = ˇ');
    expect(model.requests).toHaveLength(2);
  });
});

describe('the list’s selected item', () => {
  it('is continued in its range', async () => {
    const { model, complete } = setUp({ script: '(a, b);' });
    const selectedCompletion = { range: { start: 8, end: 10 }, text: 'logValue' };
    expect(await complete('console.loˇ\n', { selectedCompletion })).toMatchObject({
      suggestions: [{ text: 'logValue(a, b);', range: { start: 8, end: 10 } }],
    });
    expect(model.lastRequest?.prompt.prefix).toBe('console.logValue');
  });

  it('has tokens where the continuation stands', async () => {
    const { complete } = setUp({ script: '(a)' });
    const selectedCompletion = { range: { start: 0, end: 1 }, text: 'foo' };
    const result = await complete('fˇ\n', { selectedCompletion, trigger: 'manual' });
    if (result.kind === 'none') throw new Error(result.reason);
    const [{ text, tokens }] = result.suggestions as [(typeof result.suggestions)[0]];
    expect(tokens.map(({ start, end }) => text.slice(start, end))).toEqual(['(', 'a', ')']);
  });
});

describe('preparing', () => {
  it('fills the prompt cache where the cursor rests', () => {
    const { model, completer } = setUp();
    const { document, offset, settings } = requestOf('x = ˇ\ny');
    void completer.prepare(document, offset, settings);
    void completer.prepare({ ...document, uri: 'file:///.env' }, offset, settings);
    expect(model.prefetches).toEqual([{ key: 'file:///a/b.ts', path: 'a/b.ts', prefix: 'x = ', suffix: 'y' }]);
  });

  it('computes what comes after an accepted suggestion', async () => {
    const { model, completer, complete } = setUp({ script: 'next();' });
    const { document, offset, settings } = requestOf('  first(); ˇ\n');
    completer.accepted(document, offset, settings);
    expect(await complete('  first(); ˇ\n')).toMatchObject({ source: 'cache', suggestions: [{ text: 'next();' }] });
    expect(model.requests).toHaveLength(1);
  });

  it('computes the next line after an accepted line', async () => {
    const { model, completer, complete } = setUp({
      script: ({ prompt }) => (prompt.prefix.endsWith('= ') ? 'a();' : 'b();'),
    });
    await complete('{\n  x = ˇ\n}\n');
    const { document, offset, settings } = requestOf('{\n  x = a();ˇ\n}\n');
    completer.accepted(document, offset, settings);
    await untilAsked(model, 2);
    expect(await complete('{\n  x = a();\n  ˇ\n}\n')).toMatchObject({
      source: 'cache',
      suggestions: [{ text: 'b();' }],
    });
  });

  it('gives way to the next request', async () => {
    const { model, completer, complete } = setUp({ script: 'next();' });
    const letGo = model.hold();
    const { document, offset, settings } = requestOf('first(); ˇ\n');
    completer.accepted(document, offset, settings);
    await untilAsked(model, 1);
    letGo();
    expect(shown(await complete('other = ˇ\n'))).toBe('next();');
    expect(model).toMatchObject({ cancelled: 1, running: 0 });
  });
});

async function untilAsked(model: FakeModel, count: number): Promise<void> {
  for (let turn = 0; model.requests.length < count && turn < 100; turn++) await Promise.resolve();
  expect(model.requests.length).toBeGreaterThanOrEqual(count);
}
