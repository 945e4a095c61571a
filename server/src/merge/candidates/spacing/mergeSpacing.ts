// The white space of an answer: where one side changed it and the other did not, the change stays, whatever the answer's
// words come from. An edit that is "only white space" is an edit; it may be a string, a level of YAML, or a Makefile.

import { inverted } from '../../diff/inverted.js';
import type { ConflictTexts } from '../../types.js';
import { indentThere, type IndentedLine } from './reindent.js';
import {
  gapIn,
  partsOfGap,
  placesIn,
  spacedWordsOf,
  textOfWords,
  type GapParts,
  type SpacedWords,
} from './spacedWords.js';

export interface SpacedText {
  readonly text: string;
  /** Places where white space that a side changed is not as that side has it. */
  readonly lost: number;
}

export interface Spacing {
  /** Whether a side changed white space between words that it kept, so that there is something to merge. */
  readonly hasEdits: boolean;
  /** The text with what both sides did to white space. Doing it twice changes nothing more. */
  apply(text: string): SpacedText;
}

/** UTF-16 units of all sides together; beyond it white space is not merged, and counts as lost. */
const LONGEST = 60_000;

interface Side {
  readonly spaced: SpacedWords;
  /** Of each word of the base its place in the side. */
  readonly fromBase: Int32Array | undefined;
  /** Of each word of the side its place in the base. */
  readonly inBase: Int32Array | undefined;
}

/** @param texts with LF as line end */
export function createSpacing(texts: ConflictTexts, languageId: string): Spacing {
  const { ours, theirs, base } = texts;
  if (ours.length + theirs.length + (base?.length ?? 0) > LONGEST) {
    return { hasEdits: false, apply: (text) => ({ text, lost: 1 }) };
  }
  const baseWords = base === undefined ? undefined : spacedWordsOf(base, languageId);
  const sideOf = (text: string): Side => {
    const spaced = spacedWordsOf(text, languageId);
    const inBase = baseWords && placesIn(spaced, baseWords);
    return { spaced, inBase, fromBase: inBase && inverted(inBase, baseWords.words.length) };
  };
  const sides = [sideOf(ours), sideOf(theirs)] as const;
  const hasEdits =
    baseWords === undefined
      ? ours !== theirs
      : sides.some((side) => editsOf(side, baseWords).length > 0 || side.inBase === undefined);
  return {
    hasEdits,
    apply(text) {
      const spaced = spacedWordsOf(text, languageId);
      const merging = createMerging(spaced, sides, baseWords);
      if (merging === undefined) return { text, lost: 1 };
      const gaps = spaced.gaps.map((_, gap) => merging.gapAt(gap));
      const merged = { words: spaced.words, gaps };
      const lost = sides.reduce(
        (sum, side, index) => sum + countLost(side, baseWords, merged, merging.places[index]!),
        0,
      );
      return { text: textOfWords(merged), lost: lost + merging.undecided() };
    },
  };
}

interface Merging {
  /** Of each word of the text its place in ours, and in theirs. */
  readonly places: readonly [Int32Array, Int32Array];
  gapAt(gap: number): string;
  /** Gaps that both sides changed, each otherwise. */
  undecided(): number;
}

/** Undefined where the text is too far from a side. */
function createMerging(
  text: SpacedWords,
  sides: readonly [Side, Side],
  base: SpacedWords | undefined,
): Merging | undefined {
  const inOurs = placesIn(text, sides[0].spaced);
  const inTheirs = inOurs && placesIn(text, sides[1].spaced);
  if (inOurs === undefined || inTheirs === undefined) return undefined;
  const inBase = base && placesIn(text, base);
  const count = text.words.length;
  const views = [
    { spaced: sides[0].spaced, places: inOurs },
    { spaced: sides[1].spaced, places: inTheirs },
  ] as const;
  const baseView = base && inBase && { spaced: base, places: inBase };
  let undecided = 0;

  const whole = (view: View | undefined, gap: number): string | undefined => {
    if (view === undefined) return undefined;
    const at = gapIn(view.places, gap, { from: count, to: view.spaced.words.length });
    return at === -1 ? undefined : view.spaced.gaps[at];
  };
  const gapAt = (gap: number): string => {
    const own = text.gaps[gap]!;
    const [ours, theirs] = [whole(views[0], gap), whole(views[1], gap)];
    const before = whole(baseView, gap);
    const decided = decide(ours, before, theirs);
    if (decided.kind === 'decided') {
      if (decided.value === undefined) return inLine(own, gap);
      // A gap that one side alone knows may still stand where the other indented anew or changed the line's end.
      if (ours !== undefined && theirs !== undefined) return decided.value;
      return byParts(decided.value, gap);
    }
    return byParts(own, gap);
  };
  /** The gap between words that stand next to each other in no version. */
  const inLine = (own: string, gap: number): string => byParts(own, gap);

  const byParts = (value: string, gap: number): string => {
    const parts = partsOfGap(value, gap === 0);
    if (parts === undefined) return inlineGap(value, gap);
    const part = (
      name: keyof GapParts,
      find: (view: View | undefined) => GapParts | undefined,
      fallback: () => string,
    ): string => {
      const [ours, theirs] = [find(views[0])?.[name], find(views[1])?.[name]];
      const decided = decide(ours, find(baseView)?.[name], theirs);
      if (decided.kind === 'conflict') undecided++;
      return decided.kind === 'conflict' || decided.value === undefined ? fallback() : decided.value;
    };
    const atRight = (view: View | undefined): GapParts | undefined => view && partsInFront(view, gap, count);
    return (
      part(
        'trail',
        (view) => view && partsBehind(view, gap),
        () => parts.trail,
      ) +
      part(
        'breaks',
        (view) => gapParts(whole(view, gap), gap),
        () => parts.breaks,
      ) +
      part('indent', atRight, () => parts.indent)
    );
  };
  /** White space in a line beside a word that one side replaced: what the other did to the white space there stays. */
  const inlineGap = (value: string, gap: number): string => {
    const found = decide(
      whole(views[0], gap) ?? beside(views[0], gap),
      whole(baseView, gap) ?? beside(baseView, gap),
      whole(views[1], gap) ?? beside(views[1], gap),
    );
    if (found.kind === 'conflict') {
      if (whole(views[0], gap) !== undefined && whole(views[1], gap) !== undefined) undecided++;
      return value;
    }
    return found.value ?? value;
  };
  const beside = (view: View | undefined, gap: number): string | undefined => {
    if (view === undefined) return undefined;
    const left = gap === 0 ? -1 : view.places[gap - 1]!;
    const right = gap === count ? -1 : view.places[gap]!;
    const found = left !== -1 ? view.spaced.gaps[left + 1] : right !== -1 ? view.spaced.gaps[right] : undefined;
    return found === undefined || found.includes('\n') ? undefined : found;
  };
  const lines = views.map(({ spaced }, index) =>
    linesOf(spaced, sides[index]!, views[1 - index]!.spaced, sides[1 - index]!, base),
  );
  const reindented = (gap: number, own: string): string => {
    if (gap === count) return own;
    for (const index of [0, 1] as const) {
      const at = views[index].places[gap]!;
      if (at === -1 || views[1 - index]!.places[gap]! !== -1) continue;
      const line = lines[index]!.findIndex(({ word }) => word === at);
      if (line !== -1) return indentThere(lines[index]!, line);
    }
    return own;
  };
  return {
    places: [inOurs, inTheirs],
    gapAt: (gap) => {
      const found = gapAt(gap);
      const parts = partsOfGap(found, gap === 0);
      if (parts === undefined) return found;
      return parts.trail + parts.breaks + reindented(gap, parts.indent);
    },
    undecided: () => undecided,
  };
}

interface View {
  readonly spaced: SpacedWords;
  /** Of each word of the text. */
  readonly places: Int32Array;
}

type Decision = { readonly kind: 'decided'; readonly value: string | undefined } | { readonly kind: 'conflict' };

/** A three-way merge of one value; what is unknown on a side is decided by the other. */
function decide(ours: string | undefined, base: string | undefined, theirs: string | undefined): Decision {
  if (ours === theirs || theirs === undefined) return { kind: 'decided', value: ours };
  if (ours === undefined) return { kind: 'decided', value: theirs };
  if (ours === base) return { kind: 'decided', value: theirs };
  if (theirs === base) return { kind: 'decided', value: ours };
  return { kind: 'conflict' };
}

const gapParts = (gap: string | undefined, at: number): GapParts | undefined =>
  gap === undefined ? undefined : partsOfGap(gap, at === 0);

/** The end of the line of the word in front of a gap, where that word ends a line there. */
function partsBehind({ spaced, places }: View, gap: number): GapParts | undefined {
  const left = gap === 0 ? -1 : places[gap - 1]!;
  return left === -1 ? undefined : partsOfGap(spaced.gaps[left + 1]!, false);
}

/** The indentation of the word behind a gap, where that word begins a line there. */
function partsInFront({ spaced, places }: View, gap: number, count: number): GapParts | undefined {
  if (gap === count) return undefined;
  const right = places[gap]!;
  return right === -1 ? undefined : partsOfGap(spaced.gaps[right]!, right === 0);
}

/**
 * The lines of a side by their first words, with the indentation that the other side gave them: what it left as it was
 * stays as this side has it, and where both indented a line anew, nothing is known.
 */
function linesOf(
  spaced: SpacedWords,
  side: Side,
  other: SpacedWords,
  otherSide: Side,
  base: SpacedWords | undefined,
): (IndentedLine & { readonly word: number })[] {
  const lines: (IndentedLine & { readonly word: number })[] = [];
  for (let word = 0; word < spaced.words.length; word++) {
    const parts = partsOfGap(spaced.gaps[word]!, word === 0);
    if (parts === undefined) continue;
    const inBase = side.inBase?.[word] ?? -1;
    const place = inBase === -1 ? -1 : (otherSide.fromBase?.[inBase] ?? -1);
    const here = parts.indent;
    const before = inBase === -1 ? undefined : partsOfGap(base!.gaps[inBase]!, inBase === 0)?.indent;
    const there = place === -1 ? undefined : partsOfGap(other.gaps[place]!, place === 0)?.indent;
    const isKept = there !== undefined && there === before;
    lines.push({ word, here, there: isKept ? here : here === before ? there : undefined });
  }
  return lines;
}

interface SpaceEdit {
  /** The gap in the side. */
  readonly gap: number;
  readonly before: string;
  readonly after: string;
}

/** Gaps between words that stood next to each other in the base too, with other white space. */
function editsOf({ spaced, inBase }: Side, base: SpacedWords): SpaceEdit[] {
  if (inBase === undefined) return [];
  const ends = { from: spaced.words.length, to: base.words.length };
  return spaced.gaps.flatMap((after, gap) => {
    const at = gapIn(inBase, gap, ends);
    return at === -1 || base.gaps[at] === after ? [] : [{ gap, before: base.gaps[at]!, after }];
  });
}

/** Edits of white space that a text does not have, though it has the words beside them. */
function countLost(side: Side, base: SpacedWords | undefined, text: SpacedWords, places: Int32Array): number {
  if (base === undefined) return 0;
  if (side.inBase === undefined) return 1;
  const inText = inverted(places, side.spaced.words.length);
  const count = side.spaced.words.length;
  const textCount = text.words.length;
  return editsOf(side, base).filter(({ gap, before, after }) => {
    const left = gap === 0 ? -1 : inText[gap - 1]!;
    const right = gap === count ? textCount : inText[gap]!;
    const hasLeft = gap === 0 || left !== -1;
    const hasRight = right !== -1;
    if (hasLeft && hasRight && right === left + 1 && text.gaps[right] === after) return false;
    const was = partsOfGap(before, gap === 0);
    const is = partsOfGap(after, gap === 0);
    if (was === undefined || is === undefined) {
      // Within a line, or a line that was broken or joined: the words beside must have it as the side does.
      if (hasLeft && hasRight) return true;
      const found = hasLeft ? text.gaps[left + 1] : hasRight ? text.gaps[right] : after;
      return found !== after;
    }
    if (was.trail !== is.trail && hasLeft && partsOfGap(text.gaps[left + 1]!, left === -1)?.trail !== is.trail)
      return true;
    if (was.indent !== is.indent && hasRight && partsOfGap(text.gaps[right]!, right === 0)?.indent !== is.indent)
      return true;
    if (was.breaks === is.breaks || !hasLeft || !hasRight) return false;
    const between = text.gaps.slice(left + 1, right + 1).join('');
    return blankLines(between, right - left) !== blankLines(is.breaks, 1);
  }).length;
}

/** Line ends beyond the one that each gap needs. */
const blankLines = (space: string, gaps: number): number => Math.max(0, space.split('\n').length - 1 - gaps);
