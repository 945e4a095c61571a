// From aligned tokens to a tree of costs: what it costs to keep each part, by raw log-probabilities or by a trained
// score, and how much it is worth.

import { LINE_END } from './alignTokens.js';
import { isRemovableType } from './placeholders.js';
import type { AlignedCompletion, AlignedNode, CostNode } from '../types.js';

/** The paper clips every node's cost to this. */
export const LARGEST_COST = 10;

export interface PartCost {
  readonly cost: number;
  readonly costAfterHole: number;
}

/** The cost of each part of a completion, in the order of `partsOf`. */
export type Scores = readonly PartCost[];

/** All parts of an aligned completion, parents before children; the root is the first. */
export function partsOf({ root }: AlignedCompletion): readonly AlignedNode[] {
  const parts: AlignedNode[] = [];
  const visit = (node: AlignedNode): void => {
    parts.push(node);
    node.children.forEach(visit);
  };
  visit(root);
  return parts;
}

/**
 * Raw scores: the negative log-probabilities of the tokens that touch a part's own characters. The end of the line counts
 * as a piece, since a line that should have gone on is wrong.
 */
export function rawScores(aligned: AlignedCompletion): Scores {
  const { tokens } = aligned.completion;
  return partsOf(aligned).map((part) => {
    const sum = part.tokens.reduce((total, token) => total - tokens[token]!.logProbability, 0);
    const cost = Math.min(LARGEST_COST, Math.max(0, sum));
    return { cost, costAfterHole: cost };
  });
}

/**
 * @param scores one for each of `partsOf(aligned)`
 */
export function costTree(aligned: AlignedCompletion, scores: Scores): CostNode {
  let nextId = 0;
  const build = (node: AlignedNode, carriesWeight: boolean): CostNode => {
    const id = nextId++;
    const { cost, costAfterHole } = scores[id] ?? { cost: 0, costAfterHole: 0 };
    const carrier = weightCarrier(node);
    return {
      id,
      kind: node.kind,
      type: node.type,
      range: node.range,
      cost,
      costAfterHole,
      weight: carriesWeight || (node.kind === 'node' && node.children.length === 0) ? 1 : 0,
      isWhole: node.isWhole,
      isRemovable: node.kind === 'node' && node.isWhole && isRemovableType(node.type),
      children: node.children.map((child, index) => build(child, index === carrier)),
    };
  };
  return build(aligned.root, false);
}

/**
 * The piece that bears the weight of a node with children, so that a run which takes all that the node owns takes its
 * weight along. A node that owns no characters counts nothing. Of a node that was begun before the completion it is the
 * last piece, elsewhere the first: brackets stand there, which no run can take.
 */
function weightCarrier({ children, isWhole }: AlignedNode): number {
  const owned = children.flatMap(({ kind, type: piece }, index) =>
    kind === 'piece' && piece !== LINE_END ? index : [],
  );
  return (isWhole ? owned[0] : owned.at(-1)) ?? -1;
}

export function leavesUnder(node: CostNode): readonly CostNode[] {
  return node.children.length === 0 ? [node] : node.children.flatMap(leavesUnder);
}

/** What it costs to keep what holes leave of a tree. */
export function costWithout(tree: CostNode, isOut: (leaf: CostNode) => boolean): number {
  let sum = 0;
  let isBehindHole = false;
  const visit = (node: CostNode): void => {
    const isLeaf = node.children.length === 0;
    if (isLeaf ? isOut(node) : leavesUnder(node).every(isOut)) {
      isBehindHole = true;
      return;
    }
    if (node !== tree) sum += isBehindHole ? node.costAfterHole : node.cost;
    isBehindHole = false;
    node.children.forEach(visit);
  };
  visit(tree);
  return sum;
}

/** How much there is to keep. */
export function weightOf(node: CostNode): number {
  return node.weight + node.children.reduce((sum, child) => sum + weightOf(child), 0);
}

/**
 * The tree as the paper has it: what a node owns is one amount, clipped as a whole, and the line's end is nobody's.
 * @param tree with raw scores
 */
export function foldPieces(tree: CostNode): CostNode {
  const pieces = tree.children.filter(({ kind, type }) => kind === 'piece' && type !== LINE_END);
  const nodes = tree.children.filter(({ kind }) => kind === 'node').map(foldPieces);
  const [first] = pieces;
  if (first === undefined) return { ...tree, children: nodes };
  const cost = Math.min(
    LARGEST_COST,
    pieces.reduce((sum, piece) => sum + piece.cost, 0),
  );
  return { ...tree, children: [{ ...first, cost, costAfterHole: cost, weight: 1 }, ...nodes] };
}
