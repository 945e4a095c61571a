// How the edits of two sides relate in the outline: whether they touch one element or several, whether both added
// something at the same place, whether one changed what the other took out.

import type { EditRelation, SideEdits } from '../types.js';
import { matchSides, type Matched } from './matchSides.js';
import { isSame, isSameNode, type Element, type OutlineNode } from './outline.js';

type Counting = { -readonly [name in Exclude<keyof EditRelation, 'ours' | 'theirs'>]: number } & {
  readonly [side in 'ours' | 'theirs']: { -readonly [name in keyof SideEdits]: number };
};

export function relateEdits(
  ours: readonly Element[],
  base: readonly Element[],
  theirs: readonly Element[],
): EditRelation {
  const none = (): { added: number; removed: number; changed: number } => ({ added: 0, removed: 0, changed: 0 });
  const counting: Counting = {
    ours: none(),
    theirs: none(),
    both: 0,
    removedChanged: 0,
    twins: 0,
    alike: 0,
    sameGap: 0,
    shared: 0,
    adjacent: 0,
  };
  relateElements(ours, base, theirs, undefined, counting);
  return counting;
}

function relateElements(
  ours: readonly Element[],
  base: readonly Element[],
  theirs: readonly Element[],
  opener: string | undefined,
  counting: Counting,
): void {
  const { leading, following } = matchSides(ours, base, theirs, 'ours', opener);
  const oursOf = versionsOf(leading, 'ours');
  const theirsOf = versionsOf(following, 'theirs');
  const touched = { ours: new Set<number>(), theirs: new Set<number>() };
  for (const [place, element] of base.entries()) {
    const own = oursOf.get(element);
    const other = theirsOf.get(element);
    note(own, element, place, 'ours');
    note(other, element, place, 'theirs');
    if (own === undefined || other === undefined) {
      const left = own ?? other;
      if (left === undefined) counting.alike++;
      else if (!isSame(left, element)) counting.removedChanged++;
    } else if (!isSame(own, element) && !isSame(other, element)) {
      if (isSame(own, other)) counting.alike++;
      else relateNodes(own.nodes, element.nodes, other.nodes, counting);
    }
  }
  const oursGaps = gapsOf(leading, base, 'ours', counting);
  const theirsGaps = gapsOf(following, base, 'theirs', counting);
  const isTouched = (gap: number, by: ReadonlySet<number>): boolean => by.has(gap) || by.has(gap + 1);
  for (const place of touched.ours) {
    if (touched.theirs.has(place - 1) || touched.theirs.has(place + 1)) counting.adjacent++;
  }
  for (const gap of oursGaps) {
    if (theirsGaps.has(gap)) counting.sameGap++;
    else if (isTouched(gap, touched.theirs)) counting.adjacent++;
  }
  for (const gap of theirsGaps) {
    if (!oursGaps.has(gap) && isTouched(gap, touched.ours)) counting.adjacent++;
  }

  function note(version: Element | undefined, element: Element, place: number, side: 'ours' | 'theirs'): void {
    if (version !== undefined && isSame(version, element)) return;
    counting[side][version === undefined ? 'removed' : 'changed']++;
    touched[side].add(place);
  }
}

function versionsOf(matches: readonly Matched[], side: 'ours' | 'theirs'): Map<Element, Element | undefined> {
  return new Map(matches.flatMap((match) => (match.base === undefined ? [] : [[match.base, match[side]]])));
}

/** The places at which a side added something by itself, each the index of the base's element in front. */
function gapsOf(
  matches: readonly Matched[],
  base: readonly Element[],
  side: 'ours' | 'theirs',
  counting: Counting,
): Set<number> {
  const placeOf = new Map(base.map((element, index) => [element, index]));
  const gaps = new Set<number>();
  let place = -1;
  for (const match of matches) {
    if (match.base !== undefined) {
      place = placeOf.get(match.base)!;
    } else if (match.ours === undefined || match.theirs === undefined) {
      counting[side].added++;
      gaps.add(place);
    } else if (side === 'ours') {
      counting[isSame(match.ours, match.theirs) ? 'alike' : 'twins']++;
    }
  }
  return gaps;
}

/** An element that both changed. */
function relateNodes(
  ours: readonly OutlineNode[],
  base: readonly OutlineNode[],
  theirs: readonly OutlineNode[],
  counting: Counting,
): void {
  if (ours.length !== base.length || theirs.length !== base.length) {
    counting.both++;
    return;
  }
  let changed = 0;
  for (const [index, node] of base.entries()) {
    const own = ours[index]!;
    const other = theirs[index]!;
    if (isSameNode(own, node) && isSameNode(other, node)) continue;
    changed++;
    if (isSameNode(own, node) || isSameNode(other, node)) continue;
    if (isSameNode(own, other)) counting.alike++;
    else if (own.kind === 'group' && other.kind === 'group' && node.kind === 'group')
      relateElements(own.elements, node.elements, other.elements, own.open.word, counting);
    else counting.both++;
  }
  if (changed > 1) counting.shared++;
}
