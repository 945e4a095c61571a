// Whether what an author wrote from the cursor on begins with one of the blocks that a partial program stands for. As with a
// line (membership.ts), but
// - the author may go on below: a block is right where its lines are;
// - the author's comments do not count. A comment that is kept must be one of theirs, in their order;
// - where indentation alone says what a line belongs to, each line that is kept stands in as many blocks as the author's.
// White space counts for nothing else, so blank lines and the width of indentation do not count either.

import type { OffsetRange } from '../../common/range.js';
import { languageOf } from '../../languages/index.js';
import type { SyntaxNode, SyntaxTree } from '../../syntax/index.js';
import { piecesAround } from './fill.js';
import { condense, isBetweenTokens, isFilling, matches, type AuthorsText, type Condensed } from './membership.js';
import type { PartialProgram } from '../types.js';

/** The model's block in its place. */
export type WrittenText = AuthorsText & { readonly languageId: string };

/** @param author what was written from the cursor on, several lines */
export function isBlockMember(block: WrittenText, program: PartialProgram, author: AuthorsText): boolean {
  if (program.isEverything) return true;
  const { text, languageId } = block;
  const isCut = program.holes.at(-1)?.isRest === true;
  const cutAt = isCut ? program.holes.at(-1)!.range.start : text.length;
  const comments = commentsIn(block, languageId);
  const theirs = commentsIn(author, languageId);
  const kept = comments.filter(
    ({ start, end }) => start < cutAt && !program.holes.some(({ range }) => range.start < end && range.end > start),
  );
  if (!isInOrder(textsOf(text, kept), textsOf(author.text, theirs))) return false;
  const pieces = keptPieces(text, program, comments);
  const condensed = condense(author.text, theirs);
  const isWholeLine = isEndOfLine(text, cutAt, comments);
  return matches(
    pieces.map(({ condensed: { text: piece } }) => piece),
    true,
    condensed.text,
    {
      filling: (start, end) => isFilling(author, condensed.rangeOf(start, end), theirs),
      cut: (at) => {
        const { end } = condensed.rangeOf(0, at);
        return isWholeLine ? isEndOfLine(author.text, end, theirs) : isBetweenTokens(author, end);
      },
      piece: (index, at) => isInSameBlocks(block, pieces[index]!, author, condensed, at),
    },
  );
}

interface KeptPiece {
  readonly condensed: Condensed;
  /** Where it begins in the block. */
  readonly start: number;
}

/** What stands between the holes; nothing behind a cut. */
function keptPieces(text: string, { holes }: PartialProgram, comments: readonly OffsetRange[]): readonly KeptPiece[] {
  const isCut = holes.at(-1)?.isRest === true;
  const texts = piecesAround(text, holes);
  return (isCut ? texts.slice(0, -1) : texts).map((piece, index) => {
    const start = index === 0 ? 0 : holes[index - 1]!.range.end;
    const within = comments.map((range) => ({ start: range.start - start, end: range.end - start }));
    return { condensed: condense(piece, within), start };
  });
}

/** Whether nothing but white space and comments stands behind a place on its line. */
function isEndOfLine(text: string, at: number, comments: readonly OffsetRange[]): boolean {
  for (let place = at; place < text.length; place++) {
    if (text[place] === '\n') return true;
    const comment = comments.find(({ start, end }) => start <= place && place < end);
    if (comment !== undefined) place = comment.end - 1;
    else if (!/\s/.test(text[place]!)) return place > at && text.slice(at, place).includes('\n');
  }
  return true;
}

/** Whether the lines of a piece stand in as many blocks as those of the author, where no brackets say so. */
function isInSameBlocks(
  block: WrittenText,
  { condensed, start }: KeptPiece,
  author: AuthorsText,
  theirs: Condensed,
  at: number,
): boolean {
  const program = languageOf(block.languageId)?.program;
  if (program?.blockStyle !== 'colon' || block.tree === undefined || author.tree === undefined) return true;
  let line = -1;
  for (let place = 0; place < condensed.text.length; place++) {
    if (condensed.text[place] === ' ') continue;
    const ours = start + condensed.rangeOf(place, place + 1).start;
    const lineOf = block.text.lastIndexOf('\n', ours);
    if (lineOf === line) continue;
    line = lineOf;
    const other = theirs.rangeOf(at + place, at + place + 1).start;
    const depth = depthAt(block.tree, block.offset + ours, program.blocks);
    if (depth !== depthAt(author.tree, author.offset + other, program.blocks)) return false;
  }
  return true;
}

function depthAt(tree: SyntaxTree, at: number, blocks: ReadonlySet<string>): number {
  let depth = 0;
  let node: SyntaxNode | undefined = tree.nodeAt({ start: at, end: at + 1 });
  for (; node !== undefined; node = node.parent) if (blocks.has(node.type)) depth++;
  return depth;
}

/** Comments that begin in the text, by its offsets. */
function commentsIn({ text, tree, offset }: AuthorsText, languageId: string): readonly OffsetRange[] {
  const types = languageOf(languageId)?.program?.comments;
  if (types === undefined || tree === undefined) return [];
  const end = offset + text.length;
  const found: OffsetRange[] = [];
  const visit = (node: SyntaxNode): void => {
    if (node.range.end <= offset || node.range.start >= end) return;
    if (types.has(node.type)) {
      if (node.range.start >= offset)
        found.push({ start: node.range.start - offset, end: Math.min(end, node.range.end) - offset });
    } else node.children.forEach(visit);
  };
  visit(tree.root);
  return found;
}

function textsOf(text: string, ranges: readonly OffsetRange[]): readonly string[] {
  return ranges.map(({ start, end }) => condense(text.slice(start, end)).text);
}

/** Whether texts are all among others, in their order. */
function isInOrder(texts: readonly string[], others: readonly string[]): boolean {
  let at = 0;
  for (const text of texts) {
    at = others.indexOf(text, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
