// What the model is asked: the path, the window after the cursor's line, and the window before the cursor. The rest of
// the cursor's line is left out, since the editor's auto-closed brackets come and go there (see restOfLine.ts).

import type { DocumentSnapshot } from '../common/document.js';
import type { Prompt } from '../model/index.js';
import { locate, unifyLineEnds, type Place } from './place.js';
import type { Window } from './window.js';

export function promptOf(place: Place): Prompt {
  const { document, prefix, suffix } = place;
  return { key: document.uri, path: document.path, prefix, suffix };
}

/** Code units on each side of the window that serve as a reference: what repeats there need not be computed anew. */
const AROUND = 30_000;

/** The document's text around what the model reads, before it first. */
export function aroundWindow({ document, window }: Place): readonly string[] {
  const { text } = document;
  const before = text.slice(Math.max(0, window.prefixStart - AROUND), window.prefixStart);
  const after = text.slice(window.suffix.end, window.suffix.end + AROUND);
  return [before, after].map(unifyLineEnds).filter((part) => part !== '');
}

export interface BuiltPrompt {
  readonly prompt: Prompt;
  readonly window: Window;
  /** The cursor's line from the cursor on; not in the prompt. */
  readonly restOfLine: string;
  /** The document's text around the window. */
  readonly references: readonly string[];
}

/** The prompt that the editor would send for a place of which nothing is remembered; for measuring the model. */
export function buildPrompt(document: DocumentSnapshot, offset: number): BuiltPrompt {
  const place = locate(document, offset);
  return {
    prompt: promptOf(place),
    window: place.window,
    restOfLine: place.rest,
    references: aroundWindow(place),
  };
}
