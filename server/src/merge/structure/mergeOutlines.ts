// Merges two outlines with a third from which they came: elements are matched by what they are instead of where they
// stand, both sides may add to one list, and both may change one element in different places.

import { joinElements } from './joinElements.js';
import { matchSides, type Matched } from './matchSides.js';
import { mergeNodes } from './mergeNodes.js';
import { groupOf, isSame, keyOfNodes, type Element, type Group } from './outline.js';

/** What decides where the structure leaves a choice. */
export interface MergePreference {
  /** Whose word stays where both changed the same one. */
  readonly word: 'ours' | 'theirs';
  /** Whose order is kept, and whose additions come first. */
  readonly first: 'ours' | 'theirs';
  /** Where the other side's additions go: behind what they follow there, or to the end of the list. */
  readonly additions: 'inPlace' | 'atEnd';
}

/** What both sides added to, in the order of importance for its name. */
export type UnionKind = 'imports' | 'members' | 'parameters' | 'list' | 'statements';

export interface MergedOutline {
  readonly elements: readonly Element[];
  readonly unions: ReadonlySet<UnionKind>;
}

interface Merging extends MergePreference {
  readonly unions: Set<UnionKind>;
}

export function mergeOutlines(
  ours: readonly Element[],
  base: readonly Element[],
  theirs: readonly Element[],
  preference: MergePreference,
): MergedOutline {
  const unions = new Set<UnionKind>();
  return { elements: mergeElements(ours, base, theirs, undefined, { ...preference, unions }), unions };
}

function mergeElements(
  ours: readonly Element[],
  base: readonly Element[],
  theirs: readonly Element[],
  opener: string | undefined,
  merging: Merging,
): Element[] {
  const { leading, following } = matchSides(ours, base, theirs, merging.first, opener);
  const oursLead = merging.first === 'ours';
  const own = (match: Matched): Element | undefined => (oursLead ? match.ours : match.theirs);
  const other = (match: Matched): Element | undefined => (oursLead ? match.theirs : match.ours);
  const isOwnAddition = (match: Matched): boolean => match.base === undefined && other(match) === undefined;

  // The leading side's elements in their order, less what the other removed.
  const merged: { readonly match: Matched; readonly element: Element }[] = [];
  for (const match of leading) {
    if (match.base !== undefined && other(match) === undefined && isSame(own(match)!, match.base)) continue;
    merged.push({ match, element: mergeElement(match, merging) });
  }
  // Then the other side's additions, behind those of the leading side at the same place.
  const skipAdditions = (from: number): number => {
    let place = from;
    while (place < merged.length && isOwnAddition(merged[place]!.match)) place++;
    return place;
  };
  let place: number | undefined;
  for (const match of following) {
    const known = own(match);
    if (known !== undefined) {
      const found = merged.findIndex((each) => own(each.match) === known);
      if (found !== -1) place = skipAdditions(found + 1);
      continue;
    }
    if (match.base !== undefined && isSame(other(match)!, match.base)) continue;
    const at = merging.additions === 'atEnd' ? merged.length : (place ?? skipAdditions(0));
    merged.splice(at, 0, { match, element: mergeElement(match, merging) });
    place = at + 1;
    if (merged.some((each) => isOwnAddition(each.match))) merging.unions.add(kindOf(opener, match));
  }
  const elements = merged.map(({ element }) => element);
  const ordered = opener !== undefined && isSorted(ours) && isSorted(theirs) ? [...elements].sort(compare) : elements;
  return joinElements(ordered, ours, theirs, opener);
}

function kindOf(opener: string | undefined, { ours, theirs }: Matched): UnionKind {
  if (opener === '(') return 'parameters';
  if (opener === '[') return 'list';
  const first = (ours ?? theirs)?.nodes[0];
  if (first?.kind === 'leaf' && /^(import|from|using|export|require)$/.test(first.word)) return 'imports';
  return opener === '{' ? 'members' : 'statements';
}

function mergeElement({ ours, base, theirs }: Matched, merging: Merging): Element {
  if (ours === undefined) return theirs!;
  if (theirs === undefined) return ours;
  const nodes = mergeNodes(ours.nodes, base?.nodes, theirs.nodes, {
    word: merging.word,
    mergeGroups: (...groups) => mergeGroups(...groups, merging),
  });
  const outer = base !== undefined && ours.separator === base.separator ? theirs : ours;
  return { nodes, key: keyOfNodes(nodes), separator: outer.separator, space: outer.space };
}

function mergeGroups(ours: Group, base: Group | undefined, theirs: Group, merging: Merging): Group {
  const elements = mergeElements(ours.elements, base?.elements ?? [], theirs.elements, ours.open.word, merging);
  // A group that one side spread over several lines stays spread.
  const outer = theirs.open.space.includes('\n') && !ours.open.space.includes('\n') ? theirs : ours;
  return groupOf(outer.open, elements, outer.close);
}

function isSorted(elements: readonly Element[]): boolean {
  return (
    elements.length > 1 &&
    elements.every((element, index) => index === 0 || compare(elements[index - 1]!, element) <= 0)
  );
}

function compare(left: Element, right: Element): number {
  const a = left.key.toLowerCase();
  const b = right.key.toLowerCase();
  return a < b ? -1 : a > b ? 1 : 0;
}
