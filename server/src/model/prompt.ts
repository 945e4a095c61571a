// The token sequence of a prompt: file name, then what follows the cursor, then what precedes it (suffix first).
// Typing appends at the end, so everything before it is answered from the cache.

import { healPrefix } from './healing.js';
import type { Prompt } from './language.js';
import type { Manifest } from './manifest.js';
import type { Tokenizer } from './tokenizer.js';

export interface PromptTokens {
  readonly ids: readonly number[];
  /** Bytes that the first generated tokens must spell (healing.ts). */
  readonly forced: string;
}

/** Positions kept free for what is generated. */
const RESERVED = 256;

/**
 * Writes a prompt in the model's format. The line end between the cursor's line and the suffix is left to the model: a
 * suffix that began with it would say that the line may end in the middle, and cost three infilled lines in a hundred.
 */
export function tokenizePrompt(tokenizer: Tokenizer, manifest: Manifest, prompt: Prompt): PromptTokens {
  const { prompt: format, architecture } = manifest;
  const header =
    prompt.path === '' ? [] : [tokenizer.special(format.fileSeparator), ...tokenizer.encode(`${prompt.path}\n`)];
  const suffix = prompt.suffix === '' ? [] : tokenizer.encode(prompt.suffix);
  const { ids: prefix, forced } = healPrefix(tokenizer, prompt.prefix);
  const room = architecture.maximumPositions - RESERVED - header.length - 3;
  const keptSuffix = suffix.slice(0, Math.floor(room / 3));
  const keptPrefix = prefix.slice(Math.max(0, prefix.length - (room - keptSuffix.length)));
  return {
    ids: [
      ...header,
      tokenizer.special(format.fimPrefix),
      tokenizer.special(format.fimSuffix),
      ...keptSuffix,
      tokenizer.special(format.fimMiddle),
      ...keptPrefix,
    ],
    forced,
  };
}
