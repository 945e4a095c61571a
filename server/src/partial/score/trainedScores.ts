// The trained score: how likely a part is to be edited, and how likely all is right that a partial program keeps.

import { StagedTrees, type BoostedTrees, type OpenLeaves } from './boostedTrees.js';
import { partsOf, LARGEST_COST, type PartCost, type Scores } from '../tree/costTree.js';
import { AFTER_HOLE, featureNames, lineFeatures } from './features.js';
import { StagedNetworks, type Networks, type SumsOfLine } from './network.js';
import { lineProgramFeatures, programFeatureNames } from './programFeatures.js';
import type { AlignedCompletion } from '../types.js';

export interface TrainedScore {
  /** Of a part (features.ts): the odds that it is wrong where everything around it is right. */
  readonly parts: BoostedTrees;
  /** Of a partial program (programFeatures.ts): the odds that the author's text is one of those it stands for. */
  readonly programs: ProgramScore;
}

/** Trees, and small networks that learned the same: the log odds of the trees and the networks' mean are averaged. */
export interface ProgramScore extends BoostedTrees {
  readonly networks?: Networks | undefined;
}

/** Whether a score was trained for the features that this version computes. */
export function isCurrent({ parts, programs }: TrainedScore): boolean {
  const isSame = (a: readonly string[], b: readonly string[]): boolean => a.join() === b.join();
  return isSame(parts.features, featureNames) && isSame(programs.features, programFeatureNames);
}

/**
 * Tells the log odds that a partial program with given features stands for the author's text.
 * @returns for programs of one line, whose features are partly the same
 */
export function programLogits(score: ProgramScore): (row: Float64Array) => number {
  const { trees, networks } = stagedPrograms(score);
  let ofLine: { readonly open: OpenLeaves; readonly sums: SumsOfLine | undefined } | undefined;
  return (row) => {
    ofLine ??= { open: trees.narrow(0, row), sums: networks?.sumsOfLine(row) };
    const ofTrees = trees.logit(row, ofLine.open);
    const { sums } = ofLine;
    return networks === undefined || sums === undefined ? ofTrees : (ofTrees + networks.output(row, sums)) / 2;
  };
}

/**
 * The cost of every part: the negative logarithm of the probability that it is right.
 * @param rows of `featuresOf(aligned)`
 */
export function trainedScores(aligned: AlignedCompletion, rows: readonly Float64Array[], parts: BoostedTrees): Scores {
  const all = partsOf(aligned);
  const trees = stagedParts(parts);
  const ofLine = trees.narrow(0, rows[0]!);
  return rows.map((row, index): PartCost => {
    if (index === 0) return { cost: 0, costAfterHole: 0 };
    const ofPart = trees.narrow(1, row, ofLine);
    const cost = costOf(trees.logit(row, ofPart));
    if (all[index]!.kind !== 'piece') return { cost, costAfterHole: cost };
    return { cost, costAfterHole: costOf(trees.logit(withHoleInFront(row), ofPart)) };
  });
}

const isOfLine = (feature: number): boolean => lineProgramFeatures.has(feature);

const stagedPrograms = madeOnce((score: ProgramScore) => ({
  trees: new StagedTrees(score, 2, (feature) => (isOfLine(feature) ? 0 : 1)),
  networks: score.networks && new StagedNetworks(score.networks, isOfLine),
}));

const stagedParts = madeOnce(
  (score: BoostedTrees) =>
    new StagedTrees(score, 3, (feature) => (feature === AFTER_HOLE ? 2 : lineFeatures.has(feature) ? 0 : 1)),
);

function madeOnce<S extends object, T>(make: (score: S) => T): (score: S) => T {
  const made = new WeakMap<S, T>();
  return (score) => {
    let known = made.get(score);
    if (known === undefined) made.set(score, (known = make(score)));
    return known;
  };
}

/** The features of a part if a hole stood directly in front of it. */
export function withHoleInFront(row: Float64Array): Float64Array {
  const behind = Float64Array.from(row);
  behind[AFTER_HOLE] = 1;
  return behind;
}

/** -ln(1 - p), where p has these odds. */
function costOf(logit: number): number {
  return Math.min(LARGEST_COST, logit > 30 ? logit : Math.log1p(Math.exp(logit)));
}
