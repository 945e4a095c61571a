// The words by which pieces of code are compared: names, and the parts of names, without what every program holds.

/** Words of the languages themselves, and names so common that they tell nothing. */
const COMMON = new Set(
  (
    'if else elif for while do switch case break continue return function class const let var new this self import from ' +
    'export default public private protected static final void int string boolean bool true false null none undefined ' +
    'def async await try catch except finally throw throws raise in of is not and or with as pass lambda package func ' +
    'type struct interface map range nil go defer chan select error err using namespace get set override internal ' +
    'readonly abstract extends implements super instanceof typeof the to float double long char byte object any number str'
  ).split(' '),
);

const NAME = /[\p{L}_$][\p{L}\p{N}_$]+/gu;
const PART = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+/gu;
const SHORTEST_PART = 3;

/** Longer names than this are data. */
const LONGEST_NAME = 64;

/** The names of a text, in order, with repetitions. */
export function namesOf(text: string): readonly string[] {
  return (text.match(NAME) ?? []).filter(isTelling);
}

function isTelling(name: string): boolean {
  return name.length <= LONGEST_NAME && !COMMON.has(name.toLowerCase());
}

/** A name and its parts, the latter marked so that `store` in `LogStore` is not the name `store`. */
function termsOfName(name: string): readonly string[] {
  const parts = (name.match(PART) ?? []).filter((part) => part.length >= SHORTEST_PART);
  return [name, ...parts.map((part) => `${PART_MARK}${part.toLowerCase()}`)];
}

/** Stands before a term that is only a part of a name. */
export const PART_MARK = '~';

/** Names and parts of names of a text. */
export function termsOf(text: string): readonly string[] {
  return namesOf(text).flatMap(termsOfName);
}

interface PlacedName {
  readonly name: string;
  /** Where it begins, a UTF-16 offset. */
  readonly offset: number;
}

/** How far back names are looked for, in UTF-16 code units. */
const FARTHEST = 2_000;

/** The names on the last lines up to a place, the nearest first, each once; not the one that is just being written. */
export function namesBefore(text: string, offset: number, lines: number, most: number): readonly PlacedName[] {
  let start = offset;
  for (let line = 0; line < lines && start > 0; line++) start = text.lastIndexOf('\n', start - 1);
  const from = Math.max(0, start, offset - FARTHEST);
  const found = new Map<string, number>();
  for (const { 0: name, index } of [...text.slice(from, offset).matchAll(NAME)].reverse()) {
    const isWhole = from + index + name.length < offset;
    if (isWhole && isTelling(name) && !found.has(name)) found.set(name, from + index);
  }
  return [...found].slice(0, most).map(([name, at]) => ({ name, offset: at }));
}
