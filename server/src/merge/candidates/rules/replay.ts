// One side renamed or restyled something, the other wrote new lines that do not know of it: the words that one side
// consistently replaced are replaced in the other side's text too.

import { renderAlike } from '../combine.js';
import type { Material, Side } from '../../diff/material.js';
import { align, mergeThreeWay } from '../../diff/threeWay.js';
import type { Proposal, Rule } from './rule.js';

/** Replacements of more words than this are no renaming. */
const LONGEST_REPLACEMENT = 6;

const MOST_WORDS = 3000;

/** Shorter parts of a name mean too little to be renamed by themselves. */
const SHORTEST_PART = 4;

export const replay: Rule = (material) => {
  const { ours, base, theirs, knowsBase } = material;
  if (!knowsBase || base.words.length === 0) return [];
  if (ours.words.length + theirs.words.length + base.words.length > MOST_WORDS) return [];
  const proposals: Proposal[] = [];
  const fromOurs = renamesOf(trimmed(base), trimmed(ours));
  const fromTheirs = renamesOf(trimmed(base), trimmed(theirs));
  add(ours, fromTheirs, 'ours-with-renames', 0.02);
  add(theirs, fromOurs, 'theirs-with-renames', 0.02);
  proposals.push(...mergeRenamed(material, fromOurs, fromTheirs));
  return proposals;

  function add(side: Side, replacements: ReadonlyMap<string, string>, pattern: string, score: number): void {
    const text = rename(side, replacements).join('');
    if (text !== side.text) proposals.push({ text, pattern, source: 'generated', score });
  }
};

/** Both sides renamed by each other's replacements, then merged by words. */
function mergeRenamed(
  { ours, base, theirs }: Material,
  fromOurs: ReadonlyMap<string, string>,
  fromTheirs: ReadonlyMap<string, string>,
): Proposal[] {
  if (fromOurs.size + fromTheirs.size === 0) return [];
  const all = new Map([...fromOurs, ...fromTheirs]);
  const merge = mergeThreeWay(rename(ours, all), rename(base, all), rename(theirs, all));
  if (merge === undefined) return [];
  const proposal = (pattern: 'ours' | 'theirs' | 'ours+theirs', score: number): Proposal => ({
    text: renderAlike(merge, pattern).join(''),
    pattern: `merge-with-renames${merge.conflicts === 0 ? '' : `:${pattern}`}`,
    source: 'generated',
    score,
  });
  if (merge.conflicts === 0) return [proposal('ours', 0.03)];
  return [proposal('ours', 0.008), proposal('theirs', 0.008), proposal('ours+theirs', 0.006)];
}

function trimmed({ words }: Side): string[] {
  return words.map((word) => word.trim());
}

/** Names that a side replaced by one other name wherever they stood, old to new; of both the words without white space. */
export function renamesOf(from: readonly string[], to: readonly string[]): Map<string, string> {
  const replacements = new Map<string, string>();
  const ambiguous = new Set<string>();
  const note = (old: string, renamed: string): void => {
    if ((replacements.get(old) ?? renamed) !== renamed) ambiguous.add(old);
    replacements.set(old, renamed);
  };
  for (const stretch of align(from, to) ?? []) {
    const length = stretch.from.end - stretch.from.start;
    if (stretch.equal) continue;
    if (length !== stretch.to.end - stretch.to.start || length > LONGEST_REPLACEMENT) continue;
    for (let index = 0; index < length; index++) {
      const old = from[stretch.from.start + index]!;
      const renamed = to[stretch.to.start + index]!;
      if (!isName(old) || !isName(renamed) || old === renamed) continue;
      note(old, renamed);
      const part = changedPart(old, renamed);
      if (part !== undefined) note(part.old, part.renamed);
    }
  }
  for (const word of ambiguous) replacements.delete(word);
  return replacements;
}

function rename(side: Side, replacements: ReadonlyMap<string, string>): string[] {
  return side.words.map((word) => {
    const name = word.trimEnd();
    const renamed = replacements.get(name) ?? renameParts(name, replacements);
    return renamed + word.slice(name.length);
  });
}

function renameParts(name: string, replacements: ReadonlyMap<string, string>): string {
  if (replacements.size === 0 || name.length < 2 * SHORTEST_PART) return name;
  return partsOf(name)
    .map((part) => (part.length < SHORTEST_PART ? part : (replacements.get(part) ?? part)))
    .join('');
}

/** The one part of a compound name that changed; undefined where more did. */
function changedPart(old: string, renamed: string): { readonly old: string; readonly renamed: string } | undefined {
  const oldParts = partsOf(old);
  const newParts = partsOf(renamed);
  if (oldParts.length < 2 || oldParts.length !== newParts.length) return undefined;
  const changed = oldParts.flatMap((part, index) => (part === newParts[index] ? [] : [index]));
  const [index] = changed;
  if (index === undefined || changed.length > 1 || oldParts[index]!.length < SHORTEST_PART) return undefined;
  return { old: oldParts[index]!, renamed: newParts[index]! };
}

/** The parts of a name in camel case or with underscores. */
function partsOf(name: string): readonly string[] {
  return name.match(/[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])|[^A-Za-z0-9]+|[A-Z]/g) ?? [name];
}

function isName(word: string): boolean {
  return /^[\p{L}\p{N}_$]/u.test(word);
}
