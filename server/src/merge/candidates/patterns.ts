// The nine primitive merge patterns, on whatever a sequence is made of: lines or tokens.

import type { PrimitivePattern } from '../types.js';

export interface SubConflict<Item> {
  readonly ours: readonly Item[];
  readonly base: readonly Item[];
  readonly theirs: readonly Item[];
}

type Apply = <Item>(conflict: SubConflict<Item>) => readonly Item[];

const without = <Item>(items: readonly Item[], base: readonly Item[]): readonly Item[] => {
  const known = new Set(base);
  return items.filter((item) => !known.has(item));
};

const applications: Readonly<Record<PrimitivePattern, Apply>> = {
  ours: ({ ours }) => ours,
  theirs: ({ theirs }) => theirs,
  base: ({ base }) => base,
  'ours+theirs': ({ ours, theirs }) => [...ours, ...theirs],
  'theirs+ours': ({ ours, theirs }) => [...theirs, ...ours],
  'ours-without-base': ({ ours, base }) => without(ours, base),
  'theirs-without-base': ({ theirs, base }) => without(theirs, base),
  'ours+theirs-without-base': ({ ours, theirs, base }) => without([...ours, ...theirs], base),
  'theirs+ours-without-base': ({ ours, theirs, base }) => without([...theirs, ...ours], base),
};

/** What a pattern makes of a sub-conflict. */
export function applyPattern<Item>(pattern: PrimitivePattern, conflict: SubConflict<Item>): readonly Item[] {
  return applications[pattern](conflict);
}

/** How often people choose a pattern for a sub-conflict, roughly; only the order matters. */
export const patternShares: Readonly<Record<PrimitivePattern, number>> = {
  ours: 0.4,
  theirs: 0.33,
  'ours+theirs': 0.14,
  'theirs+ours': 0.07,
  base: 0.015,
  'ours+theirs-without-base': 0.012,
  'theirs+ours-without-base': 0.008,
  'ours-without-base': 0.006,
  'theirs-without-base': 0.006,
};
