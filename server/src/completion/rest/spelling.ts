// Whether one text spells another, white space aside.

/** Where in `text`, from `from` on, all of `wanted` has been spelled; undefined where it is not. */
export function endOfSpelling(text: string, from: number, wanted: string): number | undefined {
  let at = from;
  let end = from;
  for (const char of wanted) {
    if (isSpace(char)) continue;
    while (at < text.length && isSpace(text[at]!)) at++;
    if (!text.startsWith(char, at)) return undefined;
    at += char.length;
    end = at;
  }
  return breaksWord(text, end) ? undefined : end;
}

/**
 * Whether a text holds another in order: words in one piece, single signs each somewhere. What the user wrote is only
 * taken away where it is written again.
 */
export function spells(text: string, wanted: string): boolean {
  const sought = wanted.trim();
  if (sought === '') return true;
  if (/[\p{L}\p{N}_]/u.test(sought)) {
    for (let from = 0; from < text.length; from++) {
      if (!isSpace(text[from]!) && !breaksWord(text, from) && endOfSpelling(text, from, sought) !== undefined)
        return true;
    }
    return false;
  }
  let at = 0;
  for (const char of sought) {
    if (isSpace(char)) continue;
    at = text.indexOf(char, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** How much of `rest` the text from `from` to its end spells; undefined where it goes on otherwise. */
export function spelledBeginning(text: string, from: number, rest: string): number | undefined {
  let at = 0;
  let isWritten = false;
  for (let index = from; index < text.length; index++) {
    const char = text[index]!;
    if (isSpace(char)) continue;
    while (at < rest.length && isSpace(rest[at]!)) at++;
    if (rest[at] !== char) return undefined;
    at++;
    isWritten = true;
  }
  return isWritten && !breaksWord(rest, at) ? at : undefined;
}

/** Whether a place lies inside a word. */
export function breaksWord(text: string, at: number): boolean {
  return at > 0 && at < text.length && isWordSign(text[at - 1]!) && isWordSign(text[at]!);
}

function isWordSign(char: string): boolean {
  return /[\p{L}\p{N}_]/u.test(char);
}

export function isSpace(char: string): boolean {
  return /\s/.test(char);
}
