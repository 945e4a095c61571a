export { thresholdsOf } from './certainty.js';
export {
  chooseContext,
  DEFAULT_BUDGET,
  namesBefore,
  namesOf,
  questionOf,
  termsOf,
  type ContextFile,
  type ContextPart,
  type ContextPlace,
  type ContextSource,
  type DefinedName,
  type FileRelation,
  type RecentEdit,
} from './context/index.js';
export { createCompleter } from './completer.js';
export { buildPrompt, contextPlaceOf } from './prompt.js';
export { looksSecretAt } from './postprocess/secrets.js';
export { reasonSentence } from './reasons.js';
export { defaultCompletionSettings } from './settings.js';
export { isSecretFile } from './secretFiles.js';
export type {
  Completer,
  CompletionRequest,
  CompletionResult,
  CompletionSettings,
  NoSuggestionReason,
  HoleKnowledge,
  SuggestedHoles,
  Suggestion,
  WrittenHole,
} from './types.js';
