// Renames that git merged without a conflict: one side gave something a new name somewhere in the file, and the other side's
// new lines still use the old one, which nothing defines any more. Whatever is in doubt is no rename.

import { languageOf } from '../../languages/index.js';
import type { OffsetRange } from '../../common/range.js';
import type { Syntax, SyntaxNode, SyntaxTree } from '../../syntax/index.js';
import { align } from '../diff/threeWay.js';
import type { MergeInput, Rename, SideView, WholeText } from '../types.js';
import { changedLinesOf, newLines } from './changedLines.js';
import { changesOf, type Changes, type Replacement } from './changes.js';
import { codeWordsOf, codeWordsOfFile, type CodeWord } from './codeWords.js';
import { namesOfFile, type Definition, type FileNames } from './fileNames.js';
import { keywords } from './keywords.js';
import { anyWord, occurrencesOf } from './occurrences.js';
import { isUse } from './rename.js';

/** Names of one side that are looked into. */
const MOST_NAMES = 12;

/** The share of the words of a definition that stay where it is only renamed. */
const SAME_WORDS = 0.7;

const MOST_WORDS = 1500;

export async function findRenames(input: MergeInput, syntax: Syntax): Promise<readonly Rename[]> {
  const { file, languageId } = input;
  if (file?.sides === undefined || languageOf(languageId)?.program?.names === undefined) return [];
  const { ours, theirs } = file.sides;
  return [
    ...(await renamesFor('ours', { input, syntax, base: file.base, own: ours, other: theirs })),
    ...(await renamesFor('theirs', { input, syntax, base: file.base, own: theirs, other: ours })),
  ];
}

interface Asked {
  readonly input: MergeInput;
  readonly syntax: Syntax;
  readonly base: WholeText;
  /** Of the side whose new lines may use an old name. */
  readonly own: SideView;
  readonly other: SideView;
}

/** What the other side renamed and the new lines of this side do not know of. */
async function renamesFor(side: 'ours' | 'theirs', asked: Asked): Promise<Rename[]> {
  const { input, syntax, base, own, other } = asked;
  const { languageId } = input;
  const lines = newLines(input[side], input.base ?? '');
  if (lines === '') return [];
  const gone = changedLinesOf(base, other.file).gone();
  const otherText = input[side === 'ours' ? 'theirs' : 'ours'];
  const mayBeOld = [...new Set(lines.match(anyWord) ?? [])].filter(
    // The side that renamed it uses the old name nowhere.
    (each) => (gone.get(each) ?? 0) > 0 && !keywords.has(each) && occurrencesOf(each, otherText).length === 0,
  );
  if (mayBeOld.length === 0) return [];
  const inNewLines = codeWordsOf(lines, languageId);
  const changes = mayBeOld.some((each) => inNewLines.has(each)) ? changesOf(base, other.file) : undefined;
  if (changes === undefined) return [];
  const pairs = mayBeOld
    .filter((each) => inNewLines.has(each) && hasOneName(changes.replaced.get(each)))
    .slice(0, MOST_NAMES)
    .map((old) => ({ old, renamed: changes.replaced.get(old)![0]!.renamed }));
  if (pairs.length === 0) return [];
  const wanted = pairs.flatMap(({ old, renamed }) => [old, renamed]);
  const inBase = await namesOfFile(base, wanted, languageId, syntax);
  const asksFor = pairs
    .map(({ old }) => old)
    .filter((old) => changes.replaced.get(old)!.some((pair) => inBase?.get(old)?.some(({ at }) => at === pair.inBase)));
  if (inBase === undefined || asksFor.length === 0) return [];
  const inOwn = await namesOfFile(own.file, wanted, languageId, syntax);
  const inOthers = await namesOfFile(other.file, wanted, languageId, syntax);
  if (inOwn === undefined || inOthers === undefined) return [];
  const words = codeWordsOf(input[side], languageId);
  const renames = asksFor.flatMap((old) => {
    const found = renameOf(old, { ...asked, changes, inBase, inOwn, inOthers });
    // Who wrote the new lines does not know the new name.
    const clashes = found !== undefined && words.get(found.renamed)?.some(({ qualifier }) => qualifier === '') === true;
    return found === undefined || clashes ? [] : [found];
  });
  return renames.length === 0 ? [] : usedPlainly(renames, words, asked);
}

/** Whether one name alone stands where another stood. */
function hasOneName(pairs: readonly Replacement[] | undefined): boolean {
  return pairs?.every(({ renamed }) => renamed === pairs[0]!.renamed) === true && !keywords.has(pairs[0]!.renamed);
}

interface Known extends Asked {
  readonly changes: Changes;
  readonly inBase: FileNames;
  readonly inOwn: FileNames;
  readonly inOthers: FileNames;
}

function renameOf(old: string, known: Known): Rename | undefined {
  const { changes, inBase, inOwn, inOthers, own, other, base, input } = known;
  const { languageId } = input;
  const pairs = changes.replaced.get(old) ?? [];
  const defined = pairs.flatMap((pair) => {
    const before = inBase.get(old)?.find(({ at }) => at === pair.inBase);
    const after = inOthers.get(pair.renamed)?.find(({ at }) => at === pair.inSide);
    return before !== undefined && after?.kind === before.kind ? [{ pair, before, after }] : [];
  });
  const [first] = defined;
  if (first === undefined) return undefined;
  const { renamed } = first.pair;
  const { before, after } = first;
  const isOne = defined.every(
    (each) =>
      each.pair.renamed === renamed && isSame(each.before.scope, before.scope) && isSame(each.after.scope, after.scope),
  );
  if (!isOne) return undefined;
  const isMember = before.kind === 'member';
  const alone = !isMember || languageOf(languageId)?.program?.names?.bareMembers === true;
  const uses = pairs.filter(
    ({ inBase: at }) =>
      isWithin(at, before.scope) && !isShadowed(at, inBase.get(old), before) && isWord(base, old, at, languageId),
  );
  const others = uses.length - defined.length;
  const ofAny = isMember && wasChangedEverywhere(old, known, uses);
  const rename: Rename = { old, renamed, alone, members: isMember ? (ofAny ? 'any' : 'self') : 'none' };
  const reaches = ofAny || contains(after.scope, other.range);
  const isNeeded =
    reaches &&
    isFree(old, renamed, known, before, after) &&
    !isLeft(rename, after, inOthers, other.file, changes, languageId) &&
    !isDefinedFor(inOthers.get(old), other.range) &&
    !isDefinedFor(inOwn.get(old), own.range);
  if (!isNeeded) return undefined;
  return others > 0 || (before.kind !== 'import' && isSimilar(before, after, base.text, other.file.text))
    ? rename
    : undefined;
}

/** Whether nothing else has the new name where it would be used. */
function isFree(
  old: string,
  renamed: string,
  { inBase, inOwn, inOthers, own, other }: Known,
  before: Definition,
  after: Definition,
): boolean {
  const rivals = (names: FileNames, range: OffsetRange, scope: OffsetRange): Definition[] =>
    (names.get(renamed) ?? []).filter((each) => touches(each.scope, range) && !isSame(each.scope, scope));
  if (
    (inBase.get(renamed) ?? []).some((each) => touches(each.scope, before.scope) && contains(each.scope, before.scope))
  )
    return false;
  if (rivals(inOthers, other.range, after.scope).length > 0) return false;
  const inScope = (inOthers.get(renamed) ?? []).filter((each) => isSame(each.scope, after.scope));
  const wereInScope = (inBase.get(old) ?? []).filter((each) => isSame(each.scope, before.scope));
  if (inScope.length > wereInScope.length) return false;
  // The other conflicts' sides move what stands behind them, so that scopes are counted here.
  return (inOwn.get(renamed) ?? []).filter((each) => touches(each.scope, own.range)).length <= inScope.length;
}

/** Whether a line that the side left as it was still uses the old name. */
function isLeft(
  rename: Rename,
  after: Definition,
  names: FileNames,
  file: WholeText,
  { stretches }: Changes,
  languageId: string,
): boolean {
  return (codeWordsOfFile(file, languageId).get(rename.old) ?? []).some(
    (word) =>
      isUse(word, rename) &&
      isWithin(word.at, after.scope) &&
      !isShadowed(word.at, names.get(rename.old)) &&
      !stretches.some(({ side }) => isWithin(word.at, side)),
  );
}

/** Whether every member of that name, whatever it is a member of, got the new one, and one such use shows it. */
function wasChangedEverywhere(old: string, { other, input }: Known, uses: readonly Replacement[]): boolean {
  const { languageId } = input;
  if (codeWordsOfFile(other.file, languageId).has(old)) return false;
  const inSide = new Set(uses.map((pair) => pair.inSide));
  const named = codeWordsOfFile(other.file, languageId).get(uses[0]?.renamed ?? '') ?? [];
  return named.some(({ at, qualifier }) => inSide.has(at) && qualifier.length > 1);
}

/** Whether a definition is the same but for its name; one of few words has to be the same in all of them. */
function isSimilar(before: Definition, after: Definition, base: string, side: string): boolean {
  const [from, to] = [wordsOf(textOf(before, base), before.name), wordsOf(textOf(after, side), after.name)];
  const most = Math.max(from.length, to.length);
  if (most === 0 || most > MOST_WORDS) return false;
  const common = (align(from, to) ?? [])
    .filter(({ equal }) => equal)
    .reduce((sum, stretch) => sum + stretch.from.end - stretch.from.start, 0);
  return common >= (most < 8 ? 1 : SAME_WORDS) * most;
}

/** The whole definition, or the line on which its name stands. */
function textOf({ range, at, name }: Definition, text: string): string {
  if (range.end - range.start > name.length) return text.slice(range.start, range.end);
  const end = text.indexOf('\n', at);
  return text.slice(text.lastIndexOf('\n', at) + 1, end === -1 ? text.length : end);
}

function wordsOf(text: string, name: string): string[] {
  return (text.match(/[\p{L}\p{N}_$]+|[^\s]/gu) ?? []).filter((word) => word !== name);
}

/**
 * The renames whose old name is a plain use wherever it stands in a side: a key, a label or half of `{ name }` would have to
 * be written otherwise, and an error of syntax says nothing.
 */
async function usedPlainly(
  renames: readonly Rename[],
  words: ReadonlyMap<string, readonly CodeWord[]>,
  { input, syntax, own }: Asked,
): Promise<Rename[]> {
  const tree = await syntax.parse(input.languageId, own.file.text);
  if (tree === undefined) return [];
  try {
    return renames.filter((rename) =>
      words
        .get(rename.old)!
        .filter((word) => isUse(word, rename))
        .every(({ at }) => isPlain(tree, own.range.start + at, rename.old.length)),
    );
  } finally {
    tree.delete();
  }
}

/** Leaves and their parents that are no plain uses of a name. */
const notPlain = /^(?:shorthand|statement_identifier|label|hash_key_symbol|simple_symbol|ERROR)/;

/** Parents whose first child is a name of another thing, as in `f(name=1)`. */
const named =
  /^(?:keyword_argument|keyed_element|literal_element|pair|name_colon|argument|value_argument|field_initializer|initializer_pair)$/;

function isPlain(tree: SyntaxTree, at: number, length: number): boolean {
  const leaf = tree.nodeAt({ start: at, end: at + length });
  if (leaf.range.start > at || leaf.range.end < at + length || leaf.children.length > 1) return false;
  const { parent } = leaf;
  if (parent === undefined || notPlain.test(leaf.type) || notPlain.test(parent.type)) return false;
  return !isNameInPair(leaf, parent);
}

function isNameInPair(leaf: SyntaxNode, parent: SyntaxNode): boolean {
  if (!named.test(parent.type)) return false;
  const around = parent.type === 'literal_element' && parent.parent !== undefined ? parent.parent : parent;
  const isFirst = around.range.start === leaf.range.start;
  return isFirst && around.children.some(({ type }) => /^(?:=|:|=>)$/.test(type) || type === 'name_colon');
}

/** Whether the words at a place are code: a comment may hold the name too. */
function isWord(file: WholeText, name: string, at: number, languageId: string): boolean {
  return (
    codeWordsOfFile(file, languageId)
      .get(name)
      ?.some((word) => word.at === at) === true
  );
}

/** Whether a closer definition of the name holds at a place. */
function isShadowed(at: number, definitions: readonly Definition[] | undefined, own?: Definition): boolean {
  return (
    definitions?.some(
      ({ scope }) =>
        isWithin(at, scope) && (own === undefined || !(isSame(scope, own.scope) || contains(scope, own.scope))),
    ) === true
  );
}

function isDefinedFor(definitions: readonly Definition[] | undefined, range: OffsetRange): boolean {
  return definitions?.some(({ scope }) => touches(scope, range)) === true;
}

function isWithin(at: number, { start, end }: OffsetRange): boolean {
  return at >= start && at < end;
}

function contains(outer: OffsetRange, inner: OffsetRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function touches(one: OffsetRange, other: OffsetRange): boolean {
  return contains(one, other) || (one.start < other.end && other.start < one.end);
}

function isSame(one: OffsetRange, other: OffsetRange): boolean {
  return one.start === other.start && one.end === other.end;
}
