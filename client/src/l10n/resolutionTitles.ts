// Titles of lenses and quick fixes come from the server in English, for every client alike; here they are put into the
// user's language, part by part.

import { plain } from '../editor/plainText.js';
import { t, translated } from './words.js';

/** Characters of a side's name. */
const LONGEST_NAME = 60;

export function translatedTitle(title: string): string {
  const [, words, names] = /^(Lacuna: .*?[)”])( · (?:ours|theirs): .*)$/s.exec(title) ?? [];
  return words === undefined || names === undefined
    ? withoutNames(title)
    : withoutNames(words) + translatedNames(names);
}

/** Which side is which; names of branches and commits may hold anything. */
function translatedNames(names: string): string {
  const [, ours, theirs] = /^ · (?:ours: (.*?))?(?:(?:, )?theirs: (.*))?$/s.exec(names) ?? [];
  return ` · ${namesOfSides(ours, theirs)}`;
}

export function namesOfSides(ours: string | undefined, theirs: string | undefined): string {
  if (ours === undefined) return t('theirs: {0}', plain(theirs ?? '', LONGEST_NAME));
  if (theirs === undefined) return t('ours: {0}', plain(ours, LONGEST_NAME));
  return t('ours: {0}, theirs: {1}', plain(ours, LONGEST_NAME), plain(theirs, LONGEST_NAME));
}

function withoutNames(title: string): string {
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
