// The exit policy of the mode `certified`: a pass leaves after a layer where the controller is sure enough, for every row
// that counts, that the full model would choose the same token. Sure enough is what the certificate was made for.

import { chooseTop } from './distribution.js';
import type { EarlyRow, ExitPolicy, ExitSignals } from './exitPolicy.js';
import type { Exits } from './exits.js';
import type { Chosen, LineSignals } from './signals.js';
import type { Tokenizer } from './tokenizer.js';

const TOP = 5;

/** What the policy needs to know of the line, asked for before each pass. */
export interface LineState {
  /** The signals of the line up to the token that a pass begins with. */
  readonly signals: LineSignals;
  /** False while the prefix is spelled again, which needs the whole vocabulary. */
  readonly mayLeave: boolean;
}

export function createExitPolicy(
  exits: Exits,
  { certificate, network }: NonNullable<Exits['judge']>,
  tokenizer: Tokenizer,
  line: () => LineState,
): ExitPolicy {
  const { thresholds } = certificate;
  /** What the exit before chose for the rows of the same pass. */
  let before: { readonly ids: readonly number[]; readonly best: readonly number[] } | undefined;

  const decide = async (
    { layer, ids, hidden }: ExitSignals,
    threshold: number | null,
    signals: LineSignals,
  ): Promise<readonly EarlyRow[] | undefined> => {
    const width = hidden.length / ids.length;
    const adapted = await exits.adapt(layer, hidden, ids.length);
    const logits = await exits.shortlist.logits(adapted, ids.length);
    const { tokens } = exits.shortlist;
    const rows = ids.map((_, row) => {
      const rowLogits = logits.subarray(row * tokens, (row + 1) * tokens);
      const early: EarlyRow = { logits: rowLogits, hidden: adapted.subarray(row * width, (row + 1) * width) };
      return { early, top: chooseTop(rowLogits, TOP) };
    });
    const earlier = before?.ids === ids ? before.best : undefined;
    before = { ids, best: rows.map(({ top }) => top[0]!.id) };
    if (threshold === null) return undefined;
    const left: EarlyRow[] = [];
    for (const [row, { early, top }] of rows.entries()) {
      const { id } = top[0]!;
      const chosen: Chosen = {
        top,
        bytes: tokenizer.bytes(id),
        isEnd: tokenizer.isSpecial(id),
        isForced: false,
        layer,
        agrees: earlier === undefined ? undefined : earlier[row] === id,
      };
      const { leave } = await network.judge(early.hidden, signals.of(chosen));
      if (leave < threshold) return undefined;
      left.push(early);
      // Behind a refuted draft nothing is of use.
      if (ids[row + 1] !== id) break;
      signals.push(chosen);
    }
    return left;
  };

  return (pass) => {
    const index = exits.layers.indexOf(pass.layer);
    const { signals, mayLeave } = line();
    if (index === -1 || !mayLeave) return undefined;
    return decide(pass, thresholds[index] ?? null, signals.clone());
  };
}
