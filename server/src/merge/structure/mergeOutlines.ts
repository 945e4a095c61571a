// Merges two outlines with a third from which they came: elements are matched by what they are instead of where they
// stand, both sides may add to one list, and both may change one element in different places.

import { matchElements } from './elementMatch.js';
import { groupOf, keyOfNode, keyOfNodes, type Element, type Group, type OutlineNode } from './outline.js';

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

/** An element with its counterparts. */
interface Matched {
  readonly ours: Element | undefined;
  readonly base: Element | undefined;
  readonly theirs: Element | undefined;
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
  const { leading, following } = matchSides(ours, base, theirs, merging);
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

/** The elements of both sides, each with its counterparts; what both added under one name is one element. */
function matchSides(
  ours: readonly Element[],
  base: readonly Element[],
  theirs: readonly Element[],
  { first }: MergePreference,
): { readonly leading: Matched[]; readonly following: Matched[] } {
  const oursToBase = matchElements(ours, base);
  const theirsToBase = matchElements(theirs, base);
  const oursOfBase = invert(oursToBase, base.length);
  const theirsOfBase = invert(theirsToBase, base.length);
  const added = (matches: readonly number[]): number[] =>
    matches.flatMap((match, index) => (match === -1 ? [index] : []));
  const addedOurs = added(oursToBase);
  const addedTheirs = added(theirsToBase);
  const twins = matchElements(
    addedOurs.map((index) => ours[index]!),
    addedTheirs.map((index) => theirs[index]!),
  );
  const twinOfOurs = new Map<number, number>();
  const twinOfTheirs = new Map<number, number>();
  twins.forEach((match, index) => {
    if (match === -1) return;
    twinOfOurs.set(addedOurs[index]!, addedTheirs[match]!);
    twinOfTheirs.set(addedTheirs[match]!, addedOurs[index]!);
  });
  const oursMatched = ours.map((element, index) => {
    const inBase = oursToBase[index]!;
    const inTheirs = inBase === -1 ? (twinOfOurs.get(index) ?? -1) : theirsOfBase[inBase]!;
    return { ours: element, base: base[inBase], theirs: theirs[inTheirs] };
  });
  const theirsMatched = theirs.map((element, index) => {
    const inBase = theirsToBase[index]!;
    const inOurs = inBase === -1 ? (twinOfTheirs.get(index) ?? -1) : oursOfBase[inBase]!;
    return { ours: ours[inOurs], base: base[inBase], theirs: element };
  });
  return first === 'ours'
    ? { leading: oursMatched, following: theirsMatched }
    : { leading: theirsMatched, following: oursMatched };
}

function invert(matches: readonly number[], length: number): number[] {
  const inverted: number[] = Array.from({ length }, () => -1);
  matches.forEach((match, index) => {
    if (match !== -1) inverted[match] = index;
  });
  return inverted;
}

function kindOf(opener: string | undefined, { ours, theirs }: Matched): UnionKind {
  if (opener === '(') return 'parameters';
  if (opener === '[') return 'list';
  const first = (ours ?? theirs)?.nodes[0];
  if (first?.kind === 'leaf' && /^(import|from|using|export|require)$/.test(first.word)) return 'imports';
  return opener === '{' ? 'members' : 'statements';
}

/** Separators and white space where an element is last that was not, or is no longer last. */
function joinElements(
  elements: readonly Element[],
  ours: readonly Element[],
  theirs: readonly Element[],
  opener: string | undefined,
): Element[] {
  const lasts = [ours.at(-1), theirs.at(-1)].filter((last) => last !== undefined);
  const inner = [...ours.slice(0, -1), ...theirs.slice(0, -1)];
  const withComma = inner.filter(({ separator }) => separator === ',').length;
  const needsComma = opener === '(' || opener === '[' || withComma * 2 > inner.length;
  const innerSpace = inner.find(({ space }) => space !== '')?.space;
  return elements.map((element, index) => {
    const isLast = index === elements.length - 1;
    const wasLast = lasts.some((last) => isSame(last, element));
    if (isLast) {
      if (wasLast) return element;
      const last = lasts[0];
      return last === undefined ? element : { ...element, separator: last.separator, space: last.space };
    }
    if (!wasLast) return element;
    if (element.separator !== '' || !needsComma) {
      return element.space === '' && innerSpace !== undefined ? { ...element, space: innerSpace } : element;
    }
    const space = innerSpace ?? (element.space.includes('\n') ? element.space : ' ');
    return { ...element, separator: ',', space };
  });
}

function mergeElement({ ours, base, theirs }: Matched, merging: Merging): Element {
  if (ours === undefined) return theirs!;
  if (theirs === undefined) return ours;
  const nodes = mergeNodes(ours.nodes, base?.nodes, theirs.nodes, merging);
  const outer = base !== undefined && ours.separator === base.separator ? theirs : ours;
  return { nodes, key: keyOfNodes(nodes), separator: outer.separator, space: outer.space };
}

function mergeNodes(
  ours: readonly OutlineNode[],
  base: readonly OutlineNode[] | undefined,
  theirs: readonly OutlineNode[],
  merging: Merging,
): readonly OutlineNode[] {
  const oursKey = keyOfNodes(ours);
  const theirsKey = keyOfNodes(theirs);
  if (oursKey === theirsKey) return ours;
  const baseKey = base && keyOfNodes(base);
  if (oursKey === baseKey) return theirs;
  if (theirsKey === baseKey) return ours;
  if (ours.length === theirs.length && (base === undefined || base.length === ours.length)) {
    return ours.map((node, index) => mergeNode(node, base?.[index], theirs[index]!, merging));
  }
  return mergeUneven(ours, base, theirs, merging);
}

/** Sides with a different number of nodes: common ends are merged one by one, the middle is one side's change. */
function mergeUneven(
  ours: readonly OutlineNode[],
  base: readonly OutlineNode[] | undefined,
  theirs: readonly OutlineNode[],
  merging: Merging,
): readonly OutlineNode[] {
  const most = Math.min(ours.length, theirs.length, base?.length ?? Infinity);
  const areAlike = (index: number): boolean =>
    isAlike(ours.at(index)!, theirs.at(index)!) && (base === undefined || isAlike(ours.at(index)!, base.at(index)!));
  let start = 0;
  while (start < most && areAlike(start)) start++;
  let end = 0;
  while (end < most - start && areAlike(-1 - end)) end++;
  const middle = (nodes: readonly OutlineNode[]): readonly OutlineNode[] => nodes.slice(start, nodes.length - end);
  const oursKey = keyOfNodes(middle(ours));
  const theirsKey = keyOfNodes(middle(theirs));
  const baseKey = base && keyOfNodes(middle(base));
  const preferred = merging.word === 'ours' ? ours : theirs;
  const chosen = oursKey === baseKey ? theirs : theirsKey === baseKey ? ours : preferred;
  const mergeAt = (index: number): OutlineNode =>
    mergeNode(ours.at(index)!, base?.at(index), theirs.at(index)!, merging);
  return [
    ...Array.from({ length: start }, (_, index) => mergeAt(index)),
    ...middle(chosen),
    ...Array.from({ length: end }, (_, index) => mergeAt(index - end)),
  ];
}

function mergeNode(
  ours: OutlineNode,
  base: OutlineNode | undefined,
  theirs: OutlineNode,
  merging: Merging,
): OutlineNode {
  if (isSameNode(ours, theirs)) return ours;
  if (base !== undefined && isSameNode(ours, base)) return theirs;
  if (base !== undefined && isSameNode(theirs, base)) return ours;
  if (ours.kind === 'group' && theirs.kind === 'group' && ours.open.word === theirs.open.word) {
    const inBase = base?.kind === 'group' && base.open.word === ours.open.word ? base : undefined;
    return mergeGroups(ours, inBase, theirs, merging);
  }
  return merging.word === 'ours' ? ours : theirs;
}

function mergeGroups(ours: Group, base: Group | undefined, theirs: Group, merging: Merging): Group {
  const elements = mergeElements(ours.elements, base?.elements ?? [], theirs.elements, ours.open.word, merging);
  // A group that one side spread over several lines stays spread.
  const outer = theirs.open.space.includes('\n') && !ours.open.space.includes('\n') ? theirs : ours;
  return groupOf(outer.open, elements, outer.close);
}

function isSame(left: Element, right: Element): boolean {
  return left === right || left.key === right.key;
}

function isSameNode(left: OutlineNode, right: OutlineNode): boolean {
  return left.kind === right.kind && keyOfNode(left) === keyOfNode(right);
}

function isAlike(left: OutlineNode, right: OutlineNode): boolean {
  if (left.kind === 'group') return right.kind === 'group' && right.open.word === left.open.word;
  return isSameNode(left, right);
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
