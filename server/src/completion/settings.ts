import type { CompletionSettings } from './types.js';

/** What the settings are where nobody has changed them. The manifest of the extension shows the same values. */
export const defaultCompletionSettings: CompletionSettings = {
  enabled: true,
  lines: 'auto',
  maximumMs: 3000,
  certainty: 'balanced',
  exits: 'exact',
  debounce: 'auto',
  holes: 'balanced',
  mostHoles: 2,
  context: true,
  comments: 'on',
  strings: 'on',
};
