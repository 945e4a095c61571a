// What holes are chosen by, made up: a program is right where every token that it keeps is at least even, and the
// calibration promises that.

import type { HoleKnowledge } from '../../src/completion/index.js';
import {
  blockLevels,
  featureNames,
  offerLevels,
  programFeatureNames,
  thresholds,
  type BlockCalibration,
  type BoostedTrees,
  type Calibration,
  type TrainedScore,
} from '../../src/partial/index.js';

const EVEN = Math.log(0.5);

function oneSplit(features: readonly string[], name: string, below: number, above: number): BoostedTrees {
  const feature = features.indexOf(name);
  return {
    features,
    trees: [{ feature: [feature], threshold: [EVEN], left: [-1], right: [-2], value: [below, above] }],
  };
}

export const madeUpScore: TrainedScore = {
  parts: oneSplit(featureNames, 'ownLeast', 3, -3),
  programs: oneSplit(programFeatureNames, 'keptLeast', -3, 3),
};

/** @param offered of a thousand lines, those that are offered with holes at every level, and how many of them are wrong */
export function calibrationWith(offered: number, missed: number, source = 'measured on made-up lines'): Calibration {
  const everywhere = (places: readonly number[], count: number): number[][] =>
    [1, 2, 3, 4].map(() => places.map(() => count));
  return {
    version: 5,
    model: 'made-up',
    source,
    n: 1_000,
    groups: [
      {
        language: '*',
        length: '*',
        n: 1_000,
        clusters: 10,
        misses: everywhere(thresholds, 0),
        spread: everywhere(thresholds, 1),
        offered: everywhere(offerLevels, offered),
        offeredMisses: everywhere(offerLevels, missed),
        offeredSpread: everywhere(offerLevels, 1),
      },
    ],
  };
}

export const madeUpKnowledge: HoleKnowledge = {
  score: madeUpScore,
  calibrations: () => [calibrationWith(100, 5)],
};

/** @param offered of a thousand places, those where a block with holes is offered at every level, and how many are wrong */
export function blockCalibrationWith(offered: number, missed: number): BlockCalibration {
  const row = {
    offered: blockLevels.map(() => offered),
    missed: blockLevels.map(() => missed),
    designEffects: blockLevels.map(() => 1),
  };
  const rows = [row, row, row, row];
  const methods = { editor: rows, holes: rows, lines: [row], whole: [row] };
  return { version: 1, model: 'made-up', score: 'tokens', n: 1_000, repositories: 10, clusters: 10, methods };
}
