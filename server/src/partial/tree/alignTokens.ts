// Lays a completion's tokens over the syntax tree of prefix + completion + suffix. Trees of unfinished code are full of
// errors; an error node is a node like any other here.

import type { OffsetRange } from '../../common/range.js';
import type { SyntaxNode, SyntaxTree } from '../../syntax/index.js';
import type { AlignedCompletion, AlignedNode, Completion, PartialToken } from '../types.js';

/** The type of the piece that stands for the end of the line. */
export const LINE_END = '\n';

/** The text that `alignTokens` wants the tree of. */
export function textOf({ prefix, text, suffix }: Completion): string {
  return prefix + text + suffix;
}

/**
 * Aligns tokens with nodes. A token that lies across two nodes belongs to both, as in the paper; white space belongs to
 * nobody, since nearly every token of a byte-level vocabulary begins with it.
 * @param tree of `textOf(completion)`
 */
export function alignTokens(completion: Completion, tree: SyntaxTree): AlignedCompletion {
  const { prefix, text, tokens } = completion;
  const offset = prefix.length;
  const scope = { start: offset, end: offset + text.length };
  const owners = tokensByCharacter(tokens, text.length);
  const tokensOf = (range: OffsetRange): number[] => {
    const found = new Set<number>();
    for (let at = range.start; at < range.end; at++) {
      if (!isSpace(text[at]!)) for (const token of owners[at]!) found.add(token);
    }
    return [...found].sort((a, b) => a - b);
  };

  const clip = ({ start, end }: OffsetRange): OffsetRange => ({
    start: Math.max(start, scope.start) - offset,
    end: Math.min(end, scope.end) - offset,
  });
  const isInside = ({ start, end }: OffsetRange): boolean => start >= scope.start && end <= scope.end;
  /** Pieces for what lies between two children: text that the grammar gives no node of its own. */
  const addGap = (children: AlignedNode[], start: number, end: number): void => {
    const gap = text.slice(start, end);
    const own = { start: start + leadingSpace(gap), end: start + gap.trimEnd().length };
    if (own.start < own.end) children.push(pieceOf(own, text.slice(own.start, own.end), true));
  };
  const pieceOf = (range: OffsetRange, type: string, isWhole: boolean): AlignedNode => ({
    kind: 'piece',
    type,
    range,
    isWhole,
    tokens: tokensOf(range),
    children: [],
  });
  const align = (node: SyntaxNode): AlignedNode => {
    const touching = childrenInScope(node, scope);
    const range = clip(node.range);
    const isWhole = isInside(node.range);
    if (touching.length === 0) {
      if (!node.named) return pieceOf(range, node.type, isWhole);
      return { kind: 'node', type: node.type, range, isWhole, tokens: tokensOf(range), children: [] };
    }
    const children: AlignedNode[] = [];
    let at = range.start;
    for (const child of touching) {
      const aligned = align(child);
      addGap(children, at, aligned.range.start);
      children.push(aligned);
      at = Math.max(at, aligned.range.end);
    }
    addGap(children, at, range.end);
    return { kind: 'node', type: node.type, range, isWhole, tokens: [], children };
  };

  const top = align(innermostAround(tree, scope));
  const content = top.isWhole ? [top] : top.children.length > 0 ? top.children : [top];
  const ending = tokens.flatMap(({ start, end }, index) =>
    start === end && start >= text.trimEnd().length ? index : [],
  );
  const lineEnd: AlignedNode = {
    kind: 'piece',
    type: LINE_END,
    range: { start: text.length, end: text.length },
    isWhole: false,
    tokens: text === '' ? [] : ending,
    children: [],
  };
  const children = [...content, lineEnd];
  return {
    completion,
    root: { kind: 'node', type: 'line', range: { start: 0, end: text.length }, isWhole: false, tokens: [], children },
  };
}

/** The innermost node with more than one child in the completion: what is above only repeats it. */
function innermostAround(tree: SyntaxTree, scope: OffsetRange): SyntaxNode {
  let node = tree.nodeAt(scope);
  for (;;) {
    const children = childrenInScope(node, scope);
    const [only] = children;
    const isWrapped = node.range.start < scope.start || node.range.end > scope.end;
    if (children.length !== 1 || only === undefined || !isWrapped) return node;
    node = only;
  }
}

/** Children that hold characters of the completion; a missing token or an empty node holds none. */
function childrenInScope(node: SyntaxNode, scope: OffsetRange): readonly SyntaxNode[] {
  return node.children.filter(({ range: { start, end } }) => Math.max(start, scope.start) < Math.min(end, scope.end));
}

/** For each character the tokens that spell it. A character of several bytes may have several. */
function tokensByCharacter(tokens: readonly PartialToken[], length: number): readonly (readonly number[])[] {
  const owners: number[][] = Array.from({ length }, () => []);
  for (const [index, { start, end }] of tokens.entries()) {
    for (let at = Math.max(0, start); at < Math.min(end, length); at++) owners[at]!.push(index);
  }
  return owners;
}

function leadingSpace(text: string): number {
  return text.length - text.trimStart().length;
}

function isSpace(char: string): boolean {
  return /\s/.test(char);
}
