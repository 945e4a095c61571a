// From a three-way merge to texts: a pattern for each sub-conflict, the likeliest combinations found by a beam.

import { applyPattern, patternShares } from './patterns.js';
import { primitivePatterns, type PrimitivePattern, type ThreeWayMerge } from '../types.js';

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

/** How often a sub-conflict is decided like the one before it for that reason alone. */
const ALIKE = 0.6;

interface PatternSequence {
  readonly parts: readonly PrimitivePattern[];
  readonly score: number;
}

/** The best combinations, the likeliest first; those that take one pattern throughout are always among them. */
export function combinePatterns(merge: ThreeWayMerge<string>, most: number): Combination[] {
  const { conflicts } = merge;
  const uniform = primitivePatterns.map((pattern) => ({
    parts: Array.from({ length: conflicts }, () => pattern),
    score: patternShares[pattern] * follows(pattern, pattern) ** Math.max(0, conflicts - 1),
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

function beam(conflicts: number, most: number): PatternSequence[] {
  let kept: PatternSequence[] = [{ parts: [], score: 1 }];
  for (let index = 0; index < conflicts; index++) {
    kept = kept
      .flatMap(({ parts, score }) =>
        primitivePatterns.map((pattern) => ({
          parts: [...parts, pattern],
          score: score * follows(pattern, parts[index - 1]),
        })),
      )
      .sort((left, right) => right.score - left.score)
      .slice(0, Math.max(BEAM, most));
  }
  return kept;
}

function follows(pattern: PrimitivePattern, previous: PrimitivePattern | undefined): number {
  if (previous === undefined) return patternShares[pattern];
  return (previous === pattern ? ALIKE : 0) + (1 - ALIKE) * patternShares[pattern];
}

/** The text of a merge with its sub-conflicts decided. */
export function render(merge: ThreeWayMerge<string>, parts: readonly PrimitivePattern[]): string {
  return renderItems(merge, parts).join('');
}

/** The items of a merge with its sub-conflicts decided. */
function renderItems(merge: ThreeWayMerge<string>, parts: readonly PrimitivePattern[]): string[] {
  const items: string[] = [];
  let index = 0;
  for (const chunk of merge.chunks) {
    const chosen = chunk.kind === 'stable' ? chunk.items : applyPattern(parts[index++] ?? 'ours', chunk);
    for (const item of chosen) items.push(item);
  }
  return items;
}

/** The same decision for every sub-conflict. */
export function renderAlike(merge: ThreeWayMerge<string>, pattern: PrimitivePattern): string[] {
  return renderItems(
    merge,
    Array.from({ length: merge.conflicts }, () => pattern),
  );
}
