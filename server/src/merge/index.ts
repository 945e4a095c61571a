export { addBases } from './addBases.js';
export { applyResolutions } from './applyResolutions.js';
export { withoutSpace } from './candidateList.js';
export { CERTAIN, certainResolution } from './certainty.js';
export { CONTEXT_LINES, nearestFirst, OTHER_CONFLICTS } from './context.js';
export { conflictsElsewhere, conflictsOfFiles, type MergedFileConflicts } from './elsewhere.js';
export {
  BYTE_ORDER_MARK,
  endsFile,
  type FileVersions,
  hasMark,
  marksFile,
  withEndsOfFile,
  withoutMark,
} from './endsOfFile.js';
export { encodeConflict, SEQUENCE_LENGTH, SEQUENCES } from './encode.js';
export { sideColumns, sidesOf } from './features/sides.js';
export { featureColumns, featureTable } from './features/table.js';
export { patternPhrase } from './explain.js';
export { MOST_SIBLINGS } from './leaning.js';
export { linesOf } from './material.js';
export { parseConflicts, unusedMarkerSize } from './parseConflicts.js';
export { poseProblem } from './poseProblem.js';
export { createMergeResolver } from './resolver.js';
export { createPriorRanker } from './priorRanker.js';
export { createTrainedRanker } from './rank.js';
export { parseRankerDescription } from './rankerDescription.js';
export { brokenSentence, noResolutionSentence } from './reasons.js';
export type { MarkersOfGit } from './textMarkers.js';
export { mergeThreeWay } from './threeWay.js';
export { tokenize } from './tokenize.js';
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
