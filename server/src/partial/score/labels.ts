// What the trained score is trained on: for each part of a completion, whether it is what the author wrote. The two trees
// are compared from the top: a part can be compared where everything around it agrees, and what lies below a part that
// differs cannot be compared at all, since a hole has to take the whole of it.

import { condense } from '../tree/membership.js';
import type { AlignedCompletion, AlignedNode } from '../types.js';

export type Label = 'right' | 'wrong' | 'unknown';

export interface PartLabel {
  readonly plain: Label;
  /** Of a piece: the same if a hole stood directly in front of it. */
  readonly afterHole: Label;
}

const unknown: PartLabel = { plain: 'unknown', afterHole: 'unknown' };

/** @param author the author's line, aligned without tokens */
export function labelParts(aligned: AlignedCompletion, author: AlignedCompletion): (part: AlignedNode) => PartLabel {
  const labels = new Map<AlignedNode, PartLabel>();
  const textOfPart = ({ completion }: AlignedCompletion, { range }: AlignedNode): string =>
    condense(completion.text.slice(range.start, range.end)).text;
  const compare = (ours: readonly AlignedNode[], theirs: readonly AlignedNode[]): void => {
    const shared = commonStart(ours, theirs);
    const isSame = shared === ours.length && shared === theirs.length;
    const ending = isSame ? 0 : commonEnd(ours, theirs, shared);
    for (let at = 0; at < ours.length; at++) {
      const node = ours[at]!;
      const other =
        at < shared ? theirs[at] : at >= ours.length - ending ? theirs[theirs.length - ours.length + at] : undefined;
      const afterHole = node.kind === 'piece' ? labelAfterHole(ours, theirs, at, shared) : 'unknown';
      if (at < shared || (other !== undefined && isNodeAt(ours, shared) && at !== shared)) {
        const isLeaf = node.children.length === 0;
        const isRight = node.kind === 'piece' || !isLeaf || textOfPart(aligned, node) === textOfPart(author, other!);
        labels.set(node, { plain: isRight ? 'right' : 'wrong', afterHole });
        if (isRight && !isLeaf) compare(node.children, other!.children);
      } else labels.set(node, { plain: at === shared ? 'wrong' : 'unknown', afterHole });
    }
  };
  compare(topParts(aligned.root), topParts(author.root));
  return (part) => labels.get(part) ?? unknown;
}

/** The whole nodes and pieces of a line, in a row: nodes that were begun before it or go on after it are looked through. */
function topParts(node: AlignedNode): readonly AlignedNode[] {
  return node.children.flatMap((child) => (child.isWhole || child.children.length === 0 ? [child] : topParts(child)));
}

function commonStart(ours: readonly AlignedNode[], theirs: readonly AlignedNode[]): number {
  let at = 0;
  while (at < ours.length && at < theirs.length && isAlike(ours[at]!, theirs[at]!)) at++;
  return at;
}

function commonEnd(ours: readonly AlignedNode[], theirs: readonly AlignedNode[], shared: number): number {
  const most = Math.min(ours.length, theirs.length) - shared;
  let count = 0;
  while (count < most && isAlike(ours.at(-1 - count)!, theirs.at(-1 - count)!)) count++;
  return count;
}

/** Whether two parts are of one shape: pieces with one text, or nodes of one type. */
function isAlike(a: AlignedNode, b: AlignedNode): boolean {
  return a.kind === b.kind && a.type === b.type && (a.children.length === 0) === (b.children.length === 0);
}

function isNodeAt(parts: readonly AlignedNode[], at: number): boolean {
  return parts[at]?.kind === 'node';
}

/** Whether a piece comes again where the part before it is replaced by one or more of the author's. */
function labelAfterHole(
  ours: readonly AlignedNode[],
  theirs: readonly AlignedNode[],
  at: number,
  shared: number,
): Label {
  if (at === 0 || !isNodeAt(ours, at - 1) || shared < at - 1) return 'unknown';
  const isLast = at === ours.length - 1;
  const found = theirs.findIndex(
    (other, place) => place >= at && isAlike(ours[at]!, other) && (!isLast || place === theirs.length - 1),
  );
  return found === -1 ? 'wrong' : 'right';
}
