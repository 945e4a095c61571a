// The trained ranker (a reranker of candidates): features of every candidate and what the network says of the conflict go to boosted trees, whose
// scores compete with each other and with "none of these"; further trees and networks say how sure the first answer is.
// Graphs are run by whoever is asked to; this room loads nothing.

import { recalibrateProbability, correct, shareOut } from './recalibration.js';
import { withNetwork } from './classify.js';
import { fileKindOf } from './fileKind.js';
import { encodeConflict, SEQUENCE_LENGTH, SEQUENCES } from './encode.js';
import { certaintyRow, firstProbability } from './firstAnswer.js';
import { featureTable } from './features/table.js';
import { createSidePreference, withSidePreference } from './sidePreference.js';
import { columnsFor, type RankerDescription } from './rankerDescription.js';
import { softmax } from './softmax.js';
import type { MergeProblem, RankedCandidate, Ranker, RunGraph } from '../types.js';
import { attribute } from './attribution.js';

/** Candidates that are told why they stand where they stand. */
const EXPLAINED = 3;

export function createTrainedRanker(description: RankerDescription, run: RunGraph): Ranker {
  const columns = columnsFor(description);
  const readSidePreference = description.sides === null ? undefined : createSidePreference(description.sides, run);
  const scoresOf = async (graph: string, table: Float32Array, width: number): Promise<Float32Array> => {
    const { scores } = await run(graph, { features: { data: table, dims: [table.length / width, width] } });
    return scores!.data as Float32Array;
  };
  const score = (table: Float32Array): Promise<Float32Array> => scoresOf(description.trees, table, columns.length);
  return {
    async rank(problem, signal) {
      signal.throwIfAborted();
      const { input } = problem;
      const sidePreference = await readSidePreference?.(input, input.siblings, signal);
      const described = await describeAll(problem, description, run);
      signal.throwIfAborted();
      const table =
        sidePreference === undefined
          ? described
          : withSidePreference(described, columns.length - sidePreference.values.length, sidePreference.values);
      const scores = await score(table);
      const probabilities = softmax(scores);
      const order = problem.candidates
        .map((_, index) => index)
        .sort((left, right) => probabilities[right]! - probabilities[left]!);
      if (order.length === 0) return [];
      const certainty = certaintyRow({ table, columns, probabilities }, order);
      const [added] = await scoresOf(description.certainty.graph, certainty, certainty.length);
      const confidences = shareOut(
        correct(
          description.corrections[fileKindOf(input.languageId)],
          recalibrateProbability(description.calibration, firstProbability(certainty, added!)),
        ),
        order.map((index) => probabilities[index]!),
      );
      signal.throwIfAborted();
      const reasons = await attribute({ table, columns, scores, sidePreference }, order.slice(0, EXPLAINED), score);
      return order.map((index, place): RankedCandidate => ({
        candidate: problem.candidates[index]!,
        confidence: confidences[place]!,
        attributions: reasons[place] ?? [],
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
