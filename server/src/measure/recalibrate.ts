// Makes log-odds that lines are right into probabilities that are right as often as they say: Platt's line, and the thresholds
// for the words of the setting. Lines of one file resemble each other, so they count as fewer; where that leaves too few,
// there is no recalibration.

import { groupBy } from '../common/groupBy.js';
import { sigmoid } from '../common/sigmoid.js';
import type { Certainty, Recalibration } from '../model/index.js';
import { designEffect } from '../partial/index.js';
import { percentile } from './statistics.js';

/** A line that the model wrote. */
export interface JudgedLine {
  /** The file that it stands in. */
  readonly path: string;
  readonly right: boolean;
  /** Of each token the log-odds that the line is right, and whether it only spelled the end of the prefix again. */
  readonly tokens: readonly (Readonly<Record<Estimate, number>> & { readonly isForced: boolean })[];
}

/** What says how likely a line is right (recalibration.ts). */
type Estimate = Recalibration['estimate'];
const estimates: readonly Estimate[] = ['controller', 'product'];

export type Fitted = Pick<
  Recalibration,
  'estimate' | 'slope' | 'offset' | 'thresholds' | 'lines' | 'right' | 'effectiveLines'
>;

export type FittedOrReason =
  | ({ readonly kind: 'fitted' } & Fitted)
  /** `needed` effective lines are asked for, and so many lines of each outcome. */
  | ({ readonly kind: 'tooFew'; readonly needed: number; readonly neededOfEach: number } & Pick<
      Fitted,
      'lines' | 'right' | 'effectiveLines'
    >);

/** Independent lines below which a probability could be ten points off: half the width of a share's 95 % interval is .14 at 50. */
export const LEAST_LINES = 50;
/** Right lines and wrong ones; of fewer a line through both says nothing. */
export const LEAST_OF_EACH = 10;

/** How far the slope strays from 1 without many lines: it was right where the controller was trained. */
const SLOPE_DEVIATION = 0.3;
const STEPS = 50;

/** Shares of the right lines that a word of the setting keeps, at a line's end and of those before it (certificate.py). */
const KEPT: Readonly<Record<Certainty, number>> = { eager: 0.99, balanced: 0.95, quiet: 0.75 };
const KEPT_BEFORE_END = 0.97;

export function recalibrate(judged: readonly JudgedLine[]): FittedOrReason {
  const lines = judged.filter(({ tokens }) => tokens.length > 0);
  const right = lines.filter((line) => line.right).length;
  const clusters = [...groupBy(lines, ({ path }) => path).values()].map((of) => ({
    n: of.length,
    errors: of.filter((line) => !line.right).length,
  }));
  const counts = { lines: lines.length, right, effectiveLines: lines.length / designEffect(clusters) };
  if (counts.effectiveLines < LEAST_LINES || Math.min(right, lines.length - right) < LEAST_OF_EACH)
    return { kind: 'tooFew', ...counts, needed: LEAST_LINES, neededOfEach: LEAST_OF_EACH };
  const [controller, product] = estimates.map((estimate) => fittedTo(lines, estimate));
  // Both have two numbers to fit, so that neither is better for being more supple.
  const { estimate, slope, offset } = product!.loss < controller!.loss ? product! : controller!;
  return {
    kind: 'fitted',
    estimate,
    slope,
    offset,
    thresholds: thresholdsFor(lines, { estimate, slope, offset }),
    ...counts,
  };
}

/** The line for one of the estimates, with its log loss. */
function fittedTo(lines: readonly JudgedLine[], estimate: Estimate) {
  const scored = lines.map(({ tokens, right: isRight }) => ({ logit: tokens.at(-1)![estimate], isRight }));
  const { slope, offset } = plattLine(scored);
  const loss = scored.reduce((sum, { logit, isRight }) => {
    const odds = slope * logit + offset;
    return sum + Math.log1p(Math.exp(isRight ? -odds : odds));
  }, 0);
  return { estimate, slope, offset, loss };
}

/** Newton's method for logistic regression on the log-odds, the slope drawn to 1. */
export function plattLine(scored: readonly { readonly logit: number; readonly isRight: boolean }[]): {
  readonly slope: number;
  readonly offset: number;
} {
  let [slope, offset] = [1, 0];
  const precision = 1 / SLOPE_DEVIATION ** 2;
  for (let step = 0; step < STEPS; step++) {
    let [bySlope, byOffset, ofSlope, ofBoth, ofOffset] = [precision * (slope - 1), 0, precision, 0, 1e-9];
    for (const { logit, isRight } of scored) {
      const probability = sigmoid(slope * logit + offset);
      const error = probability - Number(isRight);
      const weight = probability * (1 - probability);
      bySlope += error * logit;
      byOffset += error;
      ofSlope += weight * logit * logit;
      ofBoth += weight * logit;
      ofOffset += weight;
    }
    const determinant = ofSlope * ofOffset - ofBoth * ofBoth;
    const [slopeStep, offsetStep] = [
      (ofOffset * bySlope - ofBoth * byOffset) / determinant,
      (ofSlope * byOffset - ofBoth * bySlope) / determinant,
    ];
    // Where nearly all is certain, a whole step would go too far.
    const scale = Math.min(1, 2 / Math.max(Math.abs(slopeStep), Math.abs(offsetStep), 1e-12));
    slope -= scale * slopeStep;
    offset -= scale * offsetStep;
    if (Math.abs(slopeStep) + Math.abs(offsetStep) < 1e-10) break;
  }
  return { slope: Math.max(slope, 0.05), offset };
}

function thresholdsFor(
  lines: readonly JudgedLine[],
  { estimate, slope, offset }: Pick<Fitted, 'estimate' | 'slope' | 'offset'>,
): Fitted['thresholds'] {
  const right = lines
    .filter((line) => line.right)
    .map(({ tokens }) => {
      const free = tokens.slice(0, -1).filter(({ isForced }) => !isForced);
      const of = (token: JudgedLine['tokens'][number]): number => sigmoid(slope * token[estimate] + offset);
      return { last: of(tokens.at(-1)!), before: Math.min(1, ...free.map(of)) };
    });
  const forKept = (share: number): { readonly shown: number; readonly earlyStopBelow: number } => {
    // There are right lines, so there is a percentile.
    const shown = percentile(
      right.map(({ last }) => last),
      1 - share,
    )!;
    const kept = right.filter(({ last }) => last >= shown).map(({ before }) => before);
    return { shown, earlyStopBelow: Math.min(shown, percentile(kept, 1 - KEPT_BEFORE_END)!) };
  };
  return { eager: forKept(KEPT.eager), balanced: forKept(KEPT.balanced), quiet: forKept(KEPT.quiet) };
}
