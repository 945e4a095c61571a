// Choosing a token from logits, and what is kept of the distribution for later rooms.

export interface Choice {
  readonly id: number;
  /** Natural logarithm of its probability among the allowed tokens. */
  readonly logProbability: number;
  /** Entropy over the allowed tokens, in nats. */
  readonly entropy: number;
}

/** How many of the best choices are kept of a token; signals and records are made of them. */
export const TOP_CHOICES = 5;

/** Tokens that may be chosen; undefined allows all. */
export type Allowed = readonly number[] | undefined;

/**
 * Tokens so many nats behind the best one are left out of the sum. Most of a vocabulary is; all of it together would add
 * less than a thousandth.
 */
const NEGLIGIBLE = -18;

/** exp(-i / STEPS) for what is not negligible: read between two of them, it is right to two parts in a million. */
const STEPS = 256;
const EXPONENTIALS = Float64Array.from({ length: -NEGLIGIBLE * STEPS + 2 }, (_, i) => Math.exp(-i / STEPS));

/** The most likely allowed tokens, best first; `allowed` must not be empty. */
export function chooseTop(logits: Float32Array, count: number, allowed?: Allowed): Choice[] {
  const best =
    allowed === undefined
      ? topOfAll(logits, count)
      : [...allowed].sort((a, b) => logits[b]! - logits[a]!).slice(0, count);
  const peak = logits[best[0]!]!;
  let sum = 0;
  let weighted = 0;
  const length = allowed === undefined ? logits.length : allowed.length;
  // Written out as one plain loop: it runs over the whole vocabulary for every token.
  for (let i = 0; i < length; i++) {
    const distance = logits[allowed === undefined ? i : allowed[i]!]! - peak;
    if (distance < NEGLIGIBLE) continue;
    const place = -distance * STEPS;
    const step = Math.floor(place);
    const above = EXPONENTIALS[step]!;
    const weight = above + (place - step) * (EXPONENTIALS[step + 1]! - above);
    sum += weight;
    weighted += weight * distance;
  }
  const logSum = Math.log(sum);
  const entropy = logSum - weighted / sum;
  return best.map((id) => ({ id, logProbability: logits[id]! - peak - logSum, entropy }));
}

/** The natural logarithm of one token's probability among all. */
export function logProbabilityOf(id: number, logits: Float32Array): number {
  const [best] = chooseTop(logits, 1);
  return best!.logProbability + logits[id]! - logits[best!.id]!;
}

function topOfAll(logits: Float32Array, count: number): number[] {
  const best: number[] = [];
  /** The lowest logit among the best, once there are enough of them. */
  let least = -Infinity;
  for (let id = 0; id < logits.length; id++) {
    const logit = logits[id]!;
    if (logit <= least) continue;
    let place = best.length;
    while (place > 0 && logit > logits[best[place - 1]!]!) place--;
    best.splice(place, 0, id);
    if (best.length > count) best.pop();
    if (best.length === count) least = logits[best[count - 1]!]!;
  }
  return best;
}
