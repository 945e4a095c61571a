// One side renamed or restyled something, the other wrote new lines that do not know of it: the words that one side
// consistently replaced are replaced in the other side's text too.

import { render } from '../combine.js';
import type { Material, Side } from '../material.js';
import { align, mergeThreeWay } from '../threeWay.js';
import type { Proposal, Rule } from './rule.js';

/** Replacements of more words than this are no renaming. */
const LONGEST_REPLACEMENT = 6;

const MOST_WORDS = 3000;

export const replay: Rule = (material) => {
  const { ours, base, theirs, knowsBase } = material;
  if (!knowsBase || base.words.length === 0) return [];
  if (ours.words.length + theirs.words.length + base.words.length > MOST_WORDS) return [];
  const proposals: Proposal[] = [];
  const fromOurs = replacementsOf(base, ours);
  const fromTheirs = replacementsOf(base, theirs);
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
    text: render(
      merge,
      Array.from({ length: merge.conflicts }, () => pattern),
    ),
    pattern: `merge-with-renames${merge.conflicts === 0 ? '' : `:${pattern}`}`,
    source: 'generated',
    score,
  });
  if (merge.conflicts === 0) return [proposal('ours', 0.03)];
  return [proposal('ours', 0.008), proposal('theirs', 0.008), proposal('ours+theirs', 0.006)];
}

/** Words that a side replaced by one other word wherever they stood. */
function replacementsOf(base: Side, side: Side): Map<string, string> {
  const from = base.words.map((word) => word.trim());
  const to = side.words.map((word) => word.trim());
  const replacements = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const stretch of align(from, to) ?? []) {
    const length = stretch.from.end - stretch.from.start;
    if (stretch.equal) continue;
    if (length !== stretch.to.end - stretch.to.start || length > LONGEST_REPLACEMENT) continue;
    for (let index = 0; index < length; index++) {
      const old = from[stretch.from.start + index]!;
      const renamed = to[stretch.to.start + index]!;
      if (!isName(old) || !isName(renamed) || old === renamed) continue;
      if ((replacements.get(old) ?? renamed) !== renamed) ambiguous.add(old);
      replacements.set(old, renamed);
    }
  }
  for (const word of ambiguous) replacements.delete(word);
  return replacements;
}

function rename(side: Side, replacements: ReadonlyMap<string, string>): string[] {
  return side.words.map((word) => {
    const name = word.trimEnd();
    const renamed = replacements.get(name);
    return renamed === undefined ? word : renamed + word.slice(name.length);
  });
}

function isName(word: string): boolean {
  return /^[\p{L}\p{N}_$]/u.test(word);
}
