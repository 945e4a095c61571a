// What the room speaks of: tokens with their probabilities, the tree that they are aligned with, and holes.

import type { OffsetRange } from '../common/range.js';

/** A generated token, as far as holes need it; the model's GeneratedToken is one. */
export interface PartialToken {
  /** UTF-16 range in the completion; empty for a token that only spells the prefix's end, or ends the line. */
  readonly start: number;
  readonly end: number;
  /** Natural logarithm of its probability. */
  readonly logProbability: number;
  /** Entropy of its distribution, in nats. */
  readonly entropy: number;
}

/** Another line that the model might have written: it branches off the completion at one token. */
export interface Branch {
  /** The whole line, in the completion's place. */
  readonly text: string;
  /** Natural logarithm of its probability, the line's end included. */
  readonly logProbability: number;
  /** The same of its tokens up to the first that the completion does not have. */
  readonly branchLogProbability: number;
  /** How much likelier (natural logarithm) what stands below is behind it than behind the completion, where it is known. */
  readonly nextLineScore?: number | undefined;
}

/** One line that the model wrote, or a block of several, at its place. */
export interface Completion {
  readonly languageId: string;
  /** The document's text up to the cursor, and from the end of what the completion replaces on. */
  readonly prefix: string;
  readonly suffix: string;
  /** The completion itself, without a line end behind it. */
  readonly text: string;
  readonly tokens: readonly PartialToken[];
  /** Other lines that the model might have written; undefined where it was not asked. */
  readonly branches?: readonly Branch[];
}

/**
 * A part of the syntax tree that holds characters of the completion. A _node_ is a named node of the grammar; a _piece_ is
 * a stretch of characters that belongs to its parent alone: a bracket, an operator, a keyword.
 */
export interface AlignedNode {
  readonly kind: 'node' | 'piece';
  /** The grammar's type; of a piece, its text. */
  readonly type: string;
  /** Range in the completion, clipped to it, half open. */
  readonly range: OffsetRange;
  /** Whether all of it lies in the completion: only that can be taken out. */
  readonly isWhole: boolean;
  /** The tokens that touch its own characters; of a node with children there are none, since its pieces own them. */
  readonly tokens: readonly number[];
  readonly children: readonly AlignedNode[];
}

/** A completion in its tree. The root stands for the whole line; its last child is the line's end. */
export interface AlignedCompletion {
  readonly completion: Completion;
  readonly root: AlignedNode;
}

/** A node or piece with what it costs to keep it. Costs are negative logarithms of probabilities, clipped to [0, 10]. */
export interface CostNode {
  /** Position in the tree's order (parents before children), unique in its tree. */
  readonly id: number;
  readonly kind: 'node' | 'piece';
  readonly type: string;
  readonly range: OffsetRange;
  /** Cost of keeping it, without its children's. */
  readonly cost: number;
  /** The same where a hole stands directly in front of it: an argument list may go on in the hole before its bracket. */
  readonly costAfterHole: number;
  /** How much keeping it is worth: 1 for each node of the grammar, borne by a leaf or by one of the node's pieces. */
  readonly weight: number;
  readonly isWhole: boolean;
  /** Whether a hole may stand for it, or begin or end with it. */
  readonly isRemovable: boolean;
  readonly children: readonly CostNode[];
}

/** A part of the completion that is taken out. */
export interface Hole {
  /** A run of its children, one or more; `first` is `last` where it is a single subtree. */
  readonly parent: CostNode;
  readonly first: number;
  readonly last: number;
  readonly range: OffsetRange;
  /**
   * Whether the hole is the rest of the line, from the child `first` on: the completion is cut there. A cut never divides a
   * subtree that lies in the completion, only what was begun before it or goes on after it.
   */
  readonly isRest: boolean;
}

/** What is left of a completion. */
export interface PartialProgram {
  /** In the order of the text; one hole that is the whole completion where nothing can be kept. */
  readonly holes: readonly Hole[];
  /** Sum of the weights that are kept, and of their costs. */
  readonly kept: number;
  readonly cost: number;
  /** Nothing is kept: the hole is the whole line. */
  readonly isEverything: boolean;
}

export interface HoleOptions {
  /** The most holes, m in the paper (1-4). */
  readonly holes: number;
  /** Whether a hole may stand for several siblings in a row, which the paper does not have. */
  readonly runs: boolean;
  /** Whether the last hole may be the rest of the line, which the paper does not have either. */
  readonly cuts: boolean;
  /** Where it is given, a cut is in front of these parts alone, and counts as no hole. */
  readonly freeCutAt?: (child: CostNode) => boolean;
}
