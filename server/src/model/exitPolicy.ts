// When a pass may leave between two segments. A policy is asked about every segment but the last.

/** What is known of a pass after a segment. */
export interface ExitSignals {
  /** Layers computed so far. */
  readonly layer: number;
  /** Tokens of this pass: the chosen one, then drafted ones. */
  readonly ids: readonly number[];
  /** Their hidden states there, [ids, hidden]. */
  readonly hidden: Float32Array;
}

/** What a row leaves with: in place of what the last layer and the head would give. */
export interface EarlyRow {
  /** Over the first tokens of the vocabulary, the shortlist. */
  readonly logits: Float32Array;
  /** The state as the last layer would give it, [hidden]. */
  readonly hidden: Float32Array;
}

/** The rows to leave with, or undefined to go on; rows behind a refuted draft may be missing. */
export type ExitPolicy = (signals: ExitSignals) => Promise<readonly EarlyRow[] | undefined> | undefined;

/** Every token goes through all layers. */
export const neverExit: ExitPolicy = () => undefined;
