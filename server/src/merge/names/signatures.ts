// Calls that fit what a function took before a side changed its parameters, and no longer fit. A signature is known where all
// definitions of the name in the file take as many arguments; what is in doubt counts as a fitting call.

import { languageOf } from '../../languages/index.js';
import type { OffsetRange } from '../../common/range.js';
import type { Syntax, SyntaxNode, SyntaxTree } from '../../syntax/index.js';
import type { MergeInput, SideView, WholeText } from '../types.js';
import { argumentCount, fits, type Arity } from './arity.js';
import { changedLinesOf, newLines } from './changedLines.js';
import { namesIn, namesOfFile, type FileNames } from './fileNames.js';
import { headsOf } from './heads.js';
import { keywords } from './keywords.js';

interface Signatures {
  /** The first function that a text in the conflict's place calls as nobody may call it any more. */
  misfit(text: string): Promise<string | undefined>;
  /** Whether what changed is defined outside of the conflict, so that a call fits or not whatever else an answer holds. */
  readonly areOutside: boolean;
  /** Forgets the trees. */
  close(): void;
}

/** A name in front of a bracket. It begins where a word does: a word of a hundred thousand letters is read once. */
const called = /(?<![\w$\u0080-\uffff])[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*(?=\s*\()/g;

let opened = 0;

/** @returns undefined where no call in the conflict can be of a function with other parameters than before */
export async function openSignatures(input: MergeInput, syntax: Syntax): Promise<Signatures | undefined> {
  const { file, languageId } = input;
  const nodes = languageOf(languageId)?.program?.names;
  if (file?.sides === undefined || nodes === undefined) return undefined;
  const calledNow = namesCalled(input);
  if (calledNow.size === 0) return undefined;
  const views = [file.sides.ours, file.sides.theirs];
  const near = namesWithChangedHeads(file.base, views, calledNow);
  if (near.length === 0) return undefined;
  const before = await namesOfFile(file.base, near, languageId, syntax);
  if (before === undefined) return undefined;
  const known = near.filter((name) => signatureIn(before, name) !== undefined);
  if (known.length === 0) return undefined;
  const changed = new Map<string, Signature>();
  let areOutside = true;
  for (const { file: side, range } of views) {
    const after = await namesOfFile(side, known, languageId, syntax);
    for (const name of known) {
      const now = after && signatureIn(after, name);
      const then = signatureIn(before, name)!;
      if (now !== undefined && !isSame(now, then)) changed.set(name, then);
      areOutside &&= after?.get(name)?.some(({ at }) => at >= range.start && at < range.end) !== true;
    }
  }
  if (changed.size === 0) return undefined;
  const own = ++opened;
  const keyOf = (view: number): string => `signatures ${own} ${view}`;
  // Where there is no other conflict, both views are the same around this one.
  const asked = restOf(views[0]!) === restOf(views[1]!) ? views.slice(0, 1) : views;
  // What is called elsewhere in the file is found once, unless it depends on what an answer defines.
  const elsewhere = new Map<number, ReadonlySet<string>>();
  return {
    areOutside,
    async misfit(text) {
      if (![...changed.keys()].some((name) => text.includes(name))) return undefined;
      for (const [index, { file: side, range }] of asked.entries()) {
        const whole = side.text.slice(0, range.start) + text + side.text.slice(range.end);
        const tree = await syntax.parse(languageId, whole, keyOf(index));
        if (tree === undefined) continue;
        try {
          const place = { start: range.start, end: range.start + text.length };
          const names = namesIn(tree, [...changed.keys()]);
          const question = { changed, names, base: file.base.text, bareMembers: nodes.bareMembers === true };
          const here = misfitsIn(tree, nodes.calls, place, question);
          if (here.length === 0) continue;
          const left = elsewhere.get(index) ?? leftElsewhere(tree, nodes.calls, place, question);
          if (areOutside) elsewhere.set(index, left);
          const found = here.find((name) => !left.has(name));
          if (found !== undefined) return found;
        } finally {
          tree.delete();
        }
      }
      return undefined;
    },
    close: () => asked.forEach((_, index) => syntax.forget(keyOf(index))),
  };
}

function restOf({ file, range }: SideView): string {
  return file.text.slice(0, range.start) + file.text.slice(range.end);
}

/** What both sides' sections call. */
function namesCalled({ ours, theirs, base = '' }: MergeInput): Set<string> {
  const lines = newLines(`${ours}\n${theirs}`, base);
  return new Set((lines.match(called) ?? []).filter((name) => !keywords.has(name)));
}

/** Those names near a change, whose brackets changed where they may be defined. */
function namesWithChangedHeads(base: WholeText, views: readonly SideView[], wanted: ReadonlySet<string>): string[] {
  return [...wanted].filter((name) =>
    views.some(({ file }) => {
      if (!changedLinesOf(base, file).near().has(name)) return false;
      const after = headsOf(name, file.text);
      return headsOf(name, base.text).some((head) => !after.includes(head));
    }),
  );
}

interface Signature extends Arity {
  readonly isMember: boolean;
}

/** Undefined where the name is not that of functions alone, all of which take as many arguments. */
function signatureIn(names: FileNames, name: string): Signature | undefined {
  const all = names.get(name);
  const first = all?.[0];
  if (all === undefined || first?.arity === undefined) return undefined;
  let { required } = first.arity;
  for (const { arity, kind, isFunction } of all) {
    if (!isFunction || arity === undefined || kind !== first.kind) return undefined;
    if (arity.total !== first.arity.total || arity.takesSelf !== first.arity.takesSelf) return undefined;
    // In C++ values of parameters stand in one of two places.
    required = Math.min(required, arity.required);
  }
  return { ...first.arity, required, isMember: first.kind === 'member' };
}

function isSame(one: Signature, other: Signature): boolean {
  return one.required === other.required && one.total === other.total;
}

interface Question {
  readonly changed: ReadonlyMap<string, Signature>;
  /** What the tree's text defines of them. */
  readonly names: FileNames;
  readonly base: string;
  readonly bareMembers: boolean;
}

/** The functions that are called in a place as nobody may call them any more. */
function misfitsIn(tree: SyntaxTree, calls: string, place: OffsetRange, question: Question): string[] {
  return misfits(tree, calls, place, question)
    .filter(({ range }) => range.start >= place.start && range.end <= place.end)
    .map(({ name }) => name);
}

/** Those of which the side that changed them left a call as it was: it is one of something else, or not held to that. */
function leftElsewhere(tree: SyntaxTree, calls: string, place: OffsetRange, question: Question): ReadonlySet<string> {
  return new Set(
    misfits(tree, calls, undefined, question)
      .filter(({ range }) => range.end <= place.start || range.start >= place.end)
      .filter(({ range }) => question.base.includes(tree.text.slice(range.start, range.end)))
      .map(({ name }) => name),
  );
}

interface Misfit {
  readonly name: string;
  /** Name and arguments. */
  readonly range: OffsetRange;
}

function misfits(
  tree: SyntaxTree,
  calls: string,
  place: OffsetRange | undefined,
  { changed, names, bareMembers }: Question,
): Misfit[] {
  return tree.find(calls, place).flatMap((found) => {
    const callee = found.get('callee')!;
    const name = tree.text.slice(callee.range.start, callee.range.end);
    const then = changed.get(name);
    const now = then === undefined ? undefined : signatureIn(names, name);
    if (then === undefined || now === undefined) return [];
    const count = countFor(found, now, tree, bareMembers);
    const list = found.get('arguments')!.range;
    return count !== undefined && fits(then, count) && !fits(now, count)
      ? [{ name, range: { start: callee.range.start, end: list.end } }]
      : [];
  });
}

/** The number of arguments of a call, where it can be one of that function. */
function countFor(
  found: ReadonlyMap<string, SyntaxNode>,
  { isMember, takesSelf }: Signature,
  { languageId, text }: SyntaxTree,
  bareMembers: boolean,
): number | undefined {
  const receiver = found.get('receiver');
  const path = found.get('path');
  const isOfMember = receiver !== undefined || path !== undefined;
  if (isOfMember !== isMember && !(isMember && bareMembers)) return undefined;
  // `Type.method(object, ...)` hands over the object as well.
  if (languageId === 'python' && receiver !== undefined && /^[A-Z]/.test(text[receiver.range.start]!)) return undefined;
  const count = argumentCount(found.get('arguments')!);
  return count === undefined || path === undefined || !takesSelf ? count : count - 1;
}
