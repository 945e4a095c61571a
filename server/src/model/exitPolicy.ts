// When a token may leave between two segments. Policies are pure functions of an exit's signals.

/** What is known of a token after a segment. */
export interface ExitSignals {
  /** Layers computed so far. */
  readonly layer: number;
  /** The token's hidden state there. */
  readonly hidden: Float32Array;
}

export type ExitPolicy = (signals: ExitSignals) => 'continue' | 'exit';

/** Every token goes through all layers. */
export const neverExit: ExitPolicy = () => 'continue';
