// Properties of the engine on a tiny random model: what is cached, rewound, drafted or caught up changes no value.

import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAbortError } from '../../common/abort.js';
import { decode, neverDraft, type DecodePolicies } from '../passes/decode.js';
import type { Draft } from '../passes/draft.js';
import { loadEmbedding } from '../runtime/embedding.js';
import { createEngine, loadEngine, type Engine } from './engine.js';
import { neverExit, type ExitPolicy } from '../passes/exitPolicy.js';
import { forward } from '../passes/forward.js';
import { KvCache } from '../runtime/kvCache.js';
import type { Continuation, GenerateRequest } from '../language.js';
import { readManifest } from '../manifest.js';
import { live, openGraphs, type Graphs } from '../runtime/session.js';
import { withStableRows } from '../runtime/stableRows.js';
import { loadTokenizer } from '../tokens/tokenizer.js';

const folder = fileURLToPath(new URL('../../../test/fixtures/tiny-model', import.meta.url));
const never = (): boolean => false;

let engine: Engine;
let graphs: Graphs;
let embed: Awaited<ReturnType<typeof loadEmbedding>>;

beforeAll(async () => {
  const manifest = await readManifest(folder);
  graphs = await withStableRows(await openGraphs(folder, manifest, 1), manifest);
  embed = await loadEmbedding(folder, manifest);
  engine = createEngine(manifest, await loadTokenizer(folder, manifest), embed, graphs, undefined);
});
afterAll(async () => {
  await engine.release();
  expect(live.sessions).toBe(0);
});

const ids = Array.from({ length: 40 }, (_, i) => (i * 53 + 7) % 300);
const request = (prefix: string, more: Partial<GenerateRequest> = {}): GenerateRequest => ({
  prompt: { key: 'a', path: 'src/a.ts', prefix, suffix: '}\n' },
  alternatives: 1,
  maximumLines: 3,
  maximumTokens: 12,
  maximumMs: 10_000,
  ...more,
});

/**
 * The largest difference, as a share of the largest value. It is zero however the tokens are cut into passes, since rows
 * are computed in whole groups (stableRows.ts).
 */
const distance = (a: Float32Array, b: Float32Array): number => {
  expect(a.length).toBe(b.length);
  const largest = b.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i]!)), 0) / largest;
};

const exiting = (isEarly: boolean): ExitPolicy => ({ exits: () => isEarly, decided: new Map() });

describe('forward', () => {
  const all = async (
    chunks: readonly (readonly number[])[],
    cache = new KvCache(engine.manifest),
  ): Promise<Float32Array> => {
    let last = new Float32Array(0);
    for (const chunk of chunks) {
      const { hidden } = await forward(graphs, embed, cache, chunk, neverExit);
      last = hidden.slice(hidden.length - engine.manifest.architecture.hidden);
    }
    return last;
  };

  it('gives the same state in one pass, in chunks and token by token', async () => {
    const once = await all([ids]);
    expect(distance(await all([ids.slice(0, 17), ids.slice(17)]), once)).toBe(0);
    expect(distance(await all(ids.map((id) => [id])), once)).toBe(0);
  });

  it('gives the same state after a rewind as from the start, also when the cache has grown', async () => {
    const fresh = await all([ids]);
    const cache = new KvCache(engine.manifest);
    await all([ids.slice(0, 20), Array.from({ length: 200 }, (_, i) => i)], cache);
    cache.rewindTo(20);
    expect(distance(await all([ids.slice(20)], cache), fresh)).toBe(0);
  });

  it('catches up the layers that early exits skipped: same lengths, same values', async () => {
    const full = await all(ids.map((id) => [id]));
    const cache = new KvCache(engine.manifest);
    for (const [i, id] of ids.entries()) {
      const isEarly = i % 3 !== 0 && i !== ids.length - 1;
      const { hidden, layers } = await forward(graphs, embed, cache, [id], exiting(isEarly));
      expect(layers).toBe(isEarly ? 2 : 4);
      expect(cache.segmentLength(0)).toBe(i + 1);
      if (!isEarly) expect(cache.segmentLength(1)).toBe(i + 1);
      if (i === ids.length - 1) expect(distance(hidden, full)).toBe(0);
    }
  });

  it('rewinds over tokens that left early', async () => {
    const full = await all([ids.slice(0, 10)]);
    const cache = new KvCache(engine.manifest);
    await all([ids.slice(0, 5)], cache);
    for (const id of [...ids.slice(5, 8), 1, 2]) await forward(graphs, embed, cache, [id], exiting(true));
    cache.rewindTo(8);
    expect(distance(await all([ids.slice(8, 10)], cache), full)).toBe(0);
  });
});

describe('generate', () => {
  it('gives the same from a warm cache as from a cold one', async () => {
    const cold = await engine.generate(
      request('let x = a', { prompt: { ...request('').prompt, key: 'cold', prefix: 'let x = a' } }),
      never,
    );
    await engine.generate(request('let x = '), never);
    await engine.generate(request('let y'), never);
    const warm = await engine.generate(request('let x = a'), never);
    expect(warm.timing.cachedTokens).toBeGreaterThan(10);
    expect(cold.timing.cachedTokens).toBe(0);
    expect(warm.continuations[0]!.text).toBe(cold.continuations[0]!.text);
  });

  it('computes nothing of a prompt that was computed ahead, and gives the same', async () => {
    const prompt = { ...request('').prompt, key: 'ahead', prefix: 'let x = a' };
    const cold = await engine.generate(request('', { prompt }), never);
    await engine.generate(request('', { prompt: { ...prompt, prefix: 'let z' } }), never);
    await engine.prefetch(prompt, never);
    const warm = await engine.generate(request('', { prompt }), never);
    expect(warm.timing.cachedTokens).toBe(warm.timing.promptTokens);
    expect(warm.continuations).toEqual(cold.continuations);
  });

  it('gives what drafts propose only where the model agrees', async () => {
    const run = async (draft: DecodePolicies['draft']): Promise<number[]> => {
      const cache = new KvCache(engine.manifest);
      const rows = await engine.step(cache, ids, neverExit);
      const found: number[] = [];
      const policies = { exit: neverExit, draft, allowed: () => undefined, stop: () => found.length === 20 };
      for await (const { id } of decode(engine, cache, rows.at(-1)!, policies)) found.push(id);
      expect(cache.tokens).toEqual([...ids, ...found.slice(0, -1)]);
      return found;
    };
    const plain = await run(neverDraft);
    const draftOf = (proposed: readonly number[]): Promise<Draft> =>
      Promise.resolve({ ids: proposed, sources: proposed.map(() => 'prompt' as const), settle: () => undefined });
    const right = ({ tokens: { length } }: Pick<KvCache, 'tokens'>): Promise<Draft> =>
      draftOf(plain.slice(length + 1 - ids.length, length + 4 - ids.length));
    expect(await run(right)).toEqual(plain);
    expect(await run(() => draftOf([5, 6, 7]))).toEqual(plain);
  });

  it('gives the same with drafts as without, in fewer passes', async () => {
    const prefix = 'let a = b; let c = d; '.repeat(6);
    const plain = await engine.generate(request(prefix, { maximumTokens: 40, maximumLines: 9, exits: 'off' }), never);
    const drafted = await engine.generate(request(prefix, { maximumTokens: 40, maximumLines: 9 }), never);
    expect(plain.timing.drafted).toBe(0);
    expect(drafted.continuations[0]!.text).toBe(plain.continuations[0]!.text);
  });

  it('spells the end of the prefix before anything new', async () => {
    for (const prefix of ['    ', 'return val', 'x = [1, ', 'é🙂', '']) {
      const { continuations } = await engine.generate(request(prefix, { maximumTokens: 20 }), never);
      const { tokens, text } = continuations[0]!;
      const spelled = Buffer.from(tokens.map(({ id }) => engine.tokenizer.bytes(id)).join(''), 'latin1').toString(
        'utf8',
      );
      const pieces = engine.tokenizer.encodePieces(prefix);
      const forced = (pieces.at(-1) ?? [])
        .slice(-4)
        .map((id) => engine.tokenizer.bytes(id))
        .join('');
      expect(spelled.startsWith(Buffer.from(forced, 'latin1').toString('utf8'))).toBe(true);
      expect(tokens.every(({ start, end }) => start <= end && end <= text.length)).toBe(true);
    }
  });

  it('gives different alternatives, the likeliest first token first', async () => {
    const { continuations } = await engine.generate(request('let x = ', { alternatives: 3 }), never);
    expect(continuations).toHaveLength(3);
    expect(new Set(continuations.map(({ tokens }) => tokens.map(({ id }) => id).join())).size).toBe(3);
  });

  it('gives branches, each off the line at another token, and the same line as without', async () => {
    const plain = await engine.generate(request('let x = ', { maximumLines: 1 }), never);
    const asked = request('let x = ', { maximumLines: 1, branches: { count: 6 } });
    const { continuations, branches = [] } = await engine.generate(asked, never);
    // What is drafted depends on how long passes take here.
    const undrafted = (all: readonly Continuation[]) =>
      all.map(({ tokens, ...rest }) => ({
        ...rest,
        tokens: tokens.map((token) => ({ ...token, drafted: undefined })),
      }));
    expect(undrafted(continuations)).toEqual(undrafted(plain.continuations));
    expect(branches).toHaveLength(6);
    const idsOf = ({ tokens }: Continuation): readonly number[] => tokens.map(({ id }) => id);
    const line = idsOf(continuations[0]!);
    const beginnings = branches.map((branch) => {
      const own = idsOf(branch);
      const at = own.findIndex((id, i) => id !== line[i]);
      expect(at).toBeGreaterThanOrEqual(0);
      expect(branch.text).not.toContain('\n');
      return {
        beginning: own.slice(0, at + 1).join(),
        logProbability: branch.tokens.slice(0, at + 1).reduce((sum, token) => sum + token.logProbability, 0),
      };
    });
    expect(new Set(beginnings.map(({ beginning }) => beginning)).size).toBe(6);
    const inOrder = beginnings.map(({ logProbability }) => logProbability);
    expect(inOrder).toEqual([...inOrder].sort((a, b) => b - a));
    const together = [continuations[0]!, ...beginnings].reduce((sum, one) => sum + Math.exp(one.logProbability), 0);
    expect(together).toBeLessThanOrEqual(1 + 1e-6);
  });

  it('says the next-line scores of the likeliest branches, and the same however the prompt is cached', async () => {
    const { key } = request('').prompt;
    const prompt = { key, path: 'a.js', prefix: 'let x = ', suffix: '\nlet y = x;\n' };
    const asked = request('', { prompt, maximumLines: 1, branches: { count: 6 } });
    const { branches = [], continuations } = await engine.generate(asked, never);
    const lineOf = ({ text }: Continuation): string => text.split('\n', 1)[0]!.trimEnd();
    const scored = branches.filter(({ nextLineScore }) => nextLineScore !== undefined);
    const lines = new Set(scored.map(lineOf));
    lines.delete(lineOf(continuations[0]!));
    expect(lines.size).toBeGreaterThan(0);
    expect(lines.size).toBeLessThanOrEqual(3);
    for (const branch of scored) {
      if (lineOf(branch) === lineOf(continuations[0]!)) expect(branch.nextLineScore).toBe(0);
    }
    expect(scored.some(({ nextLineScore }) => nextLineScore !== 0)).toBe(true);
    // What is drafted depends on how long passes take here; what is written does not.
    const written = (of: readonly Continuation[]) =>
      of.map(({ text, logProbability, nextLineScore }) => [text, logProbability, nextLineScore]);
    const { branches: again = [] } = await engine.generate(asked, never);
    expect(written(again)).toEqual(written(branches));
    const atEnd = { ...asked, prompt: { ...prompt, suffix: '\n \n' } };
    const { branches: without = [] } = await engine.generate(atEnd, never);
    expect(without.length).toBeGreaterThan(0);
    expect(without.every(({ nextLineScore }) => nextLineScore === undefined)).toBe(true);
  });

  it('gives no branches where there is no time for all of them', async () => {
    const asked = request('let x = ', { branches: { count: 6, maximumMs: 0 } });
    expect((await engine.generate(asked, never)).branches).toBeUndefined();
  });

  it('gives up a prompt when its time is over, and goes on from there the next time', async () => {
    const late = request('', {
      prompt: { ...request('').prompt, key: 'late', prefix: 'let z = q; '.repeat(20) },
      maximumMs: 0,
    });
    const { continuations, timing } = await engine.generate(late, never);
    expect(continuations).toEqual([{ text: '', tokens: [], logProbability: 0, finish: 'time' }]);
    expect(timing.tokens).toBe(0);
    expect((await engine.generate({ ...late, maximumMs: 10_000 }, never)).timing.tokens).toBeGreaterThan(0);
  });

  it('gives what it has when the time after the prompt is over, however long the prompt took', async () => {
    const whole = await engine.generate(request('let x = ', { alternatives: 3 }), never);
    const { continuations } = await engine.generate(
      request('let x = ', { alternatives: 3, maximumDecodeMs: 0 }),
      never,
    );
    expect(continuations).toHaveLength(1);
    const [{ tokens, finish }] = [continuations[0]!];
    expect(finish).toBe('time');
    expect(tokens.length).toBeGreaterThan(0);
    expect(tokens).toEqual(whole.continuations[0]!.tokens.slice(0, tokens.length));
  });

  it('ends a cancelled request and leaves a cache that works', async () => {
    const fresh = await engine.generate(
      request('let z = q', { prompt: { ...request('').prompt, key: 'c1', prefix: 'let z = q' } }),
      never,
    );
    for (let after = 0; after < 6; after++) {
      let asked = 0;
      const key = `cancel${after}`;
      const again = request('', { prompt: { ...request('').prompt, key, prefix: 'let z = q' } });
      await expect(engine.generate(again, () => asked++ >= after)).rejects.toSatisfy(isAbortError);
      expect((await engine.generate(again, never)).continuations[0]!.text).toBe(fresh.continuations[0]!.text);
    }
  });

  it('treats names of special tokens in a document as text', async () => {
    const before = engine.tokenizer.encode('<|fim_middle|>');
    expect(before.some((id) => engine.tokenizer.isSpecial(id))).toBe(false);
    expect(before.map((id) => engine.tokenizer.bytes(id)).join('')).toBe('<|fim_middle|>');
    await engine.generate(request('<|endoftext|><|fim_suffix|>'), never);
  });

  it('cuts a prompt that is longer than the model', async () => {
    const { timing } = await engine.generate(request('word '.repeat(5_000), { maximumTokens: 2 }), never);
    expect(timing.promptTokens).toBeLessThan(engine.manifest.architecture.maximumPositions);
  });
});

describe('loadEngine', () => {
  it('opens and closes a folder', async () => {
    const before = live.sessions;
    const loaded = await loadEngine(folder, 1);
    // Two segments, two parts of the head, and of the exits: shortlist, adapter, draft layer and controller.
    expect(live.sessions).toBe(before + 8);
    await loaded.release();
    expect(live.sessions).toBe(before);
  });
});
