export { thresholdsOf } from './ask/certainty.js';
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
export { showBlockAt } from './show/shownBlock.js';
export { createCompleter } from './completer.js';
export { buildPrompt, contextPlaceOf } from './ask/prompt.js';
export { looksSecretAt } from './postprocess/secrets.js';
export { reasonSentence } from './reasons.js';
export { defaultCompletionSettings } from './settings.js';
export { isSecretFile } from './when/secretFiles.js';
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
