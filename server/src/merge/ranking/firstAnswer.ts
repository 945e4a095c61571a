// How likely the first answer is right. The trees that rank are fitted to conflicts as a whole, and of the surest answers
// they say least; further trees and small networks have learned from answers of rankers to repositories that those did not
// know, and add to the log odds.

import { sigmoid } from '../../common/sigmoid.js';
import type { FeatureColumn } from './features/table.js';

/** What they read behind the columns of the first answer's row. A side is 1 for ours and -1 for theirs. */
export const certaintyColumns: readonly string[] = [
  'first.logOdds',
  'first.lead',
  'none.logOdds',
  'first.side',
  'first.own',
  'first.merge',
  'first.joint',
];

const LEAST = 1e-4;

interface Scored {
  /** Row-major, a row for each candidate and one for "none of these". */
  readonly table: Float32Array;
  readonly columns: readonly FeatureColumn[];
  /** Of every row. */
  readonly probabilities: readonly number[];
}

/** @param order the candidates, the likeliest first; at least one */
export function certaintyRow({ table, columns, probabilities }: Scored, order: readonly number[]): Float32Array {
  const first = order[0]!;
  const row = table.subarray(first * columns.length, (first + 1) * columns.length);
  const valueOf = (name: string): number => row[columns.findIndex((column) => column.name === name)] ?? 0;
  const odds = logOdds(probabilities[first]!);
  const second = order[1] === undefined ? 0 : probabilities[order[1]]!;
  const side = Number(valueOf('way.line.ours') > 0.5) - Number(valueOf('way.line.theirs') > 0.5);
  return Float32Array.from([
    ...row,
    odds,
    odds - logOdds(second),
    logOdds(probabilities.at(-1)!),
    side,
    side * valueOf('own.lean'),
    valueOf('merge.siblings') > 0 ? side * valueOf('merge.lean') : 0,
    side * valueOf('joint.lean'),
  ]);
}

/** @param added what they say of the row */
export const firstProbability = (row: Float32Array, added: number): number =>
  sigmoid(row[row.length - certaintyColumns.length]! + added);

function logOdds(probability: number): number {
  const within = Math.min(Math.max(probability, LEAST), 1 - LEAST);
  return Math.log(within) - Math.log1p(-within);
}
