// When a token may leave between two segments. Policies are pure functions of an exit's signals.

/** What is known of a pass after a segment. */
export interface ExitSignals {
  /** Layers computed so far. */
  readonly layer: number;
  /** Hidden states there of the tokens of this pass, [count, hidden]. */
  readonly hidden: Float32Array;
}

export type ExitPolicy = (signals: ExitSignals) => 'continue' | 'exit';

/** Every token goes through all layers. */
export const neverExit: ExitPolicy = () => 'continue';
