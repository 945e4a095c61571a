// Branches and alternatives on the tiny model, written together in trees and one by one.

import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAbortError } from '../../common/abort.js';
import type { Continuation, GenerateRequest } from '../language.js';
import { neverExit } from '../passes/exitPolicy.js';
import { KvCache } from '../runtime/kvCache.js';
import { treeRoom } from '../runtime/session.js';
import { logProbabilityOf } from '../tokens/distribution.js';
import { tokenizePrompt } from '../tokens/prompt.js';
import { loadEngine, type Engine } from './engine.js';

const fixtures = fileURLToPath(new URL('../../../test/fixtures', import.meta.url));
const never = (): boolean => false;

let base: string;
let together: Engine;
let oneByOne: Engine;

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'lacuna-trees-'));
  together = await loadEngine(join(fixtures, 'tiny-model'), 1);
  oneByOne = await loadEngine(await folderFromBeforeTrees(), 1);
});
afterAll(async () => {
  await together.release();
  await oneByOne.release();
  await rm(base, { recursive: true });
});

/** The tiny model with the graphs that were written before rows could form trees. */
async function folderFromBeforeTrees(): Promise<string> {
  const folder = join(base, 'tiny');
  await cp(join(fixtures, 'tiny-model'), folder, { recursive: true });
  const manifest = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')) as { files: Record<string, object> };
  for (const name of ['segment-00-02.onnx', 'segment-02-04.onnx']) {
    const bytes = await readFile(join(fixtures, 'before-trees', name));
    await writeFile(join(folder, name), bytes);
    manifest.files[name] = { bytes: bytes.length, sha256: sha256(bytes) };
  }
  await writeFile(join(folder, 'model.json'), JSON.stringify(manifest));
  const exitsFile = join(folder, 'exits', 'exits.json');
  const exits = JSON.parse(await readFile(exitsFile, 'utf8')) as object;
  await writeFile(exitsFile, JSON.stringify({ ...exits, model: sha256(await readFile(join(folder, 'model.json'))) }));
  return folder;
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const request = (more: Partial<GenerateRequest> = {}): GenerateRequest => ({
  prompt: { key: 'a', path: 'src/a.ts', prefix: 'let x = ', suffix: '\nlet y = x;\n' },
  alternatives: 1,
  maximumLines: 1,
  maximumTokens: 12,
  maximumMs: 60_000,
  branches: { count: 6 },
  ...more,
});

const idsOf = ({ tokens }: Continuation): readonly number[] => tokens.map(({ id }) => id);

describe.each([
  ['in a tree', () => together],
  ['one by one', () => oneByOne],
])('branches that are written %s', (_, engineOf) => {
  it('go on as the model does behind their own tokens, in whatever order they leave the line', async () => {
    const engine = engineOf();
    const { continuations, branches = [] } = await engine.generate(request(), never);
    const line = idsOf(continuations[0]!);
    const places = branches.map((branch) => idsOf(branch).findIndex((id, i) => id !== line[i]));
    expect(places.some((at, i) => i > 0 && at > places[i - 1]!)).toBe(true);
    const { ids: prompt } = tokenizePrompt(engine.tokenizer, engine.manifest, request().prompt);
    for (const [index, { tokens }] of branches.entries()) {
      const own = tokens.map(({ id }) => id);
      const rows = await engine.step(new KvCache(engine.manifest), [...prompt, ...own], neverExit);
      for (let at = places[index]! + 1; at < own.length; at++) {
        const logits = await rows[prompt.length + at - 1]!.logits();
        expect(tokens[at]!.logProbability).toBeCloseTo(logProbabilityOf(own[at]!, logits), 2);
      }
    }
  });

  it('leave a cache that works when they are cancelled in the middle', async () => {
    const engine = engineOf();
    const fresh = await engine.generate(request({ prompt: { ...request().prompt, key: 'fresh' } }), never);
    let count = 0;
    await engine.generate(request({ prompt: { ...request().prompt, key: 'count' } }), () => count++ < 0);
    expect(count).toBeGreaterThan(15);
    for (const share of [0.3, 0.6, 0.8, 0.95]) {
      const after = Math.floor(share * count);
      let asked = 0;
      const again = request({ prompt: { ...request().prompt, key: `cancel${after}` } });
      await expect(engine.generate(again, () => asked++ >= after)).rejects.toSatisfy(isAbortError);
      const { continuations, branches } = await engine.generate(again, never);
      expect(continuations.map(idsOf)).toEqual(fresh.continuations.map(idsOf));
      expect(branches!.map(({ text, logProbability }) => [text, logProbability])).toEqual(
        fresh.branches!.map(({ text, logProbability }) => [text, logProbability]),
      );
    }
  });

  it('change nothing of what comes after them', async () => {
    const engine = engineOf();
    const next = { ...request({ maximumTokens: 20, maximumLines: 4 }), branches: { count: 0 } };
    const prompt = { ...next.prompt, key: 'next', prefix: 'let x = abc' };
    const cold = await engine.generate({ ...next, prompt }, never);
    await engine.generate(request({ alternatives: 3 }), never);
    const warm = await engine.generate({ ...next, prompt: { ...prompt, key: 'a' } }, never);
    expect(warm.continuations.map(({ text, logProbability }) => [text, logProbability])).toEqual(
      cold.continuations.map(({ text, logProbability }) => [text, logProbability]),
    );
  });
});

describe('trees', () => {
  it('give the branches, scores and alternatives that come one by one, in fewer passes', async () => {
    const asked = request({ alternatives: 3, maximumTokens: 20, drafts: 'never' });
    const [tree, sequence] = [await together.generate(asked, never), await oneByOne.generate(asked, never)];
    expect(tree.continuations.map(idsOf)).toEqual(sequence.continuations.map(idsOf));
    expect(tree.branches!.map(idsOf)).toEqual(sequence.branches!.map(idsOf));
    for (const [index, branch] of tree.branches!.entries()) {
      const other = sequence.branches![index]!;
      expect(branch.finish).toBe(other.finish);
      expect(branch.logProbability).toBeCloseTo(other.logProbability, 1);
      if (other.nextLineScore === undefined) expect(branch.nextLineScore).toBeUndefined();
      else expect(branch.nextLineScore).toBeCloseTo(other.nextLineScore, 1);
    }
    expect(tree.branches!.some(({ nextLineScore }) => nextLineScore !== undefined)).toBe(true);
    expect(tree.timing.passes).toBeLessThan(0.5 * sequence.timing.passes);
  });

  it('write the same with drafts as without', async () => {
    const prefix = 'let a = b; let c = d; '.repeat(6);
    const asked = request({ prompt: { ...request().prompt, prefix }, alternatives: 3, maximumTokens: 40 });
    const drafted = await together.generate(asked, never);
    const plain = await together.generate({ ...asked, exits: 'off' }, never);
    expect(drafted.continuations.map(idsOf)).toEqual(plain.continuations.map(idsOf));
    expect(drafted.branches!.map(idsOf)).toEqual(plain.branches!.map(idsOf));
  });

  it('stop where there is no room for more rows, and the branches are finished one by one', async () => {
    const asked = request({ maximumTokens: 150, branches: { count: 12 }, drafts: 'never' });
    const [tree, sequence] = [await together.generate(asked, never), await oneByOne.generate(asked, never)];
    const rows = Object.entries(tree.timing.passesByRows!).reduce(
      (sum, [count, { passes }]) => sum + +count * passes,
      0,
    );
    expect(rows).toBeGreaterThan(treeRoom(together.manifest));
    expect(tree.branches!.map(idsOf)).toEqual(sequence.branches!.map(idsOf));
  });
});
