// What the network says of a conflict, as further columns of the candidates' table: how likely each way of resolving is,
// and how likely the ways are by which a candidate came about.

import { featureColumns, type FeatureColumn } from './features/table.js';

/** The table's columns that tell the ways of a candidate, in the order of the network's second output. */
const wayColumns = featureColumns.flatMap(({ name }, column) => (name.startsWith('way.') ? [{ name, column }] : []));

/** The nine patterns on tokens, in the order of the network's first output. */
const patternWays = wayColumns.flatMap(({ name }, way) =>
  name.startsWith('way.token.') && !/\.(merge|mixed)$/.test(name) ? [way] : [],
);

export const networkColumns: readonly FeatureColumn[] = [
  { name: 'network.own', group: 'network' },
  { name: 'network.ownPattern', group: 'network' },
  { name: 'network.ownToBest', group: 'network' },
  ...wayColumns.map(({ name }): FeatureColumn => ({ name: `network.${name}`, group: 'sides' })),
];

/** A logarithm that stands for "not at all". */
const LEAST = -12;

export interface NetworkOutput {
  /** Logits of the nine patterns on tokens. */
  readonly patterns: Float32Array;
  /** Logits of all ways. */
  readonly ways: Float32Array;
}

/**
 * Appends the network's columns to a table of features.
 * @param table [rows, featureColumns], the last row standing for "none of these"
 * @returns [rows, featureColumns + networkColumns]
 */
export function withNetwork(table: Float32Array, { patterns, ways }: NetworkOutput): Float32Array {
  const width = featureColumns.length;
  const wide = width + networkColumns.length;
  const rows = table.length / width;
  const result = new Float32Array(rows * wide);
  const logWays = logSoftmax(ways);
  const logPatterns = logSoftmax(patterns);
  let best = LEAST;
  for (let row = 0; row < rows; row++) {
    const features = table.subarray(row * width, (row + 1) * width);
    const at = row * wide;
    result.set(features, at);
    const came = wayColumns.map(({ column }) => features[column]! > 0.5);
    const own = logSum(logWays.filter((_, way) => came[way]));
    result[at + width] = own;
    result[at + width + 1] = logSum(logPatterns.filter((_, pattern) => came[patternWays[pattern]!]));
    best = Math.max(best, own);
    for (const [way, log] of logWays.entries()) result[at + width + 3 + way] = Math.max(LEAST, log);
  }
  for (let row = 0; row < rows; row++) result[row * wide + width + 2] = result[row * wide + width]! - best;
  return result;
}

function logSoftmax(logits: Float32Array): number[] {
  const values = [...logits];
  const most = Math.max(...values);
  const log = most + Math.log(values.reduce((sum, value) => sum + Math.exp(value - most), 0));
  return values.map((value) => value - log);
}

function logSum(logs: readonly number[]): number {
  if (logs.length === 0) return LEAST;
  return Math.max(LEAST, Math.log(logs.reduce((sum, log) => sum + Math.exp(log), 0)));
}
