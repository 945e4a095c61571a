// The token sequence of a prompt to fill in the middle: pieces of other files, file name, then what follows the cursor, then what precedes it
// (suffix first). Typing appends at the end, so everything before it is answered from the cache. Families that were trained
// for the other order only get that.

import { healPrefix } from './healing.js';
import type { Prompt } from '../language.js';
import type { Manifest } from '../manifest.js';
import type { Tokenizer } from './tokenizer.js';

export interface PromptTokens {
  readonly ids: readonly number[];
  /** Bytes that the first generated tokens must spell (healing.ts). */
  readonly forced: string;
}

/** Positions kept free for what is generated. */
const RESERVED = 256;

/** Other files may take this share of the positions; pieces that do not fit are left out whole, the last first. */
const CONTEXT_SHARE = 1 / 3;

/**
 * Writes a prompt in the model's format. The line end between the cursor's line and the suffix is left to the model: a
 * suffix that began with it would say that the line may end in the middle, and cost three infilled lines in a hundred.
 */
export function tokenizePrompt(tokenizer: Tokenizer, manifest: Manifest, prompt: Prompt): PromptTokens {
  const { prompt: format, architecture } = manifest;
  const headerOf = (path: string): number[] =>
    format.fileSeparator === undefined
      ? tokenizer.encode(`#${path}\n`)
      : [tokenizer.special(format.fileSeparator), ...tokenizer.encode(`${path}\n`)];
  const context = (prompt.context ?? []).map(({ path, text }) => [
    ...headerOf(path),
    ...tokenizer.encode(`${text.replace(/\n$/, '')}\n`),
  ]);
  const keptContext = fitting(context, Math.floor((architecture.maximumPositions - RESERVED) * CONTEXT_SHARE));
  const begin = format.begin === undefined ? [] : [tokenizer.special(format.begin)];
  const header = [...begin, ...keptContext, ...(prompt.path === '' ? [] : headerOf(prompt.path))];
  const suffix = prompt.suffix === '' ? [] : tokenizer.encode(prompt.suffix);
  const { ids: prefix, forced } = healPrefix(tokenizer, prompt.prefix);
  const room = architecture.maximumPositions - RESERVED - header.length - 3;
  const keptSuffix = suffix.slice(0, Math.floor(room / 3));
  const keptPrefix = prefix.slice(Math.max(0, prefix.length - (room - keptSuffix.length)));
  const [before, after, middle] = [format.fimPrefix, format.fimSuffix, format.fimMiddle].map((name) =>
    tokenizer.special(name),
  );
  const parts =
    format.order === 'suffix-first'
      ? [before!, after!, ...keptSuffix, middle!, ...keptPrefix]
      : [before!, ...keptPrefix, after!, ...keptSuffix, middle!];
  return { ids: [...header, ...parts], forced };
}

/** Whole sequences, joined, as many from the start as fit. */
function fitting(sequences: readonly (readonly number[])[], most: number): readonly number[] {
  const kept: number[] = [];
  for (const sequence of sequences) {
    if (kept.length + sequence.length > most) break;
    kept.push(...sequence);
  }
  return kept;
}
