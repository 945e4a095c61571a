// Both sides of a text under headings: release notes, tables of a TOML file, groups of an INI file. What stands under the
// same heading is merged as a set of lines, and a heading that only one side has comes with all that stands under it.

import { mergeAsSets } from './setMerge.js';
import type { Proposal, Rule } from './rule.js';

/** Longer conflicts are no list of sections. */
const MOST_LINES = 400;

/** Markdown's headings, and names in square brackets that stand alone on a line. */
const heading = /^(#{1,6}\s+\S|\[{1,2}[^\]\n]+\]{1,2}\s*(#.*)?$)/;

interface Section {
  /** Empty for what stands in front of the first heading. */
  readonly name: string;
  /** The heading's line first, where there is one. */
  readonly lines: readonly string[];
}

const items = {
  keyOf: (line: string) => line.trim(),
  isFiller: (line: string) => line.trim() === '',
};

export const sections: Rule = ({ ours, base, theirs }) => {
  if (ours.lines.length + base.lines.length + theirs.lines.length > MOST_LINES) return [];
  const own = sectionsOf(ours.lines);
  const old = sectionsOf(base.lines);
  const other = sectionsOf(theirs.lines);
  if (own.length < 2 && other.length < 2) return [];
  const proposal = (merged: readonly string[], pattern: string, score: number): Proposal => ({
    text: merged.join(''),
    pattern,
    source: 'line',
    score,
  });
  return [
    proposal(mergeSections(own, old, other), 'sections', 0.03),
    proposal(mergeSections(other, old, own), 'sections-theirs-first', 0.02),
  ];
};

function sectionsOf(lines: readonly string[]): Section[] {
  const found: { name: string; lines: string[] }[] = [];
  const seen = new Map<string, number>();
  for (const line of lines) {
    if (heading.test(line)) {
      const text = line.trim();
      const times = seen.get(text) ?? 0;
      seen.set(text, times + 1);
      // A heading may stand several times, as "Fixed" does under every release.
      found.push({ name: `${text} ${times}`, lines: [line] });
    } else if (found.length === 0) {
      found.push({ name: '', lines: [line] });
    } else {
      found.at(-1)!.lines.push(line);
    }
  }
  return found;
}

/** The leading side's sections in their order; those of the other follow the section that they follow there. */
function mergeSections(
  leading: readonly Section[],
  base: readonly Section[],
  following: readonly Section[],
): readonly string[] {
  const inBase = byName(base);
  const inFollowing = byName(following);
  const inLeading = byName(leading);
  const merged: { readonly name: string; readonly lines: readonly string[] }[] = [];
  for (const section of leading) {
    const other = inFollowing.get(section.name);
    const old = inBase.get(section.name);
    if (other === undefined && old !== undefined && isSame(section, old)) continue;
    merged.push({
      name: section.name,
      lines: other === undefined ? section.lines : mergeAsSets(section.lines, old?.lines ?? [], other.lines, items),
    });
  }
  let place = 0;
  for (const section of following) {
    if (inLeading.has(section.name)) {
      const found = merged.findIndex(({ name }) => name === section.name);
      if (found !== -1) place = found + 1;
      continue;
    }
    const old = inBase.get(section.name);
    if (old !== undefined && isSame(section, old)) continue;
    merged.splice(place, 0, section);
    place++;
  }
  const areSpaced = [leading, following].every((side) => side.slice(0, -1).every(endsBlank));
  return merged.flatMap((section, index) =>
    areSpaced && index < merged.length - 1 && !endsBlank(section) ? [...section.lines, '\n'] : section.lines,
  );
}

function endsBlank({ lines }: Pick<Section, 'lines'>): boolean {
  return lines.at(-1)?.trim() === '';
}

function byName(of: readonly Section[]): ReadonlyMap<string, Section> {
  return new Map(of.map((section) => [section.name, section]));
}

function isSame(left: Section, right: Section): boolean {
  return left.lines.join('').trim() === right.lines.join('').trim();
}
