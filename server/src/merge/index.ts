export { addBases } from './addBases.js';
export { applyResolutions } from './applyResolutions.js';
export { withoutSpace } from './candidateList.js';
export { CERTAIN, certainResolution } from './certainty.js';
export { CONTEXT_LINES, nearestFirst, OTHER_CONFLICTS } from './context.js';
export { conflictsElsewhere, conflictsOfFiles, type MergedFileConflicts } from './elsewhere.js';
export { encodeConflict, SEQUENCE_LENGTH, SEQUENCES } from './encode.js';
export { sideColumns, sidesOf } from './features/sides.js';
export { featureColumns, featureTable } from './features/table.js';
export { patternPhrase } from './explain.js';
export { MOST_SIBLINGS } from './leaning.js';
export { parseConflicts, unusedMarkerSize } from './parseConflicts.js';
export { MOST_CANDIDATES, poseProblem } from './poseProblem.js';
export { createMergeResolver, type MergeResolverOptions } from './resolver.js';
export { createPriorRanker } from './priorRanker.js';
export { createTrainedRanker, type RunGraph } from './rank.js';
export { parseRankerDescription, type RankerDescription } from './rankerDescription.js';
export { brokenSentence, noResolutionSentence } from './reasons.js';
export { mergeThreeWay } from './threeWay.js';
export { tokenize } from './tokenize.js';
export { primitivePatterns } from './types.js';
export type {
  AppliedResolution,
  BrokenConflict,
  BrokenReason,
  Candidate,
  CandidateSource,
  Conflict,
  ConflictDocument,
  ConflictFile,
  ConflictSection,
  ConflictStyle,
  ConflictTexts,
  Contribution,
  Derivation,
  MergeChunk,
  MergeEvidence,
  MergeInput,
  MergeProblem,
  MergeResolver,
  NoResolutionReason,
  Origin,
  Piece,
  PrimitivePattern,
  RankedCandidate,
  Ranker,
  Resolution,
  ResolutionResult,
  ThreeWayMerge,
  Token,
  TokenKind,
} from './types.js';
