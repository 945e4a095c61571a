// Names inside trained files that the code has other words for. Files keep theirs until the next training, which writes the
// code's words; then this table goes.

/** Our word, and what exits.json and the controller's graph call it. */
export const trainedNames = {
  /** The controller with its calibration and certificate. */
  estimator: 'judgement',
  /** Where a line is less likely right than this while it is written, decoding stops. */
  earlyStopBelow: 'goOn',
  /** The graph's output: log-odds that a token may exit. */
  exit: 'leave',
} as const;
