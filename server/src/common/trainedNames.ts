// Names inside trained files that the code has other words for. Files keep theirs until the next training, which writes the
// code's words; then this table goes. The names of features and columns are the same in both, and older than some of our words:
// a feature `departuresInside` is about branches, and a column `own.lean` about the side preference.

/** Our word, and what it is called in the file that is named. */
export const trainedNames = {
  /** exits.json: the controller with its recalibration and certificate. */
  estimator: 'judgement',
  /** exits.json: where a line is less likely right than this while it is written, decoding stops. */
  earlyStopBelow: 'goOn',
  /** The controller's graph: log-odds that a token may exit early. */
  exit: 'leave',
  /** calibration.json: design effects of misses, and of those among what is offered. */
  designEffect: 'spread',
  offeredDesignEffect: 'offeredSpread',
  /** model.json of the merge ranker: graphs and columns of the side preference. */
  sidePreference: 'sides',
} as const;
