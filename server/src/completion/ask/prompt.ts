// What the model is asked: the path, the window after the cursor's line, and the window before the cursor. The rest of
// the cursor's line is left out, since the editor's auto-closed brackets come and go there (see restOfLine.ts).

import type { DocumentSnapshot } from '../../common/document.js';
import type { Prompt } from '../../model/index.js';
import type { ContextPart, ContextPlace } from '../context/index.js';
import { locate, unifyLineEnds, type Place } from '../place/place.js';
import type { Window } from '../place/window.js';

/** What a prompt begins with, and the name of the cache that holds it. */
export interface PromptStart {
  readonly parts: readonly ContextPart[];
  readonly key: string;
}

export function promptOf(place: Place, { parts, key }: PromptStart): Prompt {
  const { whole: document, prefix, suffix } = place;
  const context = parts.map(({ path, text }) => ({ path, text }));
  return { key, path: document.path, prefix, suffix, ...(parts.length === 0 ? {} : { context }) };
}

/** Code units on each side of the window that serve as a reference: what repeats there need not be computed anew. */
const AROUND = 30_000;

/** The document's text around what the model reads, before it first. */
export function aroundWindow(place: Place): readonly string[] {
  const { before, after } = around(place);
  return [before, after].filter((part) => part !== '');
}

export interface BuiltPrompt {
  readonly prompt: Prompt;
  readonly window: Window;
  /** The document as the language at the cursor sees it, the rest of it blank. */
  readonly seen: DocumentSnapshot;
  /** The cursor's line from the cursor on; not in the prompt. */
  readonly restOfLine: string;
  /** The document's text around the window. */
  readonly references: readonly string[];
}

/** The prompt that the editor would send for a place of which nothing is remembered; for measuring the model. */
export function buildPrompt(
  document: DocumentSnapshot,
  offset: number,
  context: readonly ContextPart[] = [],
): BuiltPrompt {
  const place = locate(document, offset);
  return {
    prompt: promptOf(place, { parts: context, key: document.uri }),
    window: place.window,
    seen: place.document,
    restOfLine: place.rest,
    references: aroundWindow(place),
  };
}

/** The place as context is chosen for it: what the model is shown anyway, and what stands around that. */
export function contextPlaceOf(document: DocumentSnapshot, offset: number): ContextPlace {
  return contextPlace(locate(document, offset));
}

export function contextPlace(place: Place): ContextPlace {
  const { whole: document, prefix, suffix } = place;
  return { path: document.path, languageId: document.languageId, prefix, suffix, ...around(place) };
}

function around({ whole: { text }, window }: Place): { readonly before: string; readonly after: string } {
  return {
    before: unifyLineEnds(text.slice(Math.max(0, window.prefixStart - AROUND), window.prefixStart)),
    after: unifyLineEnds(text.slice(window.suffix.end, window.suffix.end + AROUND)),
  };
}
