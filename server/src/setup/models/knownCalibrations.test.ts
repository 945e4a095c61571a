// A model whose weights were measured beforehand is calibrated from the start, and no other one.

import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { readRecalibration } from '../../model/index.js';
import { nameInCalibrations, readCalibration } from '../holesData.js';
import { adoptCalibration } from './knownCalibrations.js';

const shipped = fileURLToPath(new URL('../../../../models/calibrated', import.meta.url));
const names = readdirSync(shipped);
const base = mkdtempSync(join(tmpdir(), 'lacuna-known-'));
afterAll(() => rmSync(base, { recursive: true }));

const madeOf = JSON.parse(readFileSync(join(shipped, names[0]!, 'madeOf.json'), 'utf8')) as {
  source: object;
  quantisation: object;
};
let folder: string;
const model = (changes: object = {}): void =>
  writeFileSync(
    join(folder, 'model.json'),
    JSON.stringify({ name: 'mine', ...madeOf, source: { file: 'mine.gguf', ...madeOf.source }, ...changes }),
  );
beforeEach(() => {
  folder = mkdtempSync(join(base, 'model-'));
  model();
});

it.each(names)('%s holds for this version of Lacuna', async (name) => {
  model(JSON.parse(readFileSync(join(shipped, name, 'madeOf.json'), 'utf8')) as object);
  expect(await adoptCalibration(folder, shipped)).toBe(true);
  expect(await readRecalibration(folder)).toMatchObject({ source: 'training' });
  const holes = await readCalibration(folder, undefined);
  expect(holes.model).toBe(await nameInCalibrations(folder));
});

it.each([
  ['of another file', { source: { file: 'mine.gguf', sha256: 'other' } }],
  ['rounded in another way', { quantisation: { ...madeOf.quantisation, bits: 3 } }],
])('nothing is taken for a model %s', async (_, changes) => {
  model(changes);
  expect(await adoptCalibration(folder, shipped)).toBe(false);
  expect(readdirSync(folder)).toEqual(['model.json']);
});

it('nothing is taken that was measured with another controller, nor where nothing was measured', async () => {
  const known = join(base, 'known');
  cpSync(join(shipped, names[0]!), join(known, 'one'), { recursive: true });
  const file = join(known, 'one', 'recalibration.json');
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), controller: 'other' }));
  expect(await adoptCalibration(folder, known)).toBe(false);
  expect(await adoptCalibration(folder, join(base, 'nowhere'))).toBe(false);
  expect(readdirSync(folder)).toEqual(['model.json']);
});

it("the user's own stays", async () => {
  writeFileSync(join(folder, 'recalibration.json'), 'mine');
  mkdirSync(join(folder, 'holes'));
  expect(await adoptCalibration(folder, shipped)).toBe(true);
  expect(readFileSync(join(folder, 'recalibration.json'), 'utf8')).toBe('mine');
  expect(existsSync(join(folder, 'holes', 'calibration.json'))).toBe(false);
});
