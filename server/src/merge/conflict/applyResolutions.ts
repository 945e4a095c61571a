// Puts resolutions into a text; no other character changes.

import type { AppliedResolution } from '../types.js';

/** Replaces ranges of a text, in whatever order they come. Of two that overlap the first in the text is applied alone. */
export function applyResolutions(text: string, resolutions: readonly AppliedResolution[]): string {
  const ordered = [...resolutions].sort((left, right) => left.range.start - right.range.start);
  const parts: string[] = [];
  let copied = 0;
  for (const { range, text: replacement } of ordered) {
    if (range.start < copied || range.end < range.start || range.end > text.length) continue;
    parts.push(text.slice(copied, range.start), replacement);
    copied = range.end;
  }
  parts.push(text.slice(copied));
  return parts.join('');
}
