// The keys and values of one token sequence, for all layers.
//
// Segments may be at different lengths: a token that left early waits in front of the deeper segments, as the hidden
// state it left with, until a later token goes on and takes it along in one batched pass (catch-up).
//
// Behind the sequence, its trunk, rows may form a tree for a while: branches that are computed together. Then nothing waits,
// and the trunk stays as it is until the tree is dropped or one of its branches becomes the sequence.

import type { Manifest } from '../manifest.js';
import { RowTree, type RowsInTree, type TreeRow } from './rowTree.js';
import { cacheData, createLayerCache, type LayerCache } from './session.js';

/** Tensors grow in steps, since the cost of an attention call grows with their capacity, not their content. */
const CAPACITY_STEP = 128;

export class KvCache {
  /** Tokens whose positions the first segment has computed. */
  readonly tokens: number[] = [];
  /** Last use, a counter kept by the owner. */
  lastUsed = 0;
  /** How many positions, from the first one on, were computed in the prefill form; the rest is in the form that ships. */
  prefilled = 0;
  private readonly segmentLengths: number[];
  private readonly waiting: Float32Array[];
  private layers: LayerCache[] = [];
  private capacity = 0;
  /** The last layer's state behind the last token of a prompt, from which the next token is chosen. */
  private promptEnd: { readonly length: number; readonly hidden: Float32Array } | undefined;
  private rowTree: RowTree | undefined;

  constructor(private readonly manifest: Manifest) {
    this.segmentLengths = manifest.segments.map(() => 0);
    this.waiting = manifest.segments.map(() => new Float32Array(0));
  }

  get length(): number {
    return this.tokens.length;
  }

  /** Bytes of the tensors. */
  get bytes(): number {
    const { layers, kvHeads, headDim } = this.manifest.architecture;
    return layers * 2 * kvHeads * headDim * 4 * this.capacity;
  }

  get layerCaches(): readonly LayerCache[] {
    return this.layers;
  }

  /** The rows behind the tokens, where there are any. */
  get tree(): RowTree {
    return this.rowTree ?? new RowTree(this.tokens);
  }

  /** Positions that a segment has computed. */
  segmentLength(segment: number): number {
    return this.segmentLengths[segment]!;
  }

  /** Tokens shared with another sequence from the start. */
  sharedPrefixLength(ids: readonly number[]): number {
    const end = Math.min(ids.length, this.tokens.length);
    let i = 0;
    while (i < end && ids[i] === this.tokens[i]) i++;
    return i;
  }

  /** How many tokens of a prompt need not be computed: all of them only where the state behind the last one is known. */
  reusableLength(ids: readonly number[]): number {
    const shared = this.sharedPrefixLength(ids);
    return shared < ids.length || this.stateBehind(ids.length) !== undefined ? shared : ids.length - 1;
  }

  /** Keeps the last layer's state behind the last token, [hidden]. */
  keepPromptEnd(hidden: Float32Array): void {
    this.promptEnd = { length: this.tokens.length, hidden };
  }

  /** The last layer's state behind the first `length` tokens, as far as it was kept, [hidden]. */
  stateBehind(length: number): Float32Array | undefined {
    return this.promptEnd?.length === length ? this.promptEnd.hidden : undefined;
  }

  /** Forgets all positions from `length` on; what stays is exactly as if no more had been computed. */
  rewindTo(length: number): void {
    this.dropTree();
    if (length >= this.tokens.length) return;
    if (this.promptEnd !== undefined && this.promptEnd.length > length) this.promptEnd = undefined;
    this.tokens.length = length;
    this.prefilled = Math.min(this.prefilled, length);
    for (let segment = 0; segment < this.segmentLengths.length; segment++) {
      const before = segment === 0 ? length : this.segmentLengths[segment - 1]!;
      this.segmentLengths[segment] = Math.min(this.segmentLengths[segment]!, length);
      const width = this.manifest.architecture.hidden;
      this.waiting[segment] = this.waiting[segment]!.slice(0, (before - this.segmentLengths[segment]!) * width);
    }
  }

  /** Makes room for `length` positions. */
  reserve(length: number): void {
    if (length <= this.capacity) return;
    const capacity = Math.ceil(length / CAPACITY_STEP) * CAPACITY_STEP;
    this.layers = Array.from({ length: this.manifest.architecture.layers }, (_, layer) => {
      const grown = createLayerCache(this.manifest, capacity);
      const old = this.layers[layer];
      if (old !== undefined) {
        this.copyRows(cacheData(old.keys), cacheData(grown.keys), capacity);
        this.copyRows(cacheData(old.values), cacheData(grown.values), capacity);
      }
      return grown;
    });
    this.capacity = capacity;
  }

  /** Hidden states that wait in front of a segment, followed by new ones; the wait is over. */
  takeWaiting(segment: number, hidden: Float32Array): Float32Array {
    const waiting = this.waiting[segment]!;
    if (waiting.length === 0) return hidden;
    this.waiting[segment] = new Float32Array(0);
    return concatenate(waiting, hidden);
  }

  /** Lets hidden states wait in front of a segment that is not computed now. */
  wait(segment: number, hidden: Float32Array): void {
    this.waiting[segment] = concatenate(this.waiting[segment]!, hidden);
  }

  /** Records that a segment has computed so many further positions. */
  advance(segment: number, count: number): void {
    this.segmentLengths[segment]! += count;
  }

  /** Adds rows of a tree, which all segments are about to compute; says what they see. */
  growTree(rows: readonly TreeRow[]): RowsInTree {
    if (this.segmentLengths.some((length) => length < this.tokens.length))
      throw new Error('Rows wait to be caught up.');
    this.rowTree ??= new RowTree(this.tokens);
    return this.rowTree.add(rows);
  }

  /** Forgets the tree; the tokens stay. */
  dropTree(): void {
    this.rowTree = undefined;
  }

  /** Makes the branch up to a slot the sequence: its rows move behind the trunk's that it sees, and all others go. */
  keepBranch(slot: number): void {
    const { fork, slots, ids } = this.tree.branchTo(slot);
    const { headDim } = this.manifest.architecture;
    for (const data of this.layers.flatMap(({ keys, values }) => [cacheData(keys), cacheData(values)])) {
      // A row never moves beyond where it was, so none is written over before it has moved.
      for (const [behind, from] of slots.entries()) {
        for (let head = 0; head < data.length; head += this.capacity * headDim) {
          const at = head + from * headDim;
          data.copyWithin(head + (fork + 1 + behind) * headDim, at, at + headDim);
        }
      }
    }
    this.rewindTo(fork + 1);
    this.tokens.push(...ids);
    for (let segment = 0; segment < this.segmentLengths.length; segment++) this.advance(segment, ids.length);
  }

  private copyRows(from: Float32Array, to: Float32Array, capacity: number): void {
    const { kvHeads, headDim } = this.manifest.architecture;
    for (let head = 0; head < kvHeads; head++) {
      const start = head * this.capacity * headDim;
      to.set(from.subarray(start, start + this.tree.slots * headDim), head * capacity * headDim);
    }
  }
}

function concatenate(a: Float32Array, b: Float32Array): Float32Array {
  const joined = new Float32Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
