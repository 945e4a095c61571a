// How a model is cut and rounded.

import type { Rounding } from '../rounding/roundRows.js';

export interface Recipe {
  readonly layers: Rounding;
  /** Of keys and values, which are few and say much. */
  readonly keysAndValues: Rounding;
  /** Parts of the vocabulary in order; none for all rows that are left. */
  readonly head: readonly { readonly rows: number | undefined; readonly rounding: Rounding }[];
  /** Of embeddings that are another matrix than the head's. */
  readonly embedding: Rounding;
}

/** Blocks as small as those of most files, so that rounding once more loses little. */
const BLOCK = 32;

export const standardRecipe: Recipe = {
  layers: { bits: 4, block: BLOCK, symmetric: false },
  keysAndValues: { bits: 8, block: BLOCK, symmetric: false },
  head: [
    // The first tokens are those of the first merges, the most frequent ones.
    { rows: 2048, rounding: { bits: 8, block: BLOCK, symmetric: true } },
    { rows: undefined, rounding: { bits: 4, block: BLOCK, symmetric: true } },
  ],
  embedding: { bits: 8, block: BLOCK, symmetric: true },
};

/** Layers [from, to). Exits are worth having late only, so the first two thirds are one segment; a small model is halved. */
export function cutIntoSegments(layers: number): { readonly from: number; readonly to: number }[] {
  if (layers === 1) return [{ from: 0, to: 1 }];
  if (layers < 12) {
    const half = Math.floor(layers / 2);
    return [
      { from: 0, to: half },
      { from: half, to: layers },
    ];
  }
  const first = Math.floor((layers * 2) / 3);
  const segments = [{ from: 0, to: first }];
  for (let from = first; from < layers; from += 2) segments.push({ from, to: Math.min(from + 2, layers) });
  return segments;
}

/** The recipe as model.json tells it. */
export function described({ layers, keysAndValues, head }: Recipe): object {
  return {
    method: 'rtn',
    bits: layers.bits,
    block: layers.block,
    symmetric: layers.symmetric,
    kv_bits: keysAndValues.bits,
    kv_block: keysAndValues.block,
    head: head.map(({ rows, rounding: { bits, block } }) => ({ rows: rows ?? 0, bits, block })),
  };
}
