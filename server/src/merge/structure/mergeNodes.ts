// Merges one element: its nodes one by one where there are as many on each side, else from both ends.

import { isSameNode, keyOfNodes, type Group, type OutlineNode } from './outline.js';

export interface NodeMerging {
  /** Whose word stays where both changed the same one. */
  readonly word: 'ours' | 'theirs';
  /** Merges what stands in brackets, which are the same on both sides. */
  readonly mergeGroups: (ours: Group, base: Group | undefined, theirs: Group) => Group;
}

export function mergeNodes(
  ours: readonly OutlineNode[],
  base: readonly OutlineNode[] | undefined,
  theirs: readonly OutlineNode[],
  merging: NodeMerging,
): readonly OutlineNode[] {
  const oursKey = keyOfNodes(ours);
  const theirsKey = keyOfNodes(theirs);
  if (oursKey === theirsKey) return ours;
  const baseKey = base && keyOfNodes(base);
  if (oursKey === baseKey) return theirs;
  if (theirsKey === baseKey) return ours;
  if (ours.length === theirs.length && (base === undefined || base.length === ours.length)) {
    return ours.map((node, index) => mergeNode(node, base?.[index], theirs[index]!, merging));
  }
  return mergeUneven(ours, base, theirs, merging);
}

/** Sides with a different number of nodes: common ends are merged one by one, the middle is one side's change. */
function mergeUneven(
  ours: readonly OutlineNode[],
  base: readonly OutlineNode[] | undefined,
  theirs: readonly OutlineNode[],
  merging: NodeMerging,
): readonly OutlineNode[] {
  const most = Math.min(ours.length, theirs.length, base?.length ?? Infinity);
  const areAlike = (index: number): boolean =>
    isAlike(ours.at(index)!, theirs.at(index)!) && (base === undefined || isAlike(ours.at(index)!, base.at(index)!));
  let start = 0;
  while (start < most && areAlike(start)) start++;
  let end = 0;
  while (end < most - start && areAlike(-1 - end)) end++;
  const middle = (nodes: readonly OutlineNode[]): readonly OutlineNode[] => nodes.slice(start, nodes.length - end);
  const oursKey = keyOfNodes(middle(ours));
  const theirsKey = keyOfNodes(middle(theirs));
  const baseKey = base && keyOfNodes(middle(base));
  const preferred = merging.word === 'ours' ? ours : theirs;
  const chosen = oursKey === baseKey ? theirs : theirsKey === baseKey ? ours : preferred;
  const mergeAt = (index: number): OutlineNode =>
    mergeNode(ours.at(index)!, base?.at(index), theirs.at(index)!, merging);
  return [
    ...Array.from({ length: start }, (_, index) => mergeAt(index)),
    ...middle(chosen),
    ...Array.from({ length: end }, (_, index) => mergeAt(index - end)),
  ];
}

function mergeNode(
  ours: OutlineNode,
  base: OutlineNode | undefined,
  theirs: OutlineNode,
  merging: NodeMerging,
): OutlineNode {
  if (isSameNode(ours, theirs)) return ours;
  if (base !== undefined && isSameNode(ours, base)) return theirs;
  if (base !== undefined && isSameNode(theirs, base)) return ours;
  if (ours.kind === 'group' && theirs.kind === 'group' && ours.open.word === theirs.open.word) {
    const inBase = base?.kind === 'group' && base.open.word === ours.open.word ? base : undefined;
    return merging.mergeGroups(ours, inBase, theirs);
  }
  return merging.word === 'ours' ? ours : theirs;
}

function isAlike(left: OutlineNode, right: OutlineNode): boolean {
  if (left.kind === 'group') return right.kind === 'group' && right.open.word === left.open.word;
  return isSameNode(left, right);
}
