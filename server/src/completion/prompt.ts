// What the model is asked: the path, the window after the cursor's line, and the window before the cursor. The rest of
// the cursor's line is left out, since the editor's auto-closed brackets come and go there (see restOfLine.ts).

import type { DocumentSnapshot } from '../common/document.js';
import type { Prompt } from '../model/index.js';
import { locate, type Place } from './place.js';
import type { Window } from './window.js';

export function promptOf(place: Place): Prompt {
  const { document, prefix, suffix } = place;
  return { key: document.uri, path: document.path, prefix, suffix };
}

export interface BuiltPrompt {
  readonly prompt: Prompt;
  readonly window: Window;
  /** The cursor's line from the cursor on; not in the prompt. */
  readonly restOfLine: string;
}

/** The prompt that the editor would send for a place of which nothing is remembered; for measuring the model. */
export function buildPrompt(document: DocumentSnapshot, offset: number): BuiltPrompt {
  const place = locate(document, offset);
  return { prompt: promptOf(place), window: place.window, restOfLine: place.rest };
}
