// A tiny random model of each family, converted and run, against the logits that numpy computes of the file's own weights
// (models/build/golden/gguf_models.py). Rounding to 8 bits, of weights here and of inputs in the runtime, is all that may differ.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { standardRecipe } from '../src/convert/index.js';
import { convert } from '../src/convert/folder/convert.js';
import { runJob } from '../src/convert/folder/job.js';
import { loadEngine } from '../src/model/generation/engine.js';
import { readManifest } from '../src/model/manifest.js';
import { loadEmbedding } from '../src/model/runtime/embedding.js';
import { createLayerCache, openGraphs } from '../src/model/runtime/session.js';
import { tokenizePrompt } from '../src/model/tokens/prompt.js';
import { loadTokenizer } from '../src/model/tokens/tokenizer.js';

type Golden = Readonly<Record<string, { readonly prompt: readonly number[]; readonly logits: readonly number[] }>>;

const fixtures = fileURLToPath(new URL('fixtures/gguf', import.meta.url));
const exact = { bits: 8, block: 32, symmetric: true } as const;
const exactRecipe = {
  layers: exact,
  keysAndValues: exact,
  head: [{ rows: undefined, rounding: exact }],
  embedding: exact,
};
const families = ['llama', 'qwen3', 'granite', 'starcoder2', 'qwen2'];

let base: string;
let golden: Golden;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'lacuna-families-'));
  golden = JSON.parse(await readFile(join(fixtures, 'logits.json'), 'utf8')) as Golden;
});
afterAll(() => rm(base, { recursive: true }));

const made = async (family: string, recipe: typeof exactRecipe | typeof standardRecipe, name: string) => {
  const conversion = { file: join(fixtures, `${family}.gguf`), folder: base, name, recipe };
  const round = { parallel: 2, round: (job: Parameters<typeof runJob>[0]) => Promise.resolve(runJob(job)) };
  return (await convert(conversion, round, () => undefined, new AbortController().signal)).folder;
};

describe.each(families)('%s', (family) => {
  it('gives the logits of the reference', async () => {
    const { prompt, logits } = golden[family]!;
    const found = await logitsOf(await made(family, exactRecipe, `${family}-exact`), prompt);
    expect(found.length).toBe(logits.length);
    const difference = norm(logits.map((value, i) => value - found[i]!)) / norm(logits);
    expect(difference).toBeLessThan(0.05);
  });

  it('completes with the standard recipe, asked as the family was trained', async () => {
    const folder = await made(family, standardRecipe, family);
    const engine = await loadEngine(folder, 1);
    const prompt = { key: 'a', path: 'a.py', prefix: 'def add(a, b):\n    ret', suffix: 'x = 1\n' };
    const request = { prompt, alternatives: 1, maximumLines: 2, maximumTokens: 8, maximumMs: 10_000 };
    const { continuations } = await engine.generate(request, () => false);
    expect(continuations[0]!.tokens.length).toBeGreaterThan(0);
    await engine.release();
  });
});

it('writes the prompt of DeepSeek prefix first, with the path in a comment', async () => {
  const folder = await made('llama', exactRecipe, 'prompt');
  const manifest = await readManifest(folder);
  const tokenizer = await loadTokenizer(folder, manifest);
  const special = (name: string): number => tokenizer.special(name);
  const prompt = { key: 'a', path: 'a.py', prefix: 'x = 1\n', suffix: 'y\n' };
  expect(tokenizePrompt(tokenizer, manifest, prompt).ids).toEqual([
    ...tokenizer.encode('#a.py\n'),
    special('<｜fim▁begin｜>'),
    ...tokenizer.encode('x = 1\n'),
    special('<｜fim▁hole｜>'),
    ...tokenizer.encode('y\n'),
    special('<｜fim▁end｜>'),
  ]);
});

/** At the last position. */
async function logitsOf(folder: string, ids: readonly number[]): Promise<Float32Array> {
  const manifest = await readManifest(folder);
  const { layers, hidden: width } = manifest.architecture;
  const graphs = await openGraphs(folder, manifest, 1);
  try {
    const caches = Array.from({ length: layers }, () => createLayerCache(manifest, 64));
    let hidden = (await loadEmbedding(folder, manifest))(ids);
    for (const segment of graphs.segments) hidden = await segment.run(hidden, ids.length, 0, caches);
    return (await graphs.head.run(hidden.slice(-width), 1)).slice();
  } finally {
    await graphs.release();
  }
}

function norm(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
