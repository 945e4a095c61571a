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
