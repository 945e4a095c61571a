// One round of fitting. Text and rest of the line are both scanned from what is open at the cursor. Where the text
// closes something that was open there, the rest must close it too and what stands in front of its closer must be
// spelled in the text; else the text ends before it closes that. Behind the text all is open again that the rest needs.

import { countOpenAbove, escapedLength, openAt } from '../strings/openState.js';
import { lexiconOf } from '../../languages/index.js';
import { scan, type Frame } from '../strings/scan.js';
import type { Place } from '../place/place.js';
import { closesIn, readsWhole, type RestClose } from './closes.js';
import { breaksWord, endOfSpelling, isSpace, spelledBeginning, spells } from './spelling.js';
import type { FittedText } from './types.js';

/** How far text and rest go together. */
interface Walk {
  /** Where the text must end; undefined where it may stay whole. */
  readonly cutAt: number | undefined;
  /** Length of the rest's beginning that the text spells too, and where in the text that ends. */
  readonly consumed: number;
  readonly consumedEnd: number;
  /** Where in the text the first closer stands that the rest closes too. */
  readonly firstConsumed: number | undefined;
  /** From here on the text closes nothing that was open at the cursor. */
  readonly lastClose: number;
  /** What the text opens and leaves open. */
  readonly own: readonly Frame[];
  /** How many frames of its own are open at each place of the text. */
  readonly depths: readonly number[];
  readonly closes: readonly RestClose[];
}

export function fitOnce(text: string, place: Place): FittedText {
  const rest = place.rest.trimEnd();
  if (mendsLine(text, rest, place)) return { text, consumed: rest.length };
  const walk = walkAlong(text, rest, place);
  const cut = (at: number, consumed = 0): FittedText => ({ text: text.slice(0, at).trimEnd(), consumed });
  if (walk.cutAt !== undefined) return cut(walk.cutAt, walk.cutAt === walk.consumedEnd ? walk.consumed : 0);
  // What stands on further lines stands behind the rest, and so it would not be what the model wrote there.
  const lineEnd = walk.consumed === 0 ? -1 : text.indexOf('\n', walk.consumedEnd);
  if (lineEnd !== -1) return cut(lineEnd, walk.consumed);
  const left = rest.slice(walk.consumed);
  if (left.trim() === '') return endInside(text, rest, walk) ?? { text, consumed: walk.consumed };
  if (endsStatement(text, left, walk, place)) return cut(text.trimEnd().length - 1, walk.consumed);
  const comment = walk.own.find(({ kind }) => kind === 'lineComment' || kind === 'blockComment');
  const closer = endOfComment(left, place);
  if (closer !== undefined && comment?.kind === 'blockComment' && left.startsWith(comment.close, closer.at)) {
    return { text, consumed: walk.consumed };
  }
  if (closer !== undefined && comment === undefined && text.trimEnd().endsWith(closer.sign)) {
    return { text, consumed: walk.consumed + closer.at + closer.sign.length };
  }
  if (comment !== undefined) return cut(comment.at);
  const whole = findWhole(text, left, walk);
  if (whole !== undefined) return { text: text.slice(0, whole), consumed: rest.length };
  const tag = doubledTag(text.slice(walk.consumedEnd), left);
  const overlap = tag === undefined ? findOverlap(text, left, walk) : undefined;
  if (overlap !== undefined) return { text, consumed: walk.consumed + overlap.length };
  const further = text.slice(walk.consumedEnd).trim();
  if (walk.consumed > 0 && further !== '' && !onlyCloses(left)) {
    return { text: text.slice(0, walk.consumedEnd), consumed: walk.consumed };
  }
  if (text.includes('\n') && !/^[\s)\]}"'`;,]*$/.test(left)) return cut(text.indexOf('\n'));
  if (tag !== undefined) return cut(walk.consumed > 0 ? walk.consumedEnd : tag, walk.consumed);
  // A regular expression that the rest ends needs no other end; of quotes the editor closes each.
  const isEnded =
    walk.own.some(({ form }) => form?.hasClasses === true) && readsWhole(text + left, place, escapedLength(place));
  return isEnded ? { text, consumed: walk.consumed } : closeOwn(text, left, walk, cut);
}

/** Whether a text ends a statement inside of a bracket that what is left closes, as `g(a);` in `f(ˇ);`. A `for` has such ends. */
function endsStatement(text: string, left: string, { own }: Walk, place: Place): boolean {
  const { kind, open } = openAt(place).at(-1) ?? {};
  const isInBracket = kind === 'bracket' && (open === '(' || open === '[');
  if (!isInBracket || own.length > 0 || !/^\s*[)\]]/.test(left) || !text.trimEnd().endsWith(';')) return false;
  return !/\bfor\s*\([^()]*$/.test(place.linePrefix);
}

/** Whether the line lacks an opener of its rest, as `freˇ);` where `e(a` was deleted, and a text that ends like it has that. */
function mendsLine(text: string, rest: string, place: Place): boolean {
  const left = rest.trim();
  if (left === '' || !text.endsWith(left) || text.includes('\n')) return false;
  return !readsWhole(rest, place) && readsWhole(text, place, escapedLength(place));
}

/** What a text leaves open of its own, and where it first closes what the rest closes, or writes what it begins with. */
export function readAlong(
  text: string,
  place: Place,
): { readonly own: readonly Frame[]; readonly firstConsumed: number | undefined } {
  const rest = place.rest.trimEnd();
  const walk = walkAlong(text, rest, place);
  if (walk.cutAt !== undefined || walk.firstConsumed !== undefined) {
    return { own: walk.own, firstConsumed: walk.firstConsumed ?? walk.cutAt };
  }
  const whole = rest.trim() === '' ? undefined : findOverlap(text, rest, walk)?.at;
  return { own: walk.own, firstConsumed: whole };
}

function walkAlong(text: string, rest: string, place: Place): Walk {
  const { linePrefix } = place;
  const open = openAt(place);
  const above = countOpenAbove(place);
  const lexicon = lexiconOf(place.document.languageId);
  const closes = closesIn(place);
  const stack = [...open];
  const depths = new Array<number>(text.length + 1).fill(0);
  let base = open.length;
  let consumed = 0;
  let consumedEnd = 0;
  let firstConsumed: number | undefined;
  let lastClose = 0;
  let cutAt: number | undefined;
  const shift = linePrefix.length;
  const whole = linePrefix + text;
  let from = 0;
  /** Notes the depth up to a place. */
  const note = (until: number, depth: number): void => {
    for (; from < until; from++) depths[from] = depth;
  };
  scan(whole, shift + escapedLength(place), whole.length, stack, lexicon, (event) => {
    const at = event.at - shift;
    const end = event.end - shift;
    if (event.type === 'open') {
      note(at + 1, stack.length - 1 - base);
      return undefined;
    }
    if (event.type === 'close' && event.index >= base) {
      note(end, stack.length - base);
      return undefined;
    }
    if (event.type === 'softStray') {
      // In a string that the text itself begins, brackets are free.
      if (stack.slice(base).some(({ kind }) => kind !== 'soft')) return undefined;
      if (rest.trim() === '') return undefined;
      cutAt = at;
      return 'stop';
    }
    if (event.type === 'unclosed') return undefined;
    const odd = event.type === 'close' ? oddQuote(stack.slice(base), event.frame) : undefined;
    if (odd !== undefined) {
      cutAt = odd.at - shift;
      return 'stop';
    }
    const expected =
      event.type === 'stray'
        ? strayIn(rest, consumed, text.slice(at, end))
        : closes.find(({ index, at: place }) => event.type === 'close' && index === event.index && place >= consumed);
    note(at, Math.max(0, stack.length - base));
    if (expected === undefined) {
      // In front of a rest nothing is closed that an earlier line opened.
      if (
        event.type === 'stray' ||
        (event.type === 'close' && event.index < above && rest.slice(consumed).trim() !== '')
      ) {
        cutAt = at;
        return 'stop';
      }
      base = event.type === 'close' ? event.index : base;
      lastClose = end;
    } else if (
      spells(text.slice(consumedEnd, at), rest.slice(consumed, expected.at)) &&
      doubledTag(text.slice(consumedEnd, at), rest.slice(expected.end)) === undefined
    ) {
      firstConsumed ??= at;
      consumed = expected.end;
      consumedEnd = end;
      lastClose = end;
      if (event.type === 'close') base = event.index;
    } else {
      cutAt = consumed > 0 ? consumedEnd : at;
      return 'stop';
    }
    note(end, 0);
    return undefined;
  });
  note(text.length + 1, Math.max(0, stack.length - base));
  const own = stack.slice(base).map((frame) => ({ ...frame, at: frame.at - shift }));
  return { cutAt, consumed, consumedEnd, firstConsumed, lastClose, own, depths, closes };
}

/** A sign of a string's own quotes that the text has left inside it, as in `""""a"""`: it would be a fourth. */
function oddQuote(own: readonly Frame[], { kind, close }: Frame): Frame | undefined {
  return kind === 'string' ? own.find((frame) => frame.kind === 'soft' && frame.open === close[0]) : undefined;
}

/** The end of a comment with which a rest begins, where none is open: the text is to begin it, and may have ended it. */
function endOfComment(left: string, place: Place): { readonly at: number; readonly sign: string } | undefined {
  if (openAt(place).some(({ kind }) => kind === 'blockComment')) return undefined;
  const at = left.length - left.trimStart().length;
  const found = lexiconOf(place.document.languageId).blockComments.find(([, close]) => left.startsWith(close, at));
  return found && { at, sign: found[1] };
}

/** The same closer, where the rest goes on with it: nobody knows what it closes, but it is there already. */
function strayIn(rest: string, from: number, sign: string): Omit<RestClose, 'index'> | undefined {
  const end = endOfSpelling(rest, from, sign);
  return end === undefined ? undefined : { at: end - sign.length, end };
}

/** Where nothing is left of the rest, a string of one line that the text begins and does not end is left out. */
function endInside(text: string, rest: string, { own }: Walk): FittedText | undefined {
  // In front of a rest no string goes on on the next line either.
  const isOneLine = rest.trim() !== '' && !text.includes('\n');
  const string = own.find(({ kind, form }) => kind === 'string' && (isOneLine || form?.severalLines === false));
  return string === undefined || text.slice(string.at).includes('\n')
    ? undefined
    : { text: text.slice(0, string.at).trimEnd(), consumed: 0 };
}

/** Where the text goes on like all that is left of the rest, and ends there. Separators may come more than once. */
function findWhole(text: string, left: string, { lastClose, depths }: Walk): number | undefined {
  const sought = left.trim();
  if (!/[\p{L}\p{N}_({[]/u.test(sought) && sought.length < 2) return undefined;
  for (let at = lastClose; at < text.length; at++) {
    if (depths[at] !== 0 || isSpace(text[at]!) || breaksWord(text, at)) continue;
    const end = endOfSpelling(text, at, sought);
    if (end !== undefined) return end;
  }
  return undefined;
}

/** Where a text closes an element that it did not open and that what follows closes. */
function doubledTag(text: string, later: string): number | undefined {
  const opened: string[] = [];
  for (const { 0: tag, 1: slash, 2: name = '', index } of text.matchAll(/<(\/?)([A-Za-z][\w.:-]*)[^<>]*>?/g)) {
    if (slash === '') opened.push(name);
    else if (opened.includes(name)) opened.splice(opened.lastIndexOf(name), 1);
    else if (tag.endsWith('>') && later.includes(`</${name}>`)) return index;
  }
  return undefined;
}

/** How much of what is left the end of the text spells already. */
function findOverlap(
  text: string,
  left: string,
  { lastClose, depths }: Walk,
): { readonly at: number; readonly length: number } | undefined {
  for (let at = lastClose; at < text.length; at++) {
    if (depths[at] !== 0 || isSpace(text[at]!) || breaksWord(text, at)) continue;
    const length = spelledBeginning(text, at, left);
    if (length !== undefined) return { at, length };
  }
  return undefined;
}

/** Whether what is left only closes, so that more may stand in front of it. */
function onlyCloses(left: string): boolean {
  return /^[\s)\]}"'`;,:.>#]*((\/\/|#|--|;).*)?$/.test(left);
}

/** What is left of the rest closes outer things, so everything that the text opened must be closed before it. */
function closeOwn(
  text: string,
  left: string,
  { own, closes, consumed, lastClose }: Walk,
  cut: (at: number, consumed?: number) => FittedText,
): FittedText {
  const next = closes.find(({ at }) => at >= consumed);
  // The text closed what nothing behind the cursor closes, but the line is not over, as the model thought.
  const tail = /^\s*(?:[;{:]|=>)/.test(text.slice(lastClose)) && /^\s*[)\]]/.test(left);
  if (tail && lastClose > 0) return cut(lastClose, consumed);
  const closers: string[] = [];
  for (const frame of own) {
    if (frame.kind !== 'soft') closers.push(frame.close);
    else if (frame.open !== '<') return cut(frame.at);
    else if (next !== undefined && left.startsWith('>', next.at - consumed)) closers.push(frame.close);
  }
  return { text: text + closers.reverse().join(''), consumed };
}
