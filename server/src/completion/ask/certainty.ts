// How sure a suggestion must be. The model brings calibrated thresholds for each word of the setting; a model without a
// controller is measured by the product of its tokens' probabilities, which only falls: a line that would not be shown is
// not written to its end.

import type { Certainty, Continuation, LanguageModel } from '../../model/index.js';

export interface CertaintyThresholds {
  /** The least probability (0-1) with which a suggestion is shown. */
  readonly shown: number;
  /** Where a line is less likely right than this while it is written, decoding stops. */
  readonly earlyStopBelow: number;
}

const everything: CertaintyThresholds = { shown: 0, earlyStopBelow: 0 };

const uncalibrated: Readonly<Record<Certainty, CertaintyThresholds>> = {
  eager: { shown: 0.05, earlyStopBelow: 0.05 },
  balanced: { shown: 0.15, earlyStopBelow: 0.15 },
  quiet: { shown: 0.4, earlyStopBelow: 0.4 },
};

/**
 * @param certainty `any` shows everything
 * @param leastShown a threshold of the user's own; decoding stops so much earlier as less is shown
 */
export function thresholdsOf(model: LanguageModel, certainty: Certainty | 'any', leastShown = 0): CertaintyThresholds {
  if (certainty === 'any') return everything;
  const { state } = model;
  const { shown, earlyStopBelow } =
    (state.kind === 'ready' ? state.thresholds : undefined)?.[certainty] ?? uncalibrated[certainty];
  if (leastShown <= shown) return { shown, earlyStopBelow };
  return { shown: leastShown, earlyStopBelow: shown === 0 ? earlyStopBelow : (earlyStopBelow * leastShown) / shown };
}

/**
 * Gives each token its share of the calibrated probability of the whole text, in proportion to its own. What is cut off
 * or typed along later takes its share with it.
 */
export function withRecalibratedTokens(continuation: Continuation): Continuation {
  const { probability, logProbability, tokens } = continuation;
  if (probability === undefined) return continuation;
  const recalibrated = Math.log(Math.max(probability, Number.MIN_VALUE));
  // Where the sum is all but zero, there is no proportion.
  const isFlat = logProbability > -1e-3;
  return {
    ...continuation,
    logProbability: recalibrated,
    tokens: tokens.map((token) => ({
      ...token,
      share: isFlat ? recalibrated / tokens.length : (token.logProbability * recalibrated) / logProbability,
    })),
  };
}
