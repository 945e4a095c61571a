import { expect, test } from 'vitest';
import { certaintyColumns, certaintyRow, firstProbability } from './firstAnswer.js';

const names = ['way.line.ours', 'way.line.theirs', 'own.lean', 'merge.lean', 'merge.siblings', 'joint.lean'];
const columns = names.map((name) => ({ name, group: 'merge' as const }));
const ours = [1, 0, 0.5, -2, 1, 3];
const theirs = [0, 1, 0.5, -2, 1, 3];
const none = [-9, -9, 0.5, -2, 1, 3];
const table = Float32Array.from([...ours, ...theirs, ...none]);

const read = (row: Float32Array) =>
  Object.fromEntries([...names, ...certaintyColumns].map((name, at) => [name, row[at]!]));

test.each([
  ['ours', [0, 1], [0.7, 0.2, 0.1], { 'first.side': 1, 'first.own': 0.5, 'first.merge': -2, 'first.joint': 3 }],
  ['theirs', [1, 0], [0.2, 0.7, 0.1], { 'first.side': -1, 'first.own': -0.5, 'first.merge': 2, 'first.joint': -3 }],
])('what the siblings say is turned to the side of the answer: %s', (_name, order, probabilities, expected) => {
  const found = read(certaintyRow({ table, columns, probabilities }, order));
  expect(found).toMatchObject(expected);
  expect(found['first.logOdds']).toBeCloseTo(Math.log(0.7 / 0.3), 5);
  expect(found['first.lead']).toBeCloseTo(Math.log(0.7 / 0.3) - Math.log(0.2 / 0.8), 5);
  expect(found['none.logOdds']).toBeCloseTo(Math.log(0.1 / 0.9), 5);
});

test('the mark for no siblings is not taken for a number', () => {
  const alone = table.map((value, at) => (at % names.length === 3 ? -9 : at % names.length === 4 ? 0 : value));
  expect(read(certaintyRow({ table: alone, columns, probabilities: [0.7, 0.2, 0.1] }, [0, 1]))['first.merge']).toBe(0);
});

test('a candidate alone, and one that is sure, give numbers', () => {
  const alone = Float32Array.from([...ours, ...none]);
  const row = certaintyRow({ table: alone, columns, probabilities: [1, 0] }, [0]);
  expect(row.every(Number.isFinite)).toBe(true);
  expect(firstProbability(row, 0)).toBeCloseTo(1 - 1e-4, 6);
});

test('what is added moves the log odds', () => {
  const row = certaintyRow({ table, columns, probabilities: [0.5, 0.3, 0.2] }, [0, 1]);
  expect(firstProbability(row, Math.log(3))).toBeCloseTo(0.75, 6);
});
