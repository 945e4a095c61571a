// Loops of any length: the same words again and again, also where the first ones stand before the cursor. Numbers, signs
// and words such as `null` do not make one, since tables repeat them.

interface Token {
  readonly text: string;
  /** Offset in what was looked at. */
  readonly start: number;
  readonly isWord: boolean;
}

/** Code units before the cursor in which the beginning of a loop is looked for, and tokens that it may be long. */
const BEFORE = 1_200;
const LONGEST = 120;

/** A word, a sign, or one character of a script that writes words without spaces between them. */
const TOKEN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{M}\p{N}_$]+|[^\s]/gu;

const TABULAR =
  /^(?:true|false|null|nil|none|undefined|void|int|float|double|string|str|bool|boolean|char|long|short|byte|any|number|auto|u?int\d+|[iuf]\d+|x+)$/i;

/** Where in the text a loop begins anew, a UTF-16 offset; undefined where it does not. */
export function startOfLoop(prefix: string, text: string): number | undefined {
  const before = prefix.slice(-BEFORE);
  const all = before + text;
  const tokens = [...all.matchAll(TOKEN)].map(({ 0: token, index }): Token => ({
    text: token,
    start: index,
    isWord: isWord(token),
  }));
  const cursor = tokens.findIndex(({ text: token, start }) => start + token.length > before.length);
  if (cursor === -1) return undefined;
  for (let period = 1; period <= Math.min(LONGEST, tokens.length - 1); period++) {
    const again = loopOfPeriod(tokens, period, cursor, all);
    if (again !== undefined) return Math.max(0, tokens[again]!.start - before.length);
  }
  return undefined;
}

/** Whether a text holds more than signs, numbers and words of tables: those may well repeat. */
export function hasWords(text: string): boolean {
  return (text.match(TOKEN) ?? []).some(isWord);
}

function isWord(token: string): boolean {
  return /^[\p{L}_$]/u.test(token) && !TABULAR.test(token);
}

/** The first token of a loop that repeats one before it and is the text's; undefined where nothing repeats often enough. */
function loopOfPeriod(tokens: readonly Token[], period: number, cursor: number, all: string): number | undefined {
  let from = period;
  for (let at = period; at <= tokens.length; at++) {
    if (at < tokens.length && tokens[at]!.text === tokens[at - period]!.text) continue;
    // Tokens from..at-1 each repeat the one a period before.
    if (at > cursor && at > from && isLoop(tokens, { from, to: at, period }, cursor, all))
      return Math.max(from, cursor);
    from = at + 1;
  }
  return undefined;
}

interface Run {
  readonly from: number;
  readonly to: number;
  readonly period: number;
}

function isLoop(tokens: readonly Token[], { from, to, period }: Run, cursor: number, all: string): boolean {
  const unit = tokens.slice(from - period, from);
  const words = unit.filter((token) => token.isWord).length;
  if (words === 0) return false;
  const copies = (to - from + period) / period;
  const isProse = words === period;
  if (copies >= copiesOfLoop(words, isProse)) return true;
  // The end of a text that was cut off is the beginning of the next copy.
  if (words >= 4 && copies >= 2.5 && to === tokens.length) return true;
  const copied = tokens.slice(Math.max(from, cursor), to).filter((token) => token.isWord).length;
  // Two copies stand before the cursor, and all of the text goes on with them.
  if (words >= 4 && copied >= 2 && cursor - from >= period && to === tokens.length) return true;
  const isOnOneLine = !all.slice(unit[0]!.start, tokens[Math.min(to, from + period) - 1]!.start).includes('\n');
  // What stands directly before the cursor is written once more.
  return isOnOneLine && copies >= 2 && (words >= 8 || (words >= 5 && Math.abs(from - cursor) <= 1));
}

/** How often so many words must come in a row: phrases sooner than words, and words of prose sooner than those of a list. */
function copiesOfLoop(words: number, isProse: boolean): number {
  if (words === 1) return isProse ? 4 : 8;
  if (words < 4) return isProse ? 3 : 5;
  return 3;
}
