// One side changed every line of a kind, the other wrote new lines of that kind: what was done to the old lines is done to
// the new ones. An edit counts as a habit where the side made it wherever its surroundings stood in the base.

import { renderAlike } from '../combine.js';
import { editsOf, fitsAt, unitsOf, type Surroundings, type Unit, type WordEdit } from '../edits.js';
import type { Material } from '../../diff/material.js';
import type { Proposal, Rule } from './rule.js';

const MOST_UNITS = 1500;
const MOST_EDITS = 40;

/** From what shows elsewhere most easily to what is most certain to be the same case. */
const surroundings: readonly Surroundings[] = [
  { left: 0, right: 1, anyName: false },
  { left: 1, right: 0, anyName: false },
  { left: 1, right: 1, anyName: true },
  { left: 0, right: 2, anyName: true },
  { left: 2, right: 0, anyName: true },
  { left: 1, right: 1, anyName: false },
  { left: 0, right: 2, anyName: false },
  { left: 2, right: 0, anyName: false },
  { left: 1, right: 3, anyName: true },
  { left: 2, right: 2, anyName: true },
  { left: 3, right: 1, anyName: true },
  { left: 2, right: 2, anyName: false },
];

/** An edit with all surroundings in which it is a habit. */
interface Habit {
  readonly edit: WordEdit;
  readonly surroundings: readonly Surroundings[];
}

export const analogy: Rule = (material) => {
  const { ours, base, theirs, knowsBase } = material;
  if (!knowsBase || base.words.length === 0) return [];
  const [oursUnits, baseUnits, theirsUnits] = [ours, base, theirs].map(({ words }) => unitsOf(words)) as [
    Unit[],
    Unit[],
    Unit[],
  ];
  if (oursUnits.length + baseUnits.length + theirsUnits.length > MOST_UNITS) return [];
  const oursHabits = habitsOf(baseUnits, oursUnits);
  const theirsHabits = habitsOf(baseUnits, theirsUnits);
  if (oursHabits.length + theirsHabits.length === 0) return [];
  const proposals: Proposal[] = [];
  const propose = (units: readonly Unit[], habits: readonly Habit[], pattern: string, score: number): void => {
    for (const breadth of ['broad', 'narrow'] as const) {
      const text = follow(units, habits, baseUnits, breadth);
      if (text === undefined) return;
      proposals.push({ text, pattern: `${pattern}-${breadth}`, source: 'generated', score });
    }
  };
  for (const { units, name, weight } of mergedUnits(material)) {
    propose(units, [...oursHabits, ...theirsHabits], `${name}-with-habits`, 0.02 * weight);
  }
  propose(oursUnits, theirsHabits, 'ours-with-habits', 0.012);
  propose(theirsUnits, oursHabits, 'theirs-with-habits', 0.012);
  return proposals;
};

/** What the merge by words gives, with its sub-conflicts decided in the likeliest way that drops nothing. */
function mergedUnits({ wordMerge: merge }: Material): {
  readonly units: Unit[];
  readonly name: string;
  readonly weight: number;
}[] {
  if (merge === undefined) return [];
  const units = unitsOf(renderAlike(merge, 'ours+theirs'));
  return [{ units, name: merge.conflicts === 0 ? 'merge' : 'ours+theirs', weight: merge.conflicts === 0 ? 1 : 0.5 }];
}

function habitsOf(base: readonly Unit[], side: readonly Unit[]): Habit[] {
  const edits = editsOf(base, side) ?? [];
  if (edits.length > MOST_EDITS) return [];
  const made = new Map<number, string>();
  for (const edit of edits) made.set(edit.at, nameOf(edit));
  const isHabit = (edit: WordEdit, around: Surroundings): boolean => {
    for (let place = 0; place <= base.length; place++) {
      if (fitsAt(edit, base, base, place, around) && made.get(place) !== nameOf(edit)) return false;
    }
    return true;
  };
  const seen = new Set<string>();
  const habits: Habit[] = [];
  for (const edit of edits) {
    const held = surroundings.filter((around) => isHabit(edit, around));
    const key = `${nameOf(edit)} ${held.length}`;
    if (held.length === 0 || seen.has(key)) continue;
    seen.add(key);
    habits.push({ edit, surroundings: held });
  }
  return habits;
}

function nameOf({ removed, inserted }: WordEdit): string {
  return `${removed.join(' ')}\n${inserted.map(({ key }) => key).join(' ')}`;
}

/** The units with every habit followed; undefined where there was nothing to do. */
function follow(
  units: readonly Unit[],
  habits: readonly Habit[],
  base: readonly Unit[],
  breadth: 'broad' | 'narrow',
): string | undefined {
  const chosen = habits.flatMap(({ edit, surroundings: held }) => {
    const around = breadth === 'broad' ? held[0] : held.find((each) => !each.anyName && each.left + each.right >= 2);
    return around === undefined ? [] : [{ edit, around }];
  });
  const parts: string[] = [];
  let followed = 0;
  for (let place = 0; place <= units.length; place++) {
    const found = chosen.find(
      ({ edit, around }) => fitsAt(edit, base, units, place, around) && !isDone(edit, units, place),
    );
    if (found === undefined) {
      if (place < units.length) parts.push(units[place]!.text);
      continue;
    }
    followed++;
    const { removed, inserted } = found.edit;
    parts.push(...inserted.map(({ text }) => text));
    if (removed.length === 0) {
      if (place < units.length) parts.push(units[place]!.text);
    } else {
      place += removed.length - 1;
    }
  }
  return followed === 0 ? undefined : parts.join('');
}

/** Whether what would be inserted stands there already. */
function isDone({ removed, inserted }: WordEdit, units: readonly Unit[], place: number): boolean {
  if (inserted.length === 0) return false;
  const start = place - (removed.length === 0 ? inserted.length : 0);
  return inserted.every(({ key }, index) => units[start + index]?.key === key);
}
