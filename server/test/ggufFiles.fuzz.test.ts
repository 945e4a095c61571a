// GGUF files that are cut, changed or nonsense: each becomes a model, or is refused in one sentence and leaves nothing behind.
// LACUNA_FUZZ says how many there are; the number of a file is its seed.

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seededRandom, type Random } from '../src/common/random.js';
import { standardRecipe } from '../src/convert/index.js';
import { convert } from '../src/convert/folder/convert.js';
import { inspectFile } from '../src/convert/folder/inspect.js';
import { runJob } from '../src/convert/folder/job.js';

const files = Number(process.env['LACUNA_FUZZ'] ?? 40);
const tiny = fileURLToPath(new URL('fixtures/gguf/tiny.gguf', import.meta.url));

/** Bytes of the tiny file's header: what is changed there is more interesting than a weight. */
const HEADER = 12_000;

let base: string;
let original: Buffer;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'lacuna-gguf-'));
  original = await readFile(tiny);
});
afterAll(() => rm(base, { recursive: true }));

function damaged(below: Random['below']): Buffer {
  const bytes = Buffer.from(original);
  const anywhere = (): number => below(below(4) === 0 ? bytes.length : HEADER);
  const ways: readonly (() => Buffer)[] = [
    () => bytes.subarray(0, below(bytes.length)),
    () => bytes.subarray(0, below(HEADER)),
    () => Buffer.from(Array.from({ length: below(400) }, () => below(256))),
    () => Buffer.concat([Buffer.from('GGUF'), Buffer.from(Array.from({ length: below(400) }, () => below(256)))]),
    () => {
      for (let times = 1 + below(8); times > 0; times--) bytes[anywhere()] = below(256);
      return bytes;
    },
    () => {
      // A count, a length or an offset that no file can have.
      bytes.writeBigUInt64LE([2n ** 64n - 1n, 2n ** 63n, 2n ** 40n, 2n ** 32n, 0n][below(5)]!, below(HEADER - 8));
      return bytes;
    },
    () => {
      const at = anywhere();
      bytes.copy(bytes, below(HEADER), at, at + below(64));
      return bytes;
    },
    () => {
      const at = below(HEADER);
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + below(40))]);
    },
  ];
  return ways[below(ways.length)]!();
}

it('is refused in one sentence and leaves nothing behind, or becomes a model', { timeout: 3_600_000 }, async () => {
  const outcomes = { made: 0, refused: 0 };
  for (let seed = 0; seed < files; seed++) {
    const folder = join(base, `models-${seed}`);
    const file = join(base, 'damaged.gguf');
    await writeFile(file, damaged(seededRandom(seed).below));
    const seen = await inspectFile(file).then(
      () => undefined,
      (error: Error) => error.message,
    );
    const outcome = await convert(
      { file, folder, name: 'damaged', recipe: standardRecipe },
      { parallel: 1, round: (job) => Promise.resolve(runJob(job)) },
      () => undefined,
      new AbortController().signal,
    ).then(
      () => undefined,
      (error: Error) => error.message,
    );
    const left = await readdir(folder).catch(() => []);
    for (const sentence of [seen, outcome]) {
      if (sentence === undefined) continue;
      expect(sentence, `file ${seed}`).toMatch(/^[^\n]+\.$/);
      expect(sentence, `file ${seed}`).not.toMatch(/undefined|NaN|\[object|Cannot read|Invalid|must be|out of range/);
    }
    expect(left, `file ${seed}: ${outcome}`).toEqual(outcome === undefined ? ['damaged'] : []);
    outcomes[outcome === undefined ? 'made' : 'refused']++;
    await rm(folder, { recursive: true, force: true });
  }
  expect(outcomes.refused).toBeGreaterThan(files / 4);
});
