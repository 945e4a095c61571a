// The columns that the product computes of a conflict against those that training computed (models/build/golden), and the
// trees that ship against what LightGBM says of them.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recalibrateProbability, type RecalibrationLine } from '../src/merge/ranking/recalibration.js';
import { withNetwork } from '../src/merge/ranking/classify.js';
import { certaintyRow, firstProbability } from '../src/merge/ranking/firstAnswer.js';
import { createSidePreference } from '../src/merge/ranking/sidePreference.js';
import { columnsFor } from '../src/merge/ranking/rankerDescription.js';
import { softmax } from '../src/merge/ranking/softmax.js';
import type { ConflictTexts } from '../src/merge/types.js';
import { openSmallGraph } from '../src/model/runtime/session.js';

type Rows = readonly (readonly number[])[];

interface Golden {
  readonly columns: readonly string[];
  readonly softmax: { readonly scores: readonly number[]; readonly probabilities: readonly number[] };
  readonly network: readonly {
    readonly table: Rows;
    readonly patterns: readonly number[];
    readonly ways: readonly number[];
    /** Those that come behind the table's. */
    readonly columns: Rows;
  }[];
  readonly leaning: readonly {
    readonly scores: Rows;
    readonly joint: readonly number[];
    readonly values: readonly number[];
  }[];
  readonly certainty: readonly {
    readonly table: Rows;
    readonly probabilities: readonly number[];
    readonly row: readonly number[];
    readonly added: number;
    readonly probability: number;
  }[];
  readonly calibration: { readonly line: RecalibrationLine; readonly raw: number[]; readonly confidence: number[] };
  readonly trees: { readonly rows: Rows; readonly scores: Rows };
  readonly sides: { readonly rows: Rows; readonly scores: Rows };
}

const file = new URL('fixtures/golden/mergeColumns.json', import.meta.url);
const golden = JSON.parse(readFileSync(file, 'utf8')) as Golden;
const columns = columnsFor({ encoder: null, sides: { trees: '', joint: '', columns: [] } });

function expectNear(ours: ArrayLike<number>, theirs: readonly number[], digits: number): void {
  expect(ours).toHaveLength(theirs.length);
  for (const [index, value] of theirs.entries()) expect(ours[index]).toBeCloseTo(value, digits);
}

it('has the columns of the ranker that ships', () => {
  expect(columns.map(({ name }) => name)).toEqual(golden.columns);
});

it('makes probabilities of scores as training does', () => {
  expectNear(softmax(Float32Array.from(golden.softmax.scores)), golden.softmax.probabilities, 7);
});

it.each(golden.network)('appends what the network says as training does (%#)', (given) => {
  const { table, patterns, ways, columns: further } = given;
  const output = { patterns: Float32Array.from(patterns), ways: Float32Array.from(ways) };
  const wide = withNetwork(Float32Array.from(table.flat()), output);
  const wanted = table.flatMap((row, index) => [...row, ...further[index]!]);
  expectNear(wide, wanted, 4);
});

it.each(golden.leaning)('says which side a merge prefers as training does (%#)', async (given) => {
  const { scores, joint, values } = given;
  const conflicts = scores.map((_, index): ConflictTexts => ({ ours: `${index}`, theirs: '', base: '' }));
  let asked = 0;
  const read = createSidePreference({ trees: 'trees', joint: 'joint' }, (graph, feeds) => {
    const [batch, conflictsSeen] = feeds['features']!.dims;
    const rows = graph === 'joint' ? [joint] : scores.slice(asked, (asked += batch!));
    const dims = graph === 'joint' ? [1, conflictsSeen!, 2] : [batch!, 2];
    return Promise.resolve({ scores: { data: Float32Array.from(rows.flat()), dims } });
  });
  const sidePreference = await read(conflicts[0]!, conflicts.slice(1), new AbortController().signal);
  expectNear(sidePreference.values, values, 6);
});

it.each(golden.certainty)('describes a first answer, and says how sure it is, as training does (%#)', (given) => {
  const { table, probabilities, row, added, probability } = given;
  const order = table
    .slice(0, -1)
    .map((_, index) => index)
    .sort((left, right) => probabilities[right]! - probabilities[left]!);
  const ours = certaintyRow({ table: Float32Array.from(table.flat()), columns, probabilities }, order);
  expectNear(ours, row, 4);
  expect(firstProbability(ours, added)).toBeCloseTo(probability, 6);
});

it('makes confidence of a probability as training does', () => {
  const { line, raw, confidence } = golden.calibration;
  expectNear(
    raw.map((probability) => recalibrateProbability(line, probability)),
    confidence,
    9,
  );
});

describe.each(['trees', 'sides'] as const)('the graph %s that ships', (name) => {
  it('gives what LightGBM gives of its trees', async () => {
    const graph = await openSmallGraph(join(import.meta.dirname, `../../models/lacuna-merge/${name}.onnx`));
    try {
      const { rows, scores } = golden[name];
      const dims = [rows.length, rows[0]!.length];
      const found = await graph.run({ features: { data: Float32Array.from(rows.flat()), dims } });
      expectNear(found['scores']!.data, scores.flat(), 4);
    } finally {
      await graph.release();
    }
  });
});
