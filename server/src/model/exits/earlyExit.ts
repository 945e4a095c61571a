// The exit policy of the mode `certified`: after each exit, a row is decided there where the controller is sure enough
// that the full model would choose the same token; sure enough is what the certificate was made for. Rows are decided in
// order, as they would be one by one, so that drafts change nothing. A pass exits when every row that counts is decided;
// where it goes on for the sake of a later row, the earlier ones are caught up on the way.

import { chooseTop, TOP_CHOICES } from '../tokens/distribution.js';
import type { EarlyRow, ExitPolicy, ExitSignals } from '../passes/exitPolicy.js';
import type { Exits } from './exits.js';
import type { Chosen, LineSignals } from './signals.js';
import type { Tokenizer } from '../tokens/tokenizer.js';

/** What the policy needs to know of the line, asked for before each pass. */
export interface LineState {
  /** The signals of the line up to the token that a pass begins with. */
  readonly signals: LineSignals;
  /** False while the prefix is spelled again, which needs the whole vocabulary. */
  readonly mayExit: boolean;
}

export function createExitPolicy(
  exits: Exits,
  { certificate, network }: NonNullable<Exits['estimator']>,
  tokenizer: Tokenizer,
  line: () => LineState,
): ExitPolicy {
  /** The pass that is under way, known by its list of tokens. */
  let pass: readonly number[] = [];
  const decided = new Map<number, EarlyRow>();
  /** The line up to the first row that is not decided. */
  let signals: LineSignals | undefined;
  /** What the exit before chose for each row. */
  let before: readonly number[] | undefined;

  const begin = (ids: readonly number[]): void => {
    pass = ids;
    decided.clear();
    const state = line();
    signals = state.mayExit ? state.signals.clone() : undefined;
    before = undefined;
  };

  /** Decides rows from the first undecided one on; true when none that counts is left. */
  const decide = async (
    { layer, ids, hidden }: ExitSignals,
    threshold: number | null,
    along: LineSignals,
  ): Promise<boolean> => {
    const width = hidden.length / ids.length;
    const { tokens } = exits.shortlist;
    const adapted = await exits.adapt(layer, hidden, ids.length);
    const logits = await exits.shortlist.logits(adapted, ids.length);
    const tops = ids.map((_, row) => chooseTop(logits.subarray(row * tokens, (row + 1) * tokens), TOP_CHOICES));
    const earlier = before;
    before = tops.map((top) => top[0]!.id);
    if (threshold === null) return false;
    for (let row = decided.size; row < ids.length; row++) {
      const top = tops[row]!;
      const { id } = top[0]!;
      const chosen: Chosen = {
        top,
        bytes: tokenizer.bytes(id),
        isEnd: tokenizer.isSpecial(id),
        isForced: false,
        layer,
        agrees: earlier === undefined ? undefined : earlier[row] === id,
      };
      const state = adapted.subarray(row * width, (row + 1) * width);
      const { exit } = await network.estimate(state, along.of(chosen));
      if (exit < threshold) return false;
      decided.set(row, { logits: logits.subarray(row * tokens, (row + 1) * tokens), hidden: state, layer });
      // Behind a refuted draft nothing is of use.
      if (ids[row + 1] !== id) return true;
      along.push(chosen);
    }
    return true;
  };

  return {
    decided,
    exits(here) {
      if (here.ids !== pass) begin(here.ids);
      const index = exits.layers.indexOf(here.layer);
      if (index === -1 || signals === undefined) return false;
      return decide(here, certificate.thresholds[index] ?? null, signals);
    },
  };
}
