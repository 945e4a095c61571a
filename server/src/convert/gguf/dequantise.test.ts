import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { dequantisers } from './dequantise.js';
import { tensorTypes } from './tensorTypes.js';

type Golden = Readonly<Record<string, { readonly bytes: string; readonly numbers: string }>>;

const file = new URL('../../../test/fixtures/gguf/blocks.json', import.meta.url);
const golden = JSON.parse(readFileSync(file, 'utf8')) as Golden;

it.each(Object.entries(golden))('%s gives the numbers of gguf-py, bit by bit', (name, { bytes, numbers }) => {
  const given = Buffer.from(bytes, 'base64');
  const wanted = Buffer.from(numbers, 'base64');
  const type = [...tensorTypes.values()].find((one) => one.name === name)!;
  const out = new Float32Array(wanted.length / 4);
  expect(given.length).toBe((out.length / type.block) * type.bytes);
  dequantisers[name]!(given, out.length / type.block, out);
  expect(Buffer.from(out.buffer).equals(wanted)).toBe(true);
});

it('knows every type that it reads by its sizes', () => {
  const sized = new Set([...tensorTypes.values()].map(({ name }) => name));
  expect(Object.keys(dequantisers).filter((name) => !sized.has(name))).toEqual([]);
  expect(Object.keys(golden).length).toBe(Object.keys(dequantisers).length - 1);
});
