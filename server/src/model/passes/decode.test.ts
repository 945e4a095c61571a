import { describe, expect, it } from 'vitest';
import { decode, neverDraft, type DecodePolicies, type DecodeStep, type Row, type Stepper } from './decode.js';
import type { Draft } from './draft.js';
import { neverExit } from './exitPolicy.js';
import { KvCache } from '../runtime/kvCache.js';
import { tinyManifest } from '../../../test/support/tinyManifest.js';

const VOCABULARY = 10;

/** The next token is the last one plus one, modulo the vocabulary. */
const counting: Stepper & { passes: number } = {
  passes: 0,
  step(cache, ids) {
    this.passes++;
    cache.tokens.push(...ids);
    return Promise.resolve(ids.map((id) => rowFor((id + 1) % VOCABULARY)));
  },
  rowsOf: () => [],
};

const draftOf = (ids: readonly number[]): Promise<Draft> =>
  Promise.resolve({ ids, sources: ids.map(() => 'prompt' as const), settle: () => undefined });

function rowFor(id: number): Row {
  const logits = new Float32Array(VOCABULARY);
  logits[id] = 5;
  return { logits: () => Promise.resolve(logits), hidden: new Float32Array(0), layer: 4 };
}

async function run(
  policies: Partial<DecodePolicies>,
  steps: number,
): Promise<{ steps: DecodeStep[]; cache: KvCache; passes: number }> {
  const cache = new KvCache(tinyManifest());
  cache.tokens.push(7, 8);
  const given: DecodeStep[] = [];
  counting.passes = 0;
  const all: DecodePolicies = {
    exit: neverExit,
    draft: neverDraft,
    allowed: () => undefined,
    stop: () => given.length >= steps,
    ...policies,
  };
  for await (const step of decode(counting, cache, rowFor(9), all)) given.push(step);
  return { steps: given, cache, passes: counting.passes };
}

describe('decode', () => {
  it('gives one token a step and leaves all but the last in the cache', async () => {
    const { steps, cache } = await run({}, 4);
    expect(steps.map(({ id }) => id)).toEqual([9, 0, 1, 2]);
    expect(cache.tokens).toEqual([7, 8, 9, 0, 1]);
  });

  it('gives log-probabilities and the entropy of the distribution', async () => {
    const { steps } = await run({}, 1);
    const sum = Math.exp(5) + VOCABULARY - 1;
    const p = [Math.exp(5) / sum, ...Array.from({ length: VOCABULARY - 1 }, () => 1 / sum)];
    expect(steps[0]!.logProbability).toBeCloseTo(Math.log(p[0]!), 5);
    expect(steps[0]!.entropy).toBeCloseTo(-p.reduce((h, q) => h + q * Math.log(q), 0), 5);
  });

  it('chooses among the allowed tokens only', async () => {
    const { steps } = await run({ allowed: () => [3] }, 1);
    expect(steps[0]).toMatchObject({ id: 3, logProbability: 0, entropy: 0 });
  });

  for (const [name, draft] of [
    ['right', (next: number) => [1, 2, 3].map((k) => (next + k) % VOCABULARY)],
    ['half right', (next: number) => [(next + 1) % VOCABULARY, (next + 5) % VOCABULARY]],
    ['wrong', (next: number) => [next, next]],
  ] as const) {
    it(`gives the same tokens with ${name} drafts, and the same cache`, async () => {
      const plain = await run({}, 9);
      const drafted = await run({ draft: (_cache, next) => draftOf(draft(next)) }, 9);
      expect(drafted.steps.map(({ id }) => id)).toEqual(plain.steps.map(({ id }) => id));
      expect(drafted.cache.tokens).toEqual(plain.cache.tokens);
      if (name === 'right') expect(drafted.passes).toBe(2);
    });
  }
});
