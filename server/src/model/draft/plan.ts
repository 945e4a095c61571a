// How many tokens to draft: as many as give the most tokens a millisecond, by what passes of each length cost on this
// machine and how often drafts of each kind were right lately. Whatever is chosen, the output is the same.

/** Milliseconds of a pass by its number of rows, relative to one row: where nothing was measured yet. */
const FIRST_COSTS = [1, 1, 1.35, 1.35, 1.7, 1.7, 2.1, 2.1] as const;

/** Longest draft; a pass has one row more. */
export const MOST_DRAFTED = FIRST_COSTS.length - 1;

/** Weight of a new observation. */
const RATE = 0.05;

/** A pass that took so many times what was expected was disturbed by something else, and is not learned from. */
const DISTURBED = 3;

export interface Plan {
  /** How many drafted tokens to verify, given the probability that each is right if those before it are. */
  lengthOf(probabilities: readonly number[]): number;
  /** The running share of right tokens of a kind of draft; `prior` where few were seen. */
  acceptance(kind: string, prior: number): number;
  observeToken(kind: string, prior: number, isRight: boolean): void;
  observePass(rows: number, ms: number): void;
}

export function createPlan(): Plan {
  /** Milliseconds of a pass by rows less one, as far as measured. */
  const costs: (number | undefined)[] = [];
  const accepted = new Map<string, number>();

  const costOf = (rows: number): number => {
    const known = costs[rows - 1];
    if (known !== undefined) return known;
    // From what is known of other lengths, by the usual relation of the two.
    const other = costs.findIndex((cost) => cost !== undefined);
    const scale = other === -1 ? 1 : costs[other]! / FIRST_COSTS[other]!;
    return scale * FIRST_COSTS[rows - 1]!;
  };

  return {
    lengthOf(probabilities) {
      let [best, bestRate] = [0, 1 / costOf(1)];
      let [reached, tokens] = [1, 1];
      for (const [i, probability] of probabilities.slice(0, MOST_DRAFTED).entries()) {
        reached *= probability;
        tokens += reached;
        const rate = tokens / costOf(i + 2);
        if (rate > bestRate) [best, bestRate] = [i + 1, rate];
      }
      return best;
    },
    acceptance: (kind, prior) => accepted.get(kind) ?? prior,
    observeToken(kind, prior, isRight) {
      const before = accepted.get(kind) ?? prior;
      accepted.set(kind, before + RATE * (Number(isRight) - before));
    },
    observePass(rows, ms) {
      if (rows > FIRST_COSTS.length) return;
      const before = costs[rows - 1];
      if (before === undefined) costs[rows - 1] = ms;
      else if (ms < DISTURBED * before) costs[rows - 1] = before + RATE * (ms - before);
    },
  };
}

/**
 * A plan that learns nothing and leaves lengths to whoever asks: for rows that are equal up to rounding only, where what is
 * drafted must not depend on how long passes take.
 */
export const steadyPlan: Plan = {
  lengthOf: ({ length }) => length,
  acceptance: (_kind, prior) => prior,
  observeToken: () => undefined,
  observePass: () => undefined,
};
