// Scripts of words: which they are written in, which go together, and which letters of one look like another's.

const NAMES = [
  'Latin', 'Cyrillic', 'Greek', 'Armenian', 'Georgian', 'Hebrew', 'Arabic', 'Devanagari', 'Bengali', 'Gujarati', 'Gurmukhi',
  'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala', 'Thai', 'Lao', 'Khmer', 'Myanmar', 'Tibetan', 'Ethiopic', 'Mongolian',
  'Han', 'Hiragana', 'Katakana', 'Hangul', 'Bopomofo',
] as const; // prettier-ignore

type Script = (typeof NAMES)[number];

const scripts = NAMES.map((name) => [name, new RegExp(`\\p{Script=${name}}`, 'u')] as const);

/** Scripts that are written without spaces, so that a foreign word touches its neighbours: `Tシャツ`, `API를`. */
const spaceless = new Set<Script>([
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Bopomofo',
  'Thai',
  'Lao',
  'Khmer',
  'Myanmar',
  'Tibetan',
]);

const WORD = /[\p{L}_$][\p{L}\p{M}\p{N}_$]*/gu;

/** Names and words of a text, in order. */
export function wordsIn(text: string): readonly string[] {
  return text.match(WORD) ?? [];
}

/** The scripts of a word's letters. */
export function scriptsOf(word: string): readonly Script[] {
  return scripts.filter(([, form]) => form.test(word)).map(([name]) => name);
}

/** The first script of a word other than Latin; undefined for a Latin one. Japanese counts as one. */
export function otherScriptOf(word: string): Script | undefined {
  const script = scriptsOf(word).find((name) => name !== 'Latin');
  return script === 'Hiragana' || script === 'Katakana' ? 'Han' : script;
}

export function isSpaceless(script: Script): boolean {
  return spaceless.has(script);
}

/** Whether letters of these scripts make no word together. A sign of mathematics goes with Latin letters: `Δt`. */
export function areMixed(word: string): boolean {
  const spaced = scriptsOf(word).filter((script) => !spaceless.has(script));
  if (spaced.length === 0) return false;
  const greek = word.match(/\p{Script=Greek}/gu) ?? [];
  if (spaced.length === 2 && greek.length === 1 && spaced.includes('Latin'))
    return !/[ΓΔΘΛΞΠΣΦΨΩα-θλμπ-ςσφψω]/u.test(greek[0]);
  return spaced.length > 1 || (spaced[0] !== 'Latin' && spaced.length < scriptsOf(word).length);
}

const looks: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'аa еe оo рp сc уy хx іi јj ѕs ԁd һh ԛq ԝw АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ІI ЈJ ЅS кk ' +
    'ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX οo νv αa ρp ιi κk χx'
  )
    .split(' ')
    .map((pair) => [pair[0]!, pair[1]!]),
);

/** A word as it looks, whatever letters it is spelt with. */
export function lookOf(word: string): string {
  return word.replace(/[\p{Script=Cyrillic}\p{Script=Greek}]/gu, (letter) => looks[letter] ?? letter);
}

/**
 * Whether one letter was changed, left out or added, or two were swapped. What differs at the end alone is another form of
 * the same word, not another spelling.
 * @param ending letters at the end that may differ
 */
export function isMisspelling(word: string, known: string, ending: number): boolean {
  const [a, b] = [[...word], [...known]];
  if (word === known || Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < 3) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const [left, right] = [a.length - start - end, b.length - start - end];
  const isSwap = left === 2 && right === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
  return ((left <= 1 && right <= 1) || isSwap) && end >= ending;
}
