// From the probability that the ranker gives to the one that is shown: a line through a few points, fitted on repositories
// that the ranker was not trained on.

import { sigmoid } from '../../common/sigmoid.js';

/** Probabilities are taken for no surer than this. */
const LEAST = 1e-4;

export type RecalibrationLine = readonly (readonly [raw: number, recalibrated: number])[];

/** The recalibrated probability; the line rises, so that the order of candidates stays. */
export function recalibrateProbability(line: RecalibrationLine, raw: number): number {
  let [fromRaw, from] = line[0]!;
  for (const [toRaw, to] of line) {
    if (raw <= toRaw) {
      return toRaw === fromRaw ? to : from + ((to - from) * (Math.max(raw, fromRaw) - fromRaw)) / (toRaw - fromRaw);
    }
    fromRaw = toRaw;
    from = to;
  }
  return from;
}

/** Bias and slope in log odds (Platt, 1999), fitted on repositories that the ranker was not trained on. */
export type Correction = readonly [bias: number, slope: number];

/** What the recalibrated probability comes to in files of one kind; it rises with the probability. */
export function correct([bias, slope]: Correction, probability: number): number {
  const within = Math.min(Math.max(probability, LEAST), 1 - LEAST);
  return sigmoid(bias + slope * (Math.log(within) - Math.log1p(-within)));
}

/**
 * Gives the first of a conflict's candidates its confidence. What it gains or loses by that is taken from or given to the
 * others in proportion, so that together they stay at most 1.
 * @param probabilities the highest first
 */
export function shareOut(confidence: number, probabilities: readonly number[]): number[] {
  const [first, ...others] = probabilities;
  if (first === undefined) return [];
  const rest = others.reduce((sum, probability) => sum + probability, 0);
  const left = rest + Math.max(0, 1 - first - rest);
  const factor = left === 0 ? 0 : (1 - confidence) / left;
  return [confidence, ...others.map((probability) => Math.min(confidence, probability * factor))];
}
