// Early exit: when a pass may end between two segments, and which of its rows are decided before the last layer.

/** What is known of a pass after a segment. */
export interface ExitSignals {
  /** Layers computed so far. */
  readonly layer: number;
  /** Tokens of this pass: the chosen one, then drafted ones. */
  readonly ids: readonly number[];
  /** Their hidden states there, [ids, hidden]. */
  readonly hidden: Float32Array;
}

/** What a row was decided by: in place of what the last layer and the head give. */
export interface EarlyRow {
  /** Over the first tokens of the vocabulary, the shortlist. */
  readonly logits: Float32Array;
  /** The state as the last layer would give it, [hidden]. */
  readonly hidden: Float32Array;
  readonly layer: number;
}

export interface ExitPolicy {
  /** Asked after every segment but the last; true exits, when every row that counts is decided. */
  exits(signals: ExitSignals): Promise<boolean> | boolean;
  /** Rows of the last pass that were decided early, by their number. */
  readonly decided: ReadonlyMap<number, EarlyRow>;
}

/** Every token goes through all layers. */
export const neverExit: ExitPolicy = { exits: () => false, decided: new Map() };
