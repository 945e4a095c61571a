export { thresholdsOf, type CertaintyThresholds } from './certainty.js';
export {
  chooseContext,
  DEFAULT_BUDGET,
  namesOf,
  questionOf,
  termsOf,
  type ContextFile,
  type ContextPart,
  type ContextPlace,
  type ContextSource,
  type FileRelation,
  type RecentEdit,
} from './context/index.js';
export { createCompleter } from './completer.js';
export type { FillRequest, WrittenHole } from './fillHole.js';
export type { HoleKnowledge } from './offerHoles.js';
export { buildPrompt, contextPlaceOf, type BuiltPrompt } from './prompt.js';
export { reasonSentence } from './reasons.js';
export { defaultCompletionSettings } from './settings.js';
export { isSecretFile } from './secretFiles.js';
export { chooseWindow, type Window } from './window.js';
export type {
  Completer,
  CompleterOptions,
  CompletionRequest,
  CompletionResult,
  CompletionSettings,
  NoSuggestionReason,
  SuggestedHoles,
  Suggestion,
} from './types.js';
