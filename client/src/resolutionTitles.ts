// Titles of lenses and quick fixes come from the server in English, for every client alike; here they are put into the
// user's language, part by part.

import { t, translated } from './words.js';

export function translatedTitle(title: string): string {
  const preview = /^Lacuna: preview “(.*)”$/.exec(title);
  if (preview !== null) return t('Lacuna: preview “{0}”', translated(preview[1]!));
  const resolution = /^Lacuna: ([^()]*) \(([^()]*)\)$/.exec(title);
  if (resolution !== null) return `Lacuna: ${words(resolution[1]!)} (${translatedConfidence(resolution[2]!)})`;
  const sentence = /^Lacuna: (.*)$/.exec(title);
  return sentence === null ? translated(title) : `Lacuna: ${translated(sentence[1]!)}`;
}

/** A lens leaves the verb out where it is “take”. */
function words(text: string): string {
  const whole = translated(text);
  if (whole !== text) return whole;
  const taken = translated(`take ${text}`);
  return taken === `take ${text}` ? text : taken;
}

export function translatedConfidence(text: string): string {
  return text.replace(/, breaks the syntax$/, t(', breaks the syntax'));
}
