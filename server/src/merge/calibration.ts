// From the probability that the ranker gives to the one that is shown: a line through a few points, fitted on repositories
// that the ranker was not trained on.

export type CalibrationLine = readonly (readonly [raw: number, calibrated: number])[];

/** The calibrated probability; the line rises, so that the order of candidates stays. */
export function calibrate(line: CalibrationLine, raw: number): number {
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
