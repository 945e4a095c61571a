// The trained ranker: features of every candidate and what the network says of the conflict go to boosted trees, whose
// scores compete with each other and with "none of these". Graphs are run by whoever is asked to; this room loads nothing.

import { calibrateAll } from './calibration.js';
import { withNetwork } from './classify.js';
import { encodeConflict, SEQUENCE_LENGTH, SEQUENCES } from './encode.js';
import type { FeatureGroup } from './features/candidateFeatures.js';
import { type FeatureColumn, featureTable } from './features/table.js';
import { columnsFor, type RankerDescription } from './rankerDescription.js';
import { signalOf } from './signals.js';
import type { Contribution, MergeProblem, RankedCandidate, Ranker } from './types.js';

/** Numbers with a shape; what the model room's graphs take and give. */
export interface Numbers {
  readonly data: Float32Array | Int32Array;
  readonly dims: readonly number[];
}

/** Runs a graph of the ranker's folder. */
export type RunGraph = (
  file: string,
  feeds: Readonly<Record<string, Numbers>>,
) => Promise<Readonly<Record<string, Numbers>>>;

/** Candidates that are told why they stand where they stand. */
const EXPLAINED = 3;
const CONTRIBUTIONS = 4;

export function createTrainedRanker(description: RankerDescription, run: RunGraph): Ranker {
  const columns = columnsFor(description);
  const score = async (table: Float32Array): Promise<Float32Array> => {
    const feeds = { features: { data: table, dims: [table.length / columns.length, columns.length] } };
    const { scores } = await run(description.trees, feeds);
    return scores!.data as Float32Array;
  };
  return {
    async rank(problem, signal) {
      signal.throwIfAborted();
      const table = await describeAll(problem, description, run);
      signal.throwIfAborted();
      const scores = await score(table);
      const probabilities = softmax(scores);
      const order = problem.candidates
        .map((_, index) => index)
        .sort((left, right) => probabilities[right]! - probabilities[left]!);
      const confidences = calibrateAll(
        description.calibration,
        order.map((index) => probabilities[index]!),
      );
      signal.throwIfAborted();
      const reasons = await weighGroups({ table, columns, scores }, order.slice(0, EXPLAINED), score);
      return order.map((index, place): RankedCandidate => ({
        candidate: problem.candidates[index]!,
        confidence: confidences[place]!,
        contributions: reasons[place] ?? [],
      }));
    },
  };
}

async function describeAll(
  problem: MergeProblem,
  { encoder }: RankerDescription,
  run: RunGraph,
): Promise<Float32Array> {
  if (encoder === null) return featureTable(problem);
  const { tokens, edits } = encodeConflict(problem.input);
  const places = usedPlaces(tokens);
  const dims = [1, SEQUENCES, places];
  const output = run(encoder, {
    tokens: { data: narrow(tokens, places), dims },
    edits: { data: narrow(edits, places), dims },
  });
  // The table is made while the network computes in its own thread.
  const table = featureTable(problem);
  const { patterns, ways } = await output;
  return withNetwork(table, { patterns: patterns!.data as Float32Array, ways: ways!.data as Float32Array });
}

/** Places up to the last that any sequence uses: behind it all is padding. */
function usedPlaces(tokens: Int32Array): number {
  let used = 1;
  for (const [at, token] of tokens.entries()) if (token !== 0) used = Math.max(used, (at % SEQUENCE_LENGTH) + 1);
  return used;
}

function narrow(values: Int32Array, places: number): Int32Array {
  const narrowed = new Int32Array(SEQUENCES * places);
  for (let sequence = 0; sequence < SEQUENCES; sequence++) {
    const at = sequence * SEQUENCE_LENGTH;
    narrowed.set(values.subarray(at, at + places), sequence * places);
  }
  return narrowed;
}

function softmax(scores: Float32Array): number[] {
  const most = Math.max(...scores);
  const weights = [...scores].map((value) => Math.exp(value - most));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

interface Scored {
  readonly table: Float32Array;
  readonly columns: readonly FeatureColumn[];
  readonly scores: Float32Array;
}

/**
 * How much each group of features moved a candidate: its score is compared with what it would be if the candidate were in
 * this respect like the mean of the conflict's candidates.
 */
async function weighGroups(
  { table, columns, scores }: Scored,
  chosen: readonly number[],
  score: (table: Float32Array) => Promise<Float32Array>,
): Promise<Contribution[][]> {
  const width = columns.length;
  const groups = [...new Set(columns.map(({ group }) => group))].filter((group) => group !== 'sides');
  const candidates = table.length / width - 1;
  if (candidates < 2) return [];
  const mean = new Float32Array(width);
  for (let row = 0; row < candidates; row++)
    for (let i = 0; i < width; i++) mean[i]! += table[row * width + i]! / candidates;
  const changed = new Float32Array(chosen.length * groups.length * width);
  const places: { readonly place: number; readonly group: FeatureGroup; readonly index: number }[] = [];
  for (const [place, index] of chosen.entries()) {
    for (const group of groups) {
      const at = places.length * width;
      changed.set(table.subarray(index * width, (index + 1) * width), at);
      for (let i = 0; i < width; i++) if (columns[i]!.group === group) changed[at + i] = mean[i]!;
      places.push({ place, group, index });
    }
  }
  const without = await score(changed);
  const reasons: Contribution[][] = chosen.map(() => []);
  for (const [i, { place, group, index }] of places.entries()) {
    const weight = scores[index]! - without[i]!;
    reasons[place]!.push({ signal: signalOf(group, weight > 0), weight });
  }
  return reasons.map((of) =>
    of.sort((left, right) => Math.abs(right.weight) - Math.abs(left.weight)).slice(0, CONTRIBUTIONS),
  );
}
