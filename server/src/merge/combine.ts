// From a three-way merge to texts: a pattern for each sub-conflict, the likeliest combinations found by a beam.

import { applyPattern, patternShares } from './patterns.js';
import { primitivePatterns, type PrimitivePattern, type ThreeWayMerge } from './types.js';

export interface Combination {
  readonly text: string;
  readonly parts: readonly PrimitivePattern[];
  /** Not a probability, only an order. */
  readonly score: number;
}

/** Combinations kept from one sub-conflict to the next. */
const BEAM = 24;

/** More sub-conflicts than this are decided alike: nobody chooses for each of fifty. */
const MOST_DECIDED = 12;

/** How much likelier it is that neighbouring sub-conflicts are decided alike than that they are not. */
const ALIKE = 4;

interface Partial {
  readonly parts: readonly PrimitivePattern[];
  readonly score: number;
}

/** The best combinations, the likeliest first; those that take one pattern throughout are always among them. */
export function combinePatterns(merge: ThreeWayMerge<string>, most: number): Combination[] {
  const { conflicts } = merge;
  const uniform = primitivePatterns.map((pattern) => ({
    parts: Array.from({ length: conflicts }, () => pattern),
    score: patternShares[pattern] * 0.9 ** conflicts,
  }));
  const found = conflicts > 1 && conflicts <= MOST_DECIDED ? beam(conflicts, most) : [];
  const seen = new Set<string>();
  return [...uniform, ...found]
    .filter(({ parts }) => {
      const key = parts.join();
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .sort((left, right) => right.score - left.score)
    .slice(0, Math.max(most, primitivePatterns.length))
    .map(({ parts, score }) => ({ text: render(merge, parts), parts, score }));
}

function beam(conflicts: number, most: number): Partial[] {
  let kept: Partial[] = [{ parts: [], score: 1 }];
  for (let index = 0; index < conflicts; index++) {
    kept = kept
      .flatMap(({ parts, score }) =>
        primitivePatterns.map((pattern) => ({
          parts: [...parts, pattern],
          score: score * patternShares[pattern] * (index > 0 && parts[index - 1] === pattern ? ALIKE : 1),
        })),
      )
      .sort((left, right) => right.score - left.score)
      .slice(0, Math.max(BEAM, most));
  }
  return kept;
}

/** The text of a merge with its sub-conflicts decided. */
export function render(merge: ThreeWayMerge<string>, parts: readonly PrimitivePattern[]): string {
  let index = 0;
  return merge.chunks
    .map((chunk) => (chunk.kind === 'stable' ? chunk.items : applyPattern(parts[index++] ?? 'ours', chunk)).join(''))
    .join('');
}
