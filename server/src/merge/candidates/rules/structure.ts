// Merges by structure: the union of imports, members, parameters and lists, and both edits inside one construct.

import { mergeOutlines, type MergePreference, type UnionKind } from '../../structure/mergeOutlines.js';
import { outlineOf, textOfElements } from '../../structure/outline.js';
import type { Rule } from './rule.js';

/** Words of all sides together. */
const MOST_WORDS = 4000;

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

export const structure: Rule = ({ ours, base, theirs }) => {
  if (ours.words.length + base.words.length + theirs.words.length > MOST_WORDS) return [];
  if (ours.words.length === 0 || theirs.words.length === 0) return [];
  const oursOutline = outlineOf(ours.words);
  const baseOutline = outlineOf(base.words);
  const theirsOutline = outlineOf(theirs.words);
  return preferences.map((preference) => {
    const { elements, unions } = mergeOutlines(oursOutline, baseOutline, theirsOutline, preference);
    const union = kinds.find((kind) => unions.has(kind));
    const name = union === undefined ? 'both-edits' : `union-${union}`;
    return {
      text: textOfElements(elements),
      pattern: name + preference.name,
      source: 'structural',
      score: preference.score,
    };
  });
};
