export type {
  Completer,
  CompleterOptions,
  CompletionRequest,
  CompletionResult,
  CompletionSettings,
  NoSuggestionReason,
  Suggestion,
} from './types.js';
