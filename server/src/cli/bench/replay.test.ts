import { describe, expect, it } from 'vitest';
import { abortError } from '../../common/abort.js';
import type { Completer, CompletionRequest, CompletionResult, CompletionSettings } from '../../completion/index.js';
import { replay, typeAlong } from './replay.js';
import { ghostTextRatio, reportReplay } from './replayReport.js';
import { parseTrace } from './trace.js';

const settings: CompletionSettings = {
  enabled: true,
  lines: 1,
  maximumMs: 1000,
  certainty: 'any',
  exits: 'exact',
  debounce: 0,
  holes: 'off',
  mostHoles: 2,
  context: false,
  comments: 'on',
  strings: 'on',
};
const { signal } = new AbortController();

/** Suggests the rest of `whole` wherever the cursor's line is its beginning; the second time out of its cache. */
class FakeCompleter implements Completer {
  readonly requests: CompletionRequest[] = [];
  readonly changes: unknown[] = [];
  readonly prepared: number[] = [];
  readonly closedUris: string[] = [];
  superseded = 0;

  constructor(private readonly whole: string) {}

  fill(): Promise<readonly []> {
    return Promise.resolve([]);
  }

  complete(request: CompletionRequest, aborted: AbortSignal): Promise<CompletionResult> {
    const first = this.requests.length === 0;
    this.requests.push(request);
    return new Promise((resolve, reject) => {
      aborted.addEventListener('abort', () => {
        this.superseded++;
        reject(abortError());
      });
      const line = request.document.text.slice(0, request.offset).split('\n').at(-1) ?? '';
      const text = this.whole.startsWith(line) ? this.whole.slice(line.length) : '';
      const range = { start: request.offset, end: request.offset };
      const timing = {
        promptTokens: 10,
        cachedTokens: first ? 0 : 10,
        queueMs: 0,
        promptMs: 1,
        decodeMs: 1,
        tokens: 1,
        drafted: 0,
        layersPerToken: 24,
        passes: 0,
        exits: {},
      };
      const answer: CompletionResult =
        text === ''
          ? { kind: 'none', reason: 'nothingGenerated', timing }
          : {
              kind: 'suggestions',
              suggestions: [{ text, range, probability: 1, tokens: [] }],
              source: first ? 'model' : 'cache',
              timing,
            };
      setTimeout(() => resolve(answer), 5);
    });
  }
  changed(_uri: string, change: unknown): void {
    this.changes.push(change);
  }
  prepare(_document: unknown, offset: number): Promise<void> {
    this.prepared.push(offset);
    return Promise.resolve();
  }
  accepted(): void {}
  closed(uri: string): void {
    this.closedUris.push(uri);
  }
}

const trace = parseTrace(
  {
    path: 'a.ts',
    languageId: 'typescript',
    lines: ['ˇ', 'end'],
    steps: [
      { type: 'let', every: 1, pause: 20 },
      { type: 'x', every: 1 },
      { backspace: 1, every: 1, pause: 20 },
      { moveBehind: 'end', every: 1, pause: 1 },
      { type: '?', every: 1, pause: 20 },
    ],
  },
  'test',
);

describe('replay', () => {
  it('asks after every change, ends older requests and takes the time where the user waits', async () => {
    const completer = new FakeCompleter('let it be');
    const { keys, waits } = await replay(completer, trace, settings, signal);
    expect(keys).toBe(7);
    expect(completer.requests.map(({ document }) => document.text)).toEqual([
      'l\nend',
      'le\nend',
      'let\nend',
      'letx\nend',
      'let\nend',
      'let\nend?',
    ]);
    expect(completer.requests.map(({ document }) => document.version)).toEqual([2, 3, 4, 5, 6, 7]);
    expect(completer.requests.every(({ trigger }) => trigger === 'automatic')).toBe(true);
    expect(completer.changes[4]).toEqual({ insertedLength: 0, removedLength: 1 });
    expect(completer.prepared).toEqual(['let\nend'.length]);
    expect(completer.superseded).toBeGreaterThanOrEqual(3);
    expect(waits.map(({ index, result }) => [index, result?.kind])).toEqual([
      [0, 'suggestions'],
      [1, 'suggestions'],
      [2, 'none'],
    ]);
    expect(completer.closedUris).toEqual(['bench:/a.ts']);
  });

  it('types along a suggestion up to the character before its last', async () => {
    const completer = new FakeCompleter('let it be');
    const document = { uri: 'x', languageId: 'typescript', version: 1, text: 'let', path: 'a.ts' };
    const times = await typeAlong(completer, { document, offset: 3 }, settings, signal);
    expect(times).toHaveLength(5);
    expect(completer.requests.at(-1)?.document.text).toBe('let it b');
  });
});

describe('the report of a replay', () => {
  it('counts what was shown, and from where', async () => {
    const { keys, waits } = await replay(new FakeCompleter('let it be'), trace, settings, signal);
    const report = reportReplay(waits, keys, [1, 3]);
    expect(report).toMatchObject({ keys: 7, waits: 3, answeredFromCache: 1, typeAlongMs: { n: 2, p50: 2 } });
    expect(report.ghostTextMs.n).toBe(2);
    expect(report.cold.n + report.warm.n).toBe(2);
    expect(report.promptTokensFromCache).toBe(1);
  });

  it('compares the waits in which both showed something', () => {
    const document = { uri: 'x', languageId: 'typescript', version: 1, text: '', path: 'a.ts' };
    const shown: CompletionResult = {
      kind: 'suggestions',
      source: 'model',
      suggestions: [{ text: 'a', range: { start: 0, end: 0 }, probability: 1, tokens: [] }],
    };
    const wait = (index: number, ms: number, result: CompletionResult | undefined) => ({
      index,
      cold: false,
      ms,
      result,
      document,
      offset: 0,
    });
    const ours = [[wait(0, 50, shown), wait(1, 1000, shown)], [wait(0, 70, shown)]];
    const theirs = [[wait(0, 100, shown), wait(1, 5, undefined)], [wait(0, 140, shown)]];
    expect(ghostTextRatio(ours, theirs)).toBeCloseTo(0.5, 12);
    expect(ghostTextRatio(ours, [])).toBeUndefined();
  });
});
