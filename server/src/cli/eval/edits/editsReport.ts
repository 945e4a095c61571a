// What `eval edits` reports of its items. Pure: results in, figures out.

import * as z from 'zod';
import { groupBy } from '../../../common/groupBy.js';
import { reportModes } from '../modes.js';
import {
  areaUnderCurve,
  binsOfEqualSize,
  calibrationError,
  calibrationErrorByChance,
  mean,
  percentiles,
  reliabilityTable,
  type Scored,
  share,
  thresholdKeeping,
} from '../../../measure/statistics.js';

const token = z.object({
  id: z.number(),
  start: z.number(),
  end: z.number(),
  logProbability: z.number(),
  entropy: z.number(),
  layers: z.number(),
  drafted: z.enum(['prompt', 'reference', 'layer', 'both']).optional(),
  right: z.number().optional(),
});

const modeResult = z.object({
  mode: z.enum(['off', 'exact', 'certified']),
  same: z.boolean(),
  right: z.boolean(),
  tokens: z.number(),
  passes: z.number(),
  drafted: z.number(),
  layers: z.number(),
  decodeMs: z.number(),
});

/** One item, after the model answered; --out writes these, and --from reads them. */
export const editResult = z.object({
  id: z.string(),
  repo: z.string(),
  language: z.string(),
  kind: z.string(),
  generated: z.string(),
  target: z.string(),
  right: z.boolean(),
  /** Sum over the line's tokens, the line end included. */
  logProbability: z.number(),
  /** Calibrated probability that the line is right; missing for models without a controller. */
  probability: z.number().optional(),
  /** The line's tokens (GeneratedToken). */
  list: z.array(token),
  promptTokens: z.number(),
  tokens: z.number(),
  /** Tokens that a draft proposed. */
  drafted: z.number(),
  layersPerToken: z.number(),
  promptMs: z.number(),
  decodeMs: z.number(),
  ms: z.number(),
  modes: z.array(modeResult),
});
export type EditResult = z.infer<typeof editResult>;

/** Thresholds of one word of the setting. */
export interface CertaintyOption {
  readonly certainty: string;
  readonly shown: number;
  readonly earlyStopBelow: number;
}

/** The word whose threshold keeps 95 % of the right lines of the calibration data, and which is the default. */
const DEFAULT = 'balanced';
const KEPT_RIGHT = 0.95;

const RELIABILITY_BINS = 10;

export type EditsReport = ReturnType<typeof reportEdits>;

export function standardOf(certainties: readonly CertaintyOption[]): CertaintyOption {
  return certainties.find(({ certainty }) => certainty === DEFAULT)!;
}

export function reportEdits(results: readonly EditResult[], certainties: readonly CertaintyOption[]) {
  const standard = standardOf(certainties);
  const scores = (of: readonly EditResult[]) => {
    const shown = of.filter((result) => isShown(result, standard));
    const bins = binsOfEqualSize(of.map(scoredByProbability));
    return {
      n: of.length,
      exactLine: share(of, isRight),
      shown: of.length === 0 ? undefined : shown.length / of.length,
      precisionShown: share(shown, isRight),
      ece: calibrationError(bins),
      eceByChance: calibrationErrorByChance(bins),
    };
  };
  const by = (keyOf: (result: EditResult) => string) =>
    Object.fromEntries([...groupBy(results, keyOf)].map(([key, of]) => [key, scores(of)]));
  const tokens = results.reduce((sum, result) => sum + result.tokens, 0);
  const layers = results.reduce((sum, result) => sum + result.tokens * result.layersPerToken, 0);
  const scored = results.map(scoredByProbability);
  return {
    ...scores(results),
    byLanguage: by(({ language }) => language),
    byKind: by(({ kind }) => kind),
    byRepository: by(({ repo }) => repo),
    stop: reportStop(results, scored, standard.shown),
    certainties: Object.fromEntries(certainties.map((option) => [option.certainty, reportCertainty(results, option)])),
    reliability: reliabilityTable(scored, RELIABILITY_BINS),
    modes: reportModes(results),
    layersPerToken: tokens === 0 ? undefined : layers / tokens,
    draftedShare: tokens === 0 ? undefined : results.reduce((sum, result) => sum + result.drafted, 0) / tokens,
    tokens: mean(results.map((result) => result.tokens)),
    promptTokens: mean(results.map(({ promptTokens }) => promptTokens)),
    decodeMs: mean(results.map(({ decodeMs }) => decodeMs)),
    promptMs: mean(results.map(({ promptMs }) => promptMs)),
    msPerItem: percentiles(results.map(({ ms }) => ms)),
  };
}

/** How well the probability separates right from wrong lines, beside what the sum of log-probabilities alone does. */
function reportStop(results: readonly EditResult[], scored: readonly Scored[], threshold: number) {
  const plain = results.map(({ logProbability, right }) => ({ score: logProbability, right }));
  const ownThreshold = thresholdKeeping(plain, KEPT_RIGHT) ?? -Infinity;
  return {
    auc: areaUnderCurve(scored),
    keptRight: share(scored.filter(isRight), ({ score }) => score >= threshold),
    droppedWrong: share(scored.filter(isWrong), ({ score }) => score < threshold),
    threshold: { probability: threshold, from: 'the calibration data' },
    plain: {
      auc: areaUnderCurve(plain),
      droppedWrong: share(plain.filter(isWrong), ({ score }) => score < ownThreshold),
      threshold: { logProbability: ownThreshold, from: 'the evaluated data' },
    },
  };
}

/** What a word of the setting shows, and how much of the decoding it spares. */
function reportCertainty(results: readonly EditResult[], option: CertaintyOption) {
  const shown = results.filter((result) => isShown(result, option));
  const computed = results.reduce((sum, result) => sum + tokensUntilStop(result, option), 0);
  const all = results.reduce((sum, { list }) => sum + list.length, 0);
  return {
    shown: results.length === 0 ? undefined : shown.length / results.length,
    precisionShown: share(shown, isRight),
    keptRight: share(results.filter(isRight), (result) => isShown(result, option)),
    spared: all === 0 ? undefined : 1 - computed / all,
  };
}

/** Whether a line would have been suggested, and decoded to its end, at a certainty. */
export function isShown(result: EditResult, option: CertaintyOption): boolean {
  return tokensUntilStop(result, option) === result.list.length && scoredByProbability(result).score >= option.shown;
}

/** Tokens that are computed when decoding stops where the line is probably wrong. */
function tokensUntilStop({ list }: EditResult, { earlyStopBelow }: CertaintyOption): number {
  // A token that only spells the end of the prefix again stops nothing, and the last one has nothing behind it.
  const stop = list.findIndex(({ end, right }, i) => i < list.length - 1 && end > 0 && (right ?? 1) < earlyStopBelow);
  return stop === -1 ? list.length : stop + 1;
}

function scoredByProbability({ probability, logProbability, right }: EditResult): Scored {
  return { score: probability ?? Math.exp(logProbability), right };
}

function isRight({ right }: { readonly right: boolean }): boolean {
  return right;
}

function isWrong({ right }: { readonly right: boolean }): boolean {
  return !right;
}
