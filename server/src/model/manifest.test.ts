import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseManifest, readManifest, verifyChecksums, type Manifest } from './manifest.js';
import { tinyManifest } from '../../test/support/tinyManifest.js';

type Json = Record<string, never> & Manifest;
const broken = (change: (manifest: Json) => void): string => {
  const manifest = structuredClone(tinyManifest()) as Json;
  change(manifest);
  return JSON.stringify(manifest);
};

describe('parseManifest', () => {
  it('accepts a manifest whose parts fit', () => {
    expect(parseManifest(JSON.stringify(tinyManifest()), 'model.json').name).toBe('tiny');
  });

  const cases: [string, string, RegExp][] = [
    ['text that is not JSON', '{', /^model\.json is not valid JSON\.$/],
    [
      'a newer format',
      broken((m) => Object.assign(m, { format: 2 })),
      /has format 2, but this version of Lacuna reads format 1/,
    ],
    ['another family', broken((m) => Object.assign(m.architecture, { family: 'gpt-9' })), /"architecture\.family"/],
    [
      'a gap between segments',
      broken((m) => Object.assign(m.segments[1]!, { from: 3 })),
      /the segments do not follow one another at 3/,
    ],
    ['missing layers', broken((m) => m.segments.pop()), /the segments end at 2 instead of 4/],
    ['a head too short', broken((m) => Object.assign(m.head[0]!, { to: 9 })), /the head parts end at 9 instead of 10/],
    [
      'an embedding of another shape',
      broken((m) => Object.assign(m.embedding[0]!.weights, { bytes: 79 })),
      /79 bytes instead of 80/,
    ],
    [
      'a file outside the folder',
      broken((m) => Object.assign(m.segments[0]!, { file: '../x.onnx' })),
      /not a plain file name/,
    ],
    [
      'a file that is not listed',
      broken((m) => delete (m.files as Record<string, unknown>)['head.onnx']),
      /"head\.onnx" is not listed/,
    ],
  ];
  for (const [name, text, message] of cases) {
    it(`says in one sentence what is wrong with ${name}`, () => {
      expect(() => parseManifest(text, 'model.json')).toThrow(message);
    });
  }
});

describe('a model folder', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lacuna-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is refused without model.json, with a missing, a cut and a changed file', async () => {
    await expect(readManifest(folder)).rejects.toThrow(/no readable model\.json/);
    const manifest = tinyManifest();
    await writeFile(join(folder, 'model.json'), JSON.stringify(manifest));
    await expect(readManifest(folder)).rejects.toThrow(/segment-0\.onnx is missing/);
    for (const file of Object.keys(manifest.files)) await writeFile(join(folder, file), 'x');
    await writeFile(join(folder, 'head.bin'), '');
    await expect(readManifest(folder)).rejects.toThrow(/head\.bin has 0 bytes instead of 1: it is cut/);
    await writeFile(join(folder, 'head.bin'), 'y');
    const read = await readManifest(folder);
    await expect(verifyChecksums(folder, read)).rejects.toThrow(/is damaged: its SHA-256/);
  });
});
