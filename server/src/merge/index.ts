export { addBases } from './conflict/addBases.js';
export { applyResolutions } from './conflict/applyResolutions.js';
export { withoutSpace } from './diff/withoutSpace.js';
export { CERTAIN, certainResolution, settledResolution } from './ranking/certainty.js';
export { CONTEXT_LINES, nearestFirst, OTHER_CONFLICTS } from './conflict/context.js';
export { conflictsElsewhere, conflictsOfFiles, type MergedFileConflicts } from './elsewhere.js';
export {
  BYTE_ORDER_MARK,
  endsFile,
  type FileVersions,
  hasMark,
  marksFile,
  withEndsOfFile,
  withoutLastEnd,
  withoutMark,
} from './conflict/endsOfFile.js';
export { encodeConflict, SEQUENCE_LENGTH, SEQUENCES } from './ranking/encode.js';
export { sideRelationColumns, sideRelationOf } from './ranking/features/sideRelation.js';
export { featureColumns, featureTable } from './ranking/features/table.js';
export { patternPhrase } from './explain/explain.js';
export { MOST_SIBLINGS } from './ranking/sidePreference.js';
export { linesOf } from './diff/material.js';
export { parseConflicts, unusedMarkerSize } from './conflict/parseConflicts.js';
export { poseProblem } from './candidates/poseProblem.js';
export { createMergeResolver } from './resolver.js';
export { createPriorRanker } from './ranking/priorRanker.js';
export { createTrainedRanker } from './ranking/rank.js';
export { parseRankerDescription } from './ranking/rankerDescription.js';
export { brokenSentence, noResolutionSentence, refusalPhrase, refusalSentence } from './explain/reasons.js';
export type { MarkersOfGit } from './conflict/textMarkers.js';
export { mergeThreeWay } from './diff/threeWay.js';
export { tokenize } from './diff/tokenize.js';
export type {
  BrokenConflict,
  Conflict,
  ConflictDocument,
  ConflictFile,
  ConflictTexts,
  MergeInput,
  MergeResolver,
  Origin,
  Ranker,
  Refusal,
  Resolution,
  ResolutionResult,
} from './types.js';
