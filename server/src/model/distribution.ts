// Choosing a token from logits, and what is kept of the distribution for later rooms.

export interface Choice {
  readonly id: number;
  /** Natural logarithm of its probability among the allowed tokens. */
  readonly logProbability: number;
  /** Entropy over the allowed tokens, in nats. */
  readonly entropy: number;
}

/** Tokens that may be chosen; undefined allows all. */
export type Allowed = readonly number[] | undefined;

/** The most likely allowed tokens, best first; `allowed` must not be empty. */
export function chooseTop(logits: Float32Array, count: number, allowed?: Allowed): Choice[] {
  const best =
    allowed === undefined
      ? topOfAll(logits, count)
      : [...allowed].sort((a, b) => logits[b]! - logits[a]!).slice(0, count);
  const peak = logits[best[0]!]!;
  let sum = 0;
  let weighted = 0;
  const add = (logit: number): void => {
    const distance = logit - peak;
    // e^-25 is below the precision of the sum, and most tokens of a vocabulary are that unlikely.
    if (distance < -25) return;
    const weight = Math.exp(distance);
    sum += weight;
    weighted += weight * distance;
  };
  if (allowed === undefined) for (let id = 0; id < logits.length; id++) add(logits[id]!);
  else for (const id of allowed) add(logits[id]!);
  const logSum = Math.log(sum);
  const entropy = logSum - weighted / sum;
  return best.map((id) => ({ id, logProbability: logits[id]! - peak - logSum, entropy }));
}

function topOfAll(logits: Float32Array, count: number): number[] {
  const best: number[] = [];
  for (let id = 0; id < logits.length; id++) {
    const logit = logits[id]!;
    if (best.length === count && logit <= logits[best[count - 1]!]!) continue;
    let place = best.length;
    while (place > 0 && logit > logits[best[place - 1]!]!) place--;
    best.splice(place, 0, id);
    if (best.length > count) best.pop();
  }
  return best;
}
