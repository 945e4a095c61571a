// Whether a partial program parses to the same tree outside its holes: only then a hole is a thing of the grammar that can
// be filled, and not a gap that shifts the meaning of what is around it.

import type { OffsetRange } from '../../common/range.js';
import type { Syntax, SyntaxNode, SyntaxTree } from '../../syntax/index.js';
import { fill } from './fill.js';
import { isBalanced } from './membership.js';
import { placeholderFor } from './placeholders.js';
import type { Completion, Hole, PartialProgram } from '../types.js';

/**
 * The holes of a program that change the tree around them; none when it can be used.
 * @param tree of the completion as it was generated
 * @param key under which the room `syntax` keeps the tree that the next parse begins with
 */
export async function misfittingHoles(
  completion: Completion,
  tree: SyntaxTree,
  program: PartialProgram,
  syntax: Syntax,
  key?: string,
): Promise<readonly Hole[]> {
  // Where the line is cut, what follows is the author's to write, and no tree can be held against it.
  const holes = program.holes.filter(({ isRest }) => !isRest);
  if (holes.length === 0) return [];
  const unbalanced = holes.filter(({ range }) => !isBalanced(completion.text.slice(range.start, range.end)));
  if (unbalanced.length > 0) return unbalanced;
  const asked = hasErrors(completion, tree) ? holes : holes.filter((hole) => !isToken(hole));
  if (asked.length === 0 || (await fitsTree(completion, tree, asked, syntax, key))) return [];
  if (asked.length < 2) return asked;
  const alone: Hole[] = [];
  for (const hole of asked) if (!(await fitsTree(completion, tree, [hole], syntax, key))) alone.push(hole);
  return alone.length > 0 ? alone : asked;
}

/**
 * Whether a hole is a single token. The parser reads any other of its kind in the same way, so it need not be parsed again;
 * but how it finds its way out of an error may hang on what the tokens are. A name in place of flags is no flags, and pieces
 * of a text that touch may become one.
 */
function isToken({ parent, first, last }: Hole): boolean {
  const { type, children, range } = parent.children[first]!;
  const [before, after] = [parent.children[first - 1], parent.children[first + 1]];
  const isPiece =
    (before?.type === type && before.range.end === range.start) ||
    (after?.type === type && after.range.start === range.end);
  return first === last && children.length === 0 && type !== 'regex_flags' && !isPiece;
}

function hasErrors({ prefix, text }: Completion, tree: SyntaxTree): boolean {
  return tree.countErrors({ start: prefix.length, end: prefix.length + text.length }) > 0;
}

/** Whether a completion, parsed with a placeholder in each of these holes, has the same tree outside of them. */
export async function fitsTree(
  completion: Completion,
  tree: SyntaxTree,
  holes: readonly Hole[],
  syntax: Syntax,
  key?: string,
): Promise<boolean> {
  const { languageId, prefix, suffix, text } = completion;
  const filled = fill(text, holes, (index) => {
    const { parent, first, last, range } = holes[index]!;
    const types = parent.children.slice(first, last + 1).map(({ type }) => type);
    return placeholderFor(languageId, types, text.slice(range.start, range.end));
  });
  const partialTree = await syntax.parse(languageId, prefix + filled.text + suffix, key);
  if (partialTree === undefined) return false;
  try {
    const shift = (range: OffsetRange): OffsetRange => ({
      start: range.start + prefix.length,
      end: range.end + prefix.length,
    });
    return isSameOutside(
      { root: tree.root, holes: holes.map(({ range }) => shift(range)), end: prefix.length + text.length },
      { root: partialTree.root, holes: filled.ranges.map(shift), end: prefix.length + filled.text.length },
      prefix.length,
    );
  } finally {
    partialTree.delete();
  }
}

interface Side {
  readonly root: SyntaxNode;
  readonly holes: readonly OffsetRange[];
  /** Where the completion ends. */
  readonly end: number;
}

/** Compares two trees from the root down; a hole is equal to a hole, whatever it holds. */
function isSameOutside(before: Side, after: Side, start: number): boolean {
  const pending: [SyntaxNode, SyntaxNode][] = [[before.root, after.root]];
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const [left, right] = pair;
    if (left.id === right.id) continue;
    if (left.type !== right.type || left.isMissing !== right.isMissing) return false;
    if (left.hasError === right.hasError && isUntouched(left, right, before, after, start)) continue;
    const leftParts = partsOf(left, before.holes);
    const rightParts = partsOf(right, after.holes);
    if (leftParts.length !== rightParts.length) return false;
    for (const [index, part] of leftParts.entries()) {
      const other = rightParts[index]!;
      if (typeof part === 'number' || typeof other === 'number') {
        if (part !== other) return false;
      } else pending.push([part, other]);
    }
  }
  return true;
}

/** Whether two nodes are the same stretch of text that lies before or after the completion, without errors. */
function isUntouched(left: SyntaxNode, right: SyntaxNode, before: Side, after: Side, start: number): boolean {
  if (left.hasError) return false;
  const isBefore = left.range.end < start && left.range.start === right.range.start;
  const isAfter = left.range.start > before.end && left.range.start - before.end === right.range.start - after.end;
  return (isBefore || isAfter) && left.range.end - left.range.start === right.range.end - right.range.start;
}

/** A node's children, with the number of a hole in place of those that lie in it; what is empty does not count. */
function partsOf(node: SyntaxNode, holes: readonly OffsetRange[]): readonly (SyntaxNode | number)[] {
  const parts: (SyntaxNode | number)[] = [];
  for (const child of node.children) {
    const { start, end } = child.range;
    if (start === end && !child.isMissing) continue;
    const hole = start === end ? -1 : holes.findIndex((range) => range.start <= start && end <= range.end);
    if (hole === -1) parts.push(child);
    else if (parts.at(-1) !== hole) parts.push(hole);
  }
  return parts;
}
