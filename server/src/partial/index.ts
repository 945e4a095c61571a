export { alignTokens, textOf } from './tree/alignTokens.js';
export { BRANCHES, branchesOf } from './score/branchFeatures.js';
export { costTree, partsOf, rawScores } from './tree/costTree.js';
export { isMember } from './tree/membership.js';
export { misfittingHoles } from './tree/outerTree.js';
export type { Completion, Branch, PartialToken } from './types.js';
export { categoricalFeatures, featureNames, featuresOf } from './score/features.js';
export { evaluateLine, type EvaluatedLine, type Outcome } from './guarantee/evaluate.js';
export { labelParts } from './score/labels.js';
export { methods, MOST_HOLES, type Method } from './guarantee/methods.js';
export { thresholds } from './choose/thresholds.js';
export { isCurrent, withHoleInFront, type TrainedScore } from './score/trainedScores.js';
export { candidatesOf } from './choose/candidates.js';
export { programFeatures, programFeatureNames, categoricalProgramFeatures } from './score/programFeatures.js';
export { knowledgeOf } from './score/prepare.js';
export { countAcross } from './guarantee/clusters.js';
export { designEffect, epsilonAchievable } from './guarantee/designEffect.js';
export {
  calibrationSchema,
  certifiedIndex,
  groupOfAll,
  guaranteeFor,
  type Calibration,
  type CalibrationSource,
} from './guarantee/calibration.js';
export { conformalCalibration, type CalibrationLine } from './guarantee/conformalCalibration.js';
export { choosePartial, type PartialCompletion } from './choosePartial.js';
export { blockGuarantee, chooseBlock, type BlockOffer } from './chooseBlock.js';
export { doubt, type Offer } from './chooseOffer.js';
export { offerLevels, PROBABLY_RIGHT } from './guarantee/offer.js';
export { leastCertifiedLevel, offerGuaranteeFor } from './guarantee/offerGuarantee.js';
export { riskLevels, DELTA, type RiskLevel } from './guarantee/riskLevels.js';
export { MOST_LEAVES, type BoostedTrees } from './score/boostedTrees.js';
export { sourceWords } from './show/explain.js';
export { fillingsOf, isWord, signBehind, type Filling } from './show/fillings.js';
export {
  blockCalibrationSchema,
  blockGuaranteeFor,
  blockScoreNames,
  calibrateBlocks,
  type BlockCalibration,
  type BlockScoreName,
} from './guarantee/blockCalibration.js';
export {
  blockMethods,
  evaluateBlock,
  isBeginning,
  isFirstLine,
  noBlock,
  type BlockMethod,
  type BlockOutcome,
  type EvaluatedBlock,
} from './guarantee/evaluateBlock.js';
export { blockLevels } from './guarantee/blockOffer.js';
export { linesOf } from './tree/linesOf.js';
