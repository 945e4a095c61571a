// The view of a tree-sitter tree that the other rooms get: read-only, with half-open UTF-16 ranges.

import type { OffsetRange } from '../common/range.js';
import { matchesOf, type Node, type Tree } from './grammars.js';
import type { SyntaxNode, SyntaxTree } from './types.js';

/** @param onDelete called once, when the tree is deleted */
export function viewOfTree(languageId: string, text: string, tree: Tree, onDelete: () => void): SyntaxTree {
  let deleted = false;
  return {
    languageId,
    text,
    get root() {
      return new NodeView(tree.rootNode);
    },
    nodeAt(range) {
      const { start, end } = clamp(range, text.length);
      return new NodeView(tree.rootNode.descendantForIndex(start, end) ?? tree.rootNode);
    },
    countErrors(range) {
      return tree.rootNode.hasError ? countErrors(tree.rootNode, range) : 0;
    },
    find(query, range = { start: 0, end: text.length }) {
      return matchesOf(tree, query, clamp(range, text.length)).map(
        (captures) => new Map(captures.map(({ name, node }) => [name, new NodeView(node)])),
      );
    },
    delete() {
      if (deleted) return;
      deleted = true;
      tree.delete();
      onDelete();
    },
  };
}

/** What is asked for costs a call into the parser's memory each time; range and children are kept. */
class NodeView implements SyntaxNode {
  private knownRange: OffsetRange | undefined;
  private knownChildren: readonly SyntaxNode[] | undefined;

  constructor(private readonly node: Node) {}

  get id(): number {
    return this.node.id;
  }

  get type(): string {
    return this.node.type;
  }

  get named(): boolean {
    return this.node.isNamed;
  }

  get range(): OffsetRange {
    return (this.knownRange ??= { start: this.node.startIndex, end: this.node.endIndex });
  }

  get hasError(): boolean {
    return this.node.hasError;
  }

  get isError(): boolean {
    return this.node.isError;
  }

  get isMissing(): boolean {
    return this.node.isMissing;
  }

  get parent(): SyntaxNode | undefined {
    const { parent } = this.node;
    return parent === null ? undefined : new NodeView(parent);
  }

  get children(): readonly SyntaxNode[] {
    return (this.knownChildren ??= this.node.children
      .filter((child) => child !== null)
      .map((child) => new NodeView(child)));
  }
}

/** Walks with a stack of its own: a hostile text nests deeper than the call stack. */
function countErrors(root: Node, range: OffsetRange | undefined): number {
  const pending = [root];
  let count = 0;
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (range !== undefined && (node.startIndex > range.end || node.endIndex < range.start)) continue;
    if (node.isError || node.isMissing) count++;
    if (!node.hasError) continue;
    for (const child of node.children) if (child !== null) pending.push(child);
  }
  return count;
}

function clamp({ start, end }: OffsetRange, length: number): OffsetRange {
  const inside = (offset: number): number => Math.max(0, Math.min(length, Math.trunc(offset) || 0));
  return { start: Math.min(inside(start), inside(end)), end: Math.max(inside(start), inside(end)) };
}
