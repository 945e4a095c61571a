export { alignTokens, textOf } from './alignTokens.js';
export { bestWithin, everything, frontierOf, nestedPrograms } from './chooseHoles.js';
export { costTree, foldPieces, partsOf, rawScores, weightOf } from './costTree.js';
export { greedyPrograms } from './greedy.js';
export { isMember } from './membership.js';
export { misfittingHoles } from './outerTree.js';
export type {
  AlignedCompletion,
  AlignedNode,
  Completion,
  CostNode,
  Hole,
  PartialProgram,
  PartialToken,
} from './types.js';
export { categoricalFeatures, featureNames, featuresOf } from './features.js';
export { judgeLine, type JudgedLine, type Outcome } from './judge.js';
export { labelParts } from './labels.js';
export { methods, MOST_HOLES, type Method } from './methods.js';
export { budgets, thresholds } from './thresholds.js';
export { isCurrent, withHoleInFront, type TrainedScore } from './trainedScores.js';
export { candidatesOf } from './candidates.js';
export { programFeatures, programFeatureNames, categoricalProgramFeatures } from './programFeatures.js';
export { knowledgeOf, prepare, type Prepared } from './prepare.js';
export { programsByPrice, rankPrograms, type RankedProgram } from './rankPrograms.js';
export { renderSnippet, renderText, placeholder, OPENING, CLOSING, type NamedHole } from './render.js';
export { kindOfHole } from './kinds.js';
export * from './bound.js';
export {
  calibrationSchema,
  certifiedIndex,
  guaranteeFor,
  lengthClass,
  type Calibration,
  type CalibrationGroup,
  type GuaranteeOrReason,
} from './calibration.js';
export { calibrate, type CalibrationLine } from './calibrate.js';
export { choosePartial, type PartialCompletion, type PartialOptions } from './choosePartial.js';
export { chooseOffer, type Offer, type OfferOptions } from './chooseOffer.js';
export type { DescribedProgram, PartialHole } from './describeProgram.js';
export { offerLevels } from './offer.js';
export { promiseFor, type Promised } from './promise.js';
export { boldness, DELTA, type Boldness } from './boldness.js';
export { explainGuarantee } from './explain.js';
export type { BoostedTrees } from './boostedTrees.js';
export { fillingsOf, type Filling } from './fillings.js';
