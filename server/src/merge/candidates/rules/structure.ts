// Merges by structure: the union of imports, members, parameters and lists, and both edits inside one construct.

import { mergeOutlines, type MergePreference, type UnionKind } from '../../structure/mergeOutlines.js';
import type { Outlines } from '../../structure/settle.js';
import { outlineOf, textOfElements } from '../../structure/outline.js';
import type { Material } from '../../diff/material.js';
import type { Rule } from './rule.js';

/** Words of all sides together. */
const MOST_WORDS = 4000;

interface ConflictOutlines extends Outlines {
  /** The white space in front of the first word, which belongs to no element. */
  readonly lead: string;
}

/** Rules and evidence both ask for them. */
const known = new WeakMap<Material, ConflictOutlines | undefined>();

/** The sides and the base as outlines; undefined where they are too long for it. */
export function outlinesOf(material: Material): ConflictOutlines | undefined {
  if (!known.has(material)) known.set(material, makeOutlines(material));
  return known.get(material);
}

function makeOutlines({ ours, base, theirs }: Material): ConflictOutlines | undefined {
  if (ours.words.length + base.words.length + theirs.words.length > MOST_WORDS) return undefined;
  const [own, old, other] = [ours, base, theirs].map(({ words }) => withoutLead(words));
  return {
    ours: outlineOf(own!.words),
    base: outlineOf(old!.words),
    theirs: outlineOf(other!.words),
    lead: own!.lead === old!.lead ? other!.lead : own!.lead,
  };
}

function withoutLead(words: readonly string[]): { readonly lead: string; readonly words: readonly string[] } {
  const [first = '', ...others] = words;
  return first.trim() === '' ? { lead: first, words: others } : { lead: '', words };
}

/** The likeliest first. */
const preferences: readonly (MergePreference & { readonly name: string; readonly score: number })[] = [
  { word: 'ours', first: 'ours', additions: 'inPlace', name: '', score: 0.04 },
  { word: 'theirs', first: 'theirs', additions: 'inPlace', name: '-theirs-first', score: 0.02 },
  { word: 'theirs', first: 'ours', additions: 'inPlace', name: '-their-words', score: 0.015 },
  { word: 'ours', first: 'theirs', additions: 'inPlace', name: '-theirs-first-our-words', score: 0.012 },
  { word: 'ours', first: 'ours', additions: 'atEnd', name: '-at-end', score: 0.012 },
  { word: 'theirs', first: 'theirs', additions: 'atEnd', name: '-theirs-first-at-end', score: 0.008 },
];

const kinds: readonly UnionKind[] = ['imports', 'members', 'parameters', 'list', 'statements'];

export const structure: Rule = (material) => {
  if (material.ours.words.length === 0 || material.theirs.words.length === 0) return [];
  const outlines = outlinesOf(material);
  if (outlines === undefined) return [];
  return preferences.map((preference) => {
    const { elements, unions } = mergeOutlines(outlines.ours, outlines.base, outlines.theirs, preference);
    const union = kinds.find((kind) => unions.has(kind));
    const name = union === undefined ? 'both-edits' : `union-${union}`;
    return {
      text: outlines.lead + textOfElements(elements),
      pattern: name + preference.name,
      source: 'structural',
      score: preference.score,
    };
  });
};
