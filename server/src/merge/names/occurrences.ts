// Where a name stands in a text, as a whole word. It is asked of whole files for every conflict, so no pattern is searched for.

/** Words in code of all languages together: cheap, and good enough where what is found is looked at again. */
export const anyWord = /[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/g;

/** Places in UTF-16 units, in the order of the text; no more than `most`. */
export function occurrencesOf(name: string, text: string, most = 500): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(name); at !== -1 && places.length < most; at = text.indexOf(name, at + name.length)) {
    if (!isOfWord(text.charCodeAt(at - 1)) && !isOfWord(text.charCodeAt(at + name.length))) places.push(at);
  }
  return places;
}

function isOfWord(code: number): boolean {
  const isLetter = (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
  return isLetter || (code >= 48 && code <= 57) || code === 95 || code === 36 || code >= 128;
}
