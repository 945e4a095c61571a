// What a text opens and leaves open, in terms of brackets and quotes.

import { lexiconOf } from '../../languages/index.js';
import { scan, type Frame } from '../strings/scan.js';

export const openerOf: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** What is open at the end of a text, each from the outermost on. */
export interface OpenState {
  /** Brackets of code. */
  readonly brackets: readonly string[];
  /** Strings and block comments, and code inside strings. */
  readonly strings: readonly Frame[];
  readonly frames: readonly Frame[];
}

/**
 * What a text opens and does not close. Closers of what was open before are ignored.
 * @param before what is open in front of it; by default what a line of code begins in
 */
export function openAfter(text: string, languageId: string, before: readonly Frame[] = codeOf(languageId)): OpenState {
  const stack = [...before];
  scan(text, 0, text.length, stack, lexiconOf(languageId), () => undefined);
  return stateOf(stack);
}

export function stateOf(frames: readonly Frame[]): OpenState {
  return {
    frames,
    brackets: frames.filter(({ kind }) => kind === 'bracket').map(({ open }) => open),
    strings: frames.filter(({ kind }) => kind === 'string' || kind === 'blockComment'),
  };
}

/** The quote that ends the string that a text ends in; undefined in code, also in code inside a string. */
export function openQuote({ frames }: OpenState): string | undefined {
  const frame = frames.findLast(({ kind }) => kind !== 'bracket' && kind !== 'soft');
  return frame?.kind === 'string' ? frame.close : undefined;
}

/** A line of PHP by itself is code, although a file of PHP begins as text. */
function codeOf(languageId: string): readonly Frame[] {
  return languageId === 'php' ? [{ kind: 'island', open: '<?php', close: '?>', at: 0 }] : [];
}
