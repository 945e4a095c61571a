// Against a real llama.cpp server: with a tiny random model in the tests, or with a real one to measure what a team gets:
// LACUNA_LOAD_MODEL=FILE.gguf LACUNA_LOAD_THREADS=2 npx vitest run server/test/remote/llamaServer.test.ts

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCompleter } from '../../src/completion/index.js';
import type { GenerateRequest, LanguageModel } from '../../src/model/index.js';
import { choosePartial, type Completion } from '../../src/partial/index.js';
import { startRemoteModel } from '../../src/remote/index.js';
import { llamaObstacle, startLlamaServer, type LlamaServer } from '../support/llamaServer.js';

const silent = { trace: () => {}, debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const never = new AbortController().signal;
const real = process.env['LACUNA_LOAD_MODEL'];
const obstacle = llamaObstacle();

let folder: string;
let server: LlamaServer;
let model: LanguageModel;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lacuna-llama-'));
  if (obstacle !== undefined) return;
  const threads = Number(process.env['LACUNA_LOAD_THREADS'] ?? 1);
  server = await startLlamaServer(real ?? join(folder, 'tiny.gguf'), {
    context: real === undefined ? 2048 : 8192,
    threads,
  });
  model = startRemoteModel({ url: server.url, model: '', key: undefined, format: 'qwen' }, silent);
  await model.ready();
}, 150_000);
afterAll(async () => {
  await model?.dispose();
  await server?.stop();
  rmSync(folder, { recursive: true });
});

const request = (prefix: string, more: Partial<GenerateRequest> = {}): GenerateRequest => ({
  prompt: { key: 'a', path: 'a.py', prefix, suffix: 'print(total)\n' },
  alternatives: 1,
  maximumLines: 1,
  maximumTokens: 24,
  maximumMs: 60_000,
  ...more,
});

/** What may become of the text of a random model. */
const refused = [
  'invisibleSigns',
  'nothingGenerated',
  'tooShort',
  'repeatsItself',
  'repeatsSuffix',
  'unlikely',
  'unbalanced',
  'unfinished',
  'misspelt',
  'looksSecret',
];

describe('a real llama.cpp server', { timeout: 300_000 }, () => {
  it('answers greedily: the same text and the same probabilities twice', async ({ skip }) => {
    if (obstacle !== undefined) skip(obstacle);
    const [first, second] = [
      await model.generate(request('total = 1\nfor item in'), never),
      await model.generate(request('total = 1\nfor item in'), never),
    ];
    const { text, tokens, logProbability } = first.continuations[0]!;
    expect(second.continuations[0]!.text).toBe(text);
    expect(second.continuations[0]!.logProbability).toBeCloseTo(logProbability, 2);
    expect(tokens.length).toBeGreaterThan(0);
    expect(tokens.reduce((sum, token) => sum + token.logProbability, 0)).toBeCloseTo(logProbability, 6);
    for (const { logProbability: one, entropy } of tokens) {
      expect(one).toBeLessThanOrEqual(0);
      expect(entropy).toBeGreaterThanOrEqual(0);
    }
    // Every character belongs to a token, in order.
    expect(tokens.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
  });

  it('gives alternatives that begin otherwise', async ({ skip }) => {
    if (obstacle !== undefined) skip(obstacle);
    const { continuations } = await model.generate(request('total = 1\nfor item in', { alternatives: 3 }), never);
    expect(continuations.length).toBe(3);
    const first = continuations.map(({ tokens }) => tokens[0]!.logProbability);
    expect(first[0]).toBeGreaterThanOrEqual(first[1]!);
    expect(first[1]).toBeGreaterThanOrEqual(first[2]!);
  });

  it('computes no further when a request is cancelled', async ({ skip }) => {
    if (obstacle !== undefined) skip(obstacle);
    const controller = new AbortController();
    const long = request('x'.repeat(300), { maximumTokens: 200, maximumLines: 200 });
    const generating = model.generate(long, controller.signal).catch((error: unknown) => error);
    await delay(5);
    controller.abort();
    expect(await generating).toMatchObject({ name: 'AbortError' });
    while (await server.isBusy()) await delay(10);
    const { continuations } = await model.generate(request('total ='), never);
    expect(continuations).toHaveLength(1);
  });

  it('its probabilities decide what is left out as a hole', async ({ skip }) => {
    if (obstacle !== undefined) skip(obstacle);
    const prefix = 'total = 1\nfor item in';
    const { continuations } = await model.generate(request(prefix), never);
    const { text, tokens } = continuations[0]!;
    const completion: Completion = { languageId: 'python', prefix, suffix: '\nprint(total)\n', text, tokens };
    const misses = Array.from({ length: 10 }, () => 0);
    const partial = await choosePartial(completion, {
      syntax: {
        supports: () => false,
        parses: () => false,
        parse: () => Promise.resolve(undefined),
        forget: () => undefined,
      },
      score: undefined,
      calibration: calibrationWith(misses),
      epsilon: 0.2,
      delta: 0.1,
      holes: 2,
      key: 'x',
    });
    expect(partial.sentence).not.toBe('');
    for (const { replaced, probability } of partial.holes) {
      expect(replaced.end).toBeGreaterThan(replaced.start);
      expect(probability).toBeLessThanOrEqual(1);
    }
  });

  it('serves several editors at once, through the completer that the editor uses', async ({ skip }) => {
    if (obstacle !== undefined) skip(obstacle);
    const editors = 8;
    const requests = 12;
    const latencies: number[] = [];
    let suggested = 0;
    const before = (await server.processorSeconds()) ?? NaN;
    await Promise.all(
      Array.from({ length: editors }, async (_, editor) => {
        const own = startRemoteModel({ url: server.url, model: '', key: undefined, format: 'qwen' }, silent);
        await own.ready();
        const completer = createCompleter({
          model: own,
          syntax: {
            supports: () => false,
            parses: () => false,
            parse: () => Promise.resolve(undefined),
            forget: () => undefined,
          },
          logger: silent,
          now: () => performance.now(),
          sleep: (ms, signal) => delay(ms, undefined, { signal }),
        });
        for (let index = 0; index < requests; index++) {
          const text = `values${editor} = [1, 2, 3]\ntotal${index} = `;
          const began = performance.now();
          const result = await completer.complete(
            {
              document: {
                uri: `file:///${editor}.py`,
                languageId: 'python',
                version: index,
                text,
                path: `${editor}.py`,
              },
              offset: text.length,
              trigger: 'manual',
              alternatives: 1,
              settings: {
                enabled: true,
                lines: 1,
                maximumMs: 60_000,
                certainty: 'any',
                exits: 'exact',
                debounce: 0,
                holes: 'off',
                mostHoles: 2,
                context: false,
                comments: 'on',
                strings: 'on',
              },
            },
            never,
          );
          latencies.push(performance.now() - began);
          if (result.kind === 'suggestions') suggested++;
          else expect(refused).toContain(result.reason);
        }
        await own.dispose();
      }),
    );
    expect(latencies).toHaveLength(editors * requests);
    const sorted = latencies.sort((a, b) => a - b);
    const at = (share: number): number => Math.round(sorted[Math.floor(share * (sorted.length - 1))]!);
    const each = (((await server.processorSeconds()) ?? NaN) - before) / latencies.length;
    process.stdout.write(
      `${editors} editors, ${requests} requests each, ${suggested} suggestions: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms; ` +
        `the server used ${Math.round(1_000 * each)} ms of processor for an answer\n`,
    );
  });
});

function calibrationWith(row: number[]): Parameters<typeof choosePartial>[1]['calibration'] {
  const thresholds = Array.from({ length: 40 }, () => row[0] ?? 0);
  const everyNumber = Array.from({ length: 4 }, () => thresholds);
  const everyOne = everyNumber.map((numbers) => numbers.map(() => 1));
  return {
    version: 5,
    model: 'tiny',
    source: 'no lines',
    n: 1000,
    groups: [
      {
        language: '*',
        length: '*',
        n: 1000,
        clusters: 1,
        misses: everyNumber,
        spread: everyOne,
        offered: everyNumber,
        offeredMisses: everyNumber,
        offeredSpread: everyOne,
      },
    ],
  };
}
