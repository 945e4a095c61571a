import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { translatedTitle } from './resolutionTitles.js';
import { inEnglish, speak } from './words.js';

const german = JSON.parse(readFileSync('l10n/bundle.l10n.de.json', 'utf8')) as Record<string, string>;
beforeEach(() => speak((message, ...values) => inEnglish(german[message] ?? message, ...values)));
afterEach(() => speak(inEnglish));

it.each([
  ['Lacuna: take ours (42 %)', 'Lacuna: unsere nehmen (42 %)'],
  ['Lacuna: both, ours first (< 1 %)', 'Lacuna: beide nehmen, unsere zuerst (< 1 %)'],
  ['Lacuna: join the imports (88 %, breaks the syntax)', 'Lacuna: die Importe vereinigen (88 %, bricht die Syntax)'],
  ['Lacuna: preview “take theirs”', 'Lacuna: Vorschau von „ihre nehmen“'],
  ['Lacuna: The file is not text.', 'Lacuna: Die Datei ist kein Text.'],
  ['Lacuna: take ours (42 %) · ours: HEAD', 'Lacuna: unsere nehmen (42 %) · unsere: HEAD'],
  [
    'Lacuna: both, ours first (5 %) · ours: HEAD, theirs: 1a2b3c4 (a subject)',
    'Lacuna: beide nehmen, unsere zuerst (5 %) · unsere: HEAD, ihre: 1a2b3c4 (a subject)',
  ],
  ['Lacuna: preview “take theirs” · theirs: feature', 'Lacuna: Vorschau von „ihre nehmen“ · ihre: feature'],
  ['more…', 'mehr…'],
  // What is not known stays as it is.
  ['Lacuna: do something new (50 %)', 'Lacuna: do something new (50 %)'],
])('%s', (title, expected) => expect(translatedTitle(title)).toBe(expected));

it('leaves English as it is', () => {
  speak(inEnglish);
  for (const title of ['Lacuna: ours (42 %)', 'Lacuna: take ours (42 %)', 'more…', 'Lacuna: …']) {
    expect(translatedTitle(title).replace('take ', '')).toBe(title.replace('take ', ''));
  }
});
