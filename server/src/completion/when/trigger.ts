// Where a suggestion is wanted at all. Each refusal is a reason, so that the status bar can say why it stays silent.

import { isClosing } from '../rest/restOfLine.js';
import { isSecretFile } from './secretFiles.js';
import type { Place } from '../place/place.js';
import { openAt } from '../strings/openState.js';
import type { CompletionRequest, CompletionSettings, NoSuggestionReason } from '../types.js';

/** UTF-16 code units; the window is all that is read, but the editor itself is no longer responsive beyond. */
const MAXIMUM_LENGTH = 10_000_000;

/** Reasons that hold for the whole document, and for requests by hand too. */
export function refuseDocument({
  document,
  settings,
}: Pick<CompletionRequest, 'document' | 'settings'>): NoSuggestionReason | undefined {
  if (!settings.enabled) return 'disabled';
  if (isSecretFile(document.uri) || isSecretFile(document.path)) return 'secretFile';
  if (document.text.length > MAXIMUM_LENGTH) return 'tooLarge';
  return undefined;
}

/** Reasons that lie in the text around the cursor. */
export function refusePlace(
  place: Place,
  trigger: CompletionRequest['trigger'],
  settings: Pick<CompletionSettings, 'comments' | 'strings'>,
): NoSuggestionReason | undefined {
  if (place.prefix.includes('\0') || place.suffix.includes('\0') || place.whole.text.slice(0, 1000).includes('\0')) {
    return 'binary';
  }
  const refused = refuseText(place, trigger, settings);
  if (refused !== undefined || trigger === 'manual') return refused;
  if (/^[\p{L}\p{N}\p{M}_$]/u.test(place.rest)) return 'insideWord';
  return isClosing(place.rest) ? undefined : 'insideLine';
}

/** Whether the cursor stands in a comment or a string in which the settings want no suggestion. */
function refuseText(
  place: Place,
  trigger: CompletionRequest['trigger'],
  { comments, strings }: Pick<CompletionSettings, 'comments' | 'strings'>,
): NoSuggestionReason | undefined {
  if (comments === 'on' && strings === 'on') return undefined;
  const kind = openAt(place).findLast((frame) => frame.kind !== 'soft')?.kind;
  const isComment = kind === 'lineComment' || kind === 'blockComment';
  if (!isComment && kind !== 'string') return undefined;
  const mode = isComment ? comments : strings;
  if (mode === 'off') return isComment ? 'commentsOff' : 'stringsOff';
  if (mode === 'manual' && trigger === 'automatic') return isComment ? 'commentsByHand' : 'stringsByHand';
  return undefined;
}
