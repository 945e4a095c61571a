// What `eval edits` reports of its items. Pure: results in, figures out.

import {
  areaUnderCurve,
  expectedCalibrationError,
  groupBy,
  mean,
  percentiles,
  type Scored,
  share,
  thresholdKeeping,
} from './statistics.js';

/** One item, after the model answered; --out writes these. */
export interface EditResult {
  readonly id: string;
  readonly repo: string;
  readonly language: string;
  readonly kind: string;
  readonly generated: string;
  readonly target: string;
  readonly right: boolean;
  /** Sum over the line's tokens, the line end included. */
  readonly logProbability: number;
  readonly promptTokens: number;
  readonly tokens: number;
  /** Tokens that a draft proposed. */
  readonly drafted: number;
  readonly layersPerToken: number;
  readonly promptMs: number;
  readonly decodeMs: number;
  readonly ms: number;
}

/** Share of the right lines that the stop rule has to keep. */
const KEPT_RIGHT = 0.95;

export type EditsReport = ReturnType<typeof reportEdits>;

/** @param minimumProbability the least probability (0-1) with which the editor shows a suggestion */
export function reportEdits(results: readonly EditResult[], minimumProbability: number) {
  const scores = (of: readonly EditResult[]) => {
    const shown = of.filter((result) => Math.exp(result.logProbability) >= minimumProbability);
    return {
      n: of.length,
      exactLine: share(of, isRight),
      shown: of.length === 0 ? undefined : shown.length / of.length,
      precisionShown: share(shown, isRight),
    };
  };
  const by = (keyOf: (result: EditResult) => string) =>
    Object.fromEntries([...groupBy(results, keyOf)].map(([key, of]) => [key, scores(of)]));
  const tokens = results.reduce((sum, result) => sum + result.tokens, 0);
  const layers = results.reduce((sum, result) => sum + result.tokens * result.layersPerToken, 0);
  return {
    ...scores(results),
    byLanguage: by(({ language }) => language),
    byKind: by(({ kind }) => kind),
    byRepository: by(({ repo }) => repo),
    minimumProbability,
    stop: reportStop(results),
    ece: expectedCalibrationError(
      results.map(({ logProbability, right }) => ({ score: Math.exp(logProbability), right })),
    ),
    layersPerToken: tokens === 0 ? undefined : layers / tokens,
    draftedShare: tokens === 0 ? undefined : results.reduce((sum, result) => sum + result.drafted, 0) / tokens,
    tokens: mean(results.map((result) => result.tokens)),
    promptTokens: mean(results.map(({ promptTokens }) => promptTokens)),
    decodeMs: mean(results.map(({ decodeMs }) => decodeMs)),
    promptMs: mean(results.map(({ promptMs }) => promptMs)),
    msPerItem: percentiles(results.map(({ ms }) => ms)),
  };
}

/**
 * How well the sum of log-probabilities separates right from wrong lines, and what a threshold on it would keep and drop.
 * No calibrated threshold ships yet, so it is taken from the evaluated items themselves, which flatters it a little.
 */
function reportStop(results: readonly EditResult[]) {
  const scored: Scored[] = results.map(({ logProbability, right }) => ({ score: logProbability, right }));
  const threshold = thresholdKeeping(scored, KEPT_RIGHT);
  const reaches = ({ score }: Scored): boolean => threshold !== undefined && score >= threshold;
  return {
    auc: areaUnderCurve(scored),
    keptRight: share(
      scored.filter(({ right }) => right),
      reaches,
    ),
    droppedWrong:
      threshold === undefined
        ? undefined
        : share(
            scored.filter(({ right }) => !right),
            (line) => !reaches(line),
          ),
    threshold: { logProbability: threshold, from: 'evaluated data' },
  };
}

function isRight({ right }: EditResult): boolean {
  return right;
}
