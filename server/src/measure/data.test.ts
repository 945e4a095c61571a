import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readItems } from './data.js';
import { stratifiedSample } from './sample.js';

const item = z.object({ name: z.string(), size: z.number() });
const lines = '{"name": "one", "size": 1}\n\n{"name": "zwei – 二", "size": 2}\n';
const items = [
  { name: 'one', size: 1 },
  { name: 'zwei – 二', size: 2 },
];
/** The same two lines as xz packed them; there is no packer for it here. */
const packed = new URL('../../test/fixtures/cli/two.jsonl.xz', import.meta.url);

let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lacuna-data-'));
  await writeFile(at('plain.jsonl'), lines);
  await writeFile(at('windows.jsonl'), lines.replaceAll('\n', '\r\n'));
  await writeFile(at('marked.jsonl'), `\uFEFF${lines}`);
  await writeFile(at('packed.jsonl.gz'), gzipSync(lines));
  await writeFile(at('packed.jsonl.xz'), await readFile(packed));
  await writeFile(at('cut.jsonl.gz'), gzipSync(lines).subarray(0, 30));
  await writeFile(at('other.jsonl.xz'), lines);
  await writeFile(at('broken.jsonl'), `${lines}{"name": "three",\n`);
  await writeFile(at('misfit.jsonl'), `${lines}{"name": "three", "size": "big"}\n`);
  await writeFile(at('empty.jsonl'), '\n');
  await writeFile(at('empty.jsonl.xz'), '');
});
afterAll(() => rm(folder, { recursive: true }));

describe('readItems', () => {
  it.each(['plain.jsonl', 'windows.jsonl', 'marked.jsonl', 'packed.jsonl.gz', 'packed.jsonl.xz'])(
    'reads %s',
    async (name) => {
      expect(await readItems([at(name)], item)).toEqual(items);
    },
  );

  it('reads several files in the order given', async () => {
    const read = await readItems([at('packed.jsonl.xz'), at('plain.jsonl')], item);
    expect(read).toEqual([...items, ...items]);
  });

  it.each([
    ['broken.jsonl', 'broken.jsonl, line 4: this is not valid JSON.'],
    ['misfit.jsonl', 'misfit.jsonl, line 4: "size": '],
    ['empty.jsonl', 'There are no items in '],
    ['missing.jsonl', 'missing.jsonl cannot be read: there is no such file.'],
    ['cut.jsonl.gz', 'cut.jsonl.gz cannot be read: it is no gz file, or not all of one.'],
    ['other.jsonl.xz', 'other.jsonl.xz cannot be read: it is no xz file, or not all of one.'],
    ['empty.jsonl.xz', 'empty.jsonl.xz cannot be read: it is no xz file, or not all of one.'],
    ['missing.jsonl.xz', 'missing.jsonl.xz cannot be read: there is no such file.'],
    ['', 'is a folder, not a file.'],
  ])('says in one sentence what is wrong with %s', async (name, sentence) => {
    const error = await readItems([at(name)], item).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'InputError' });
    expect((error as Error).message).toContain(sentence);
    expect((error as Error).message).toMatch(/^[^\n]+\.$/);
  });
});

describe('a stratified sample', () => {
  const ten = [...'abcdefghij'];

  it('takes one from each of as many stretches', () => {
    expect(stratifiedSample(ten, 5, undefined).join('')).toBe('acegi');
    expect(stratifiedSample(ten, 3, undefined).join('')).toBe('adg');
    expect(stratifiedSample(ten, 20, undefined)).toBe(ten);
    expect(stratifiedSample(ten, undefined, 1)).toBe(ten);
  });

  it('chooses the same for the same seed, and within the stretches', () => {
    const chosen = stratifiedSample(ten, 5, 7);
    expect(stratifiedSample(ten, 5, 7)).toEqual(chosen);
    chosen.forEach((letter, i) => expect(ten.slice(2 * i, 2 * i + 2)).toContain(letter));
    const seeds = new Set([1, 2, 3, 4].map((seed) => stratifiedSample(ten, 5, seed).join('')));
    expect(seeds.size).toBeGreaterThan(1);
  });
});
