export { thresholdsOf, type CertaintyThresholds } from './certainty.js';
export { createCompleter } from './completer.js';
export { buildPrompt, type BuiltPrompt } from './prompt.js';
export type { FillRequest, WrittenHole } from './fillHole.js';
export type { HoleKnowledge } from './offerHoles.js';
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
