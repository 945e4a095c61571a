// Merges by structure: elements of lists, blocks and calls are matched by what they are instead of where they stand, so
// that both sides may add to one list, and both may change one element in different places.

import {
  keyOfNodes,
  outlineOf,
  textOfElements,
  type Element,
  type Group,
  type OutlineNode,
} from '../outline.js';
import type { Rule } from './rule.js';

/** Words of all sides together. */
const MOST_WORDS = 4000;

/** Which side decides where both changed the same word, and whose additions come first. */
interface Preference {
  readonly word: 'ours' | 'theirs';
  readonly first: 'ours' | 'theirs';
}

export const structure: Rule = ({ ours, base, theirs }) => {
  if (ours.words.length + base.words.length + theirs.words.length > MOST_WORDS) return [];
  if (ours.words.length === 0 || theirs.words.length === 0) return [];
  const [oursOutline, baseOutline, theirsOutline] = [ours, base, theirs].map(({ words }) => outlineOf(words)) as [
    Element[],
    Element[],
    Element[],
  ];
  const preferences: Preference[] = [
    { word: 'ours', first: 'ours' },
    { word: 'theirs', first: 'theirs' },
    { word: 'ours', first: 'theirs' },
    { word: 'theirs', first: 'ours' },
  ];
  return preferences.map((preference, index) => ({
    text: textOfElements(mergeElements(oursOutline, baseOutline, theirsOutline, preference)),
    pattern: `structure-${preference.word}${preference.first === preference.word ? '' : '-reversed'}`,
    source: 'structural' as const,
    score: 0.03 / (1 + index),
  }));
};

/** An element of a side with its counterparts. */
interface Matched {
  readonly ours: Element | undefined;
  readonly base: Element | undefined;
  readonly theirs: Element | undefined;
}

function mergeElements(
  ours: readonly Element[],
  base: readonly Element[],
  theirs: readonly Element[],
  preference: Preference,
): Element[] {
  const oursToBase = matchElements(ours, base);
  const theirsToBase = matchElements(theirs, base);
  const oursOfBase = invert(oursToBase, base.length);
  const theirsOfBase = invert(theirsToBase, base.length);
  // What both sides added under one name is one element.
  const freeOurs = ours.flatMap((_, index) => (oursToBase[index] === -1 ? [index] : []));
  const freeTheirs = theirs.flatMap((_, index) => (theirsToBase[index] === -1 ? [index] : []));
  const among = matchElements(
    freeOurs.map((index) => ours[index]!),
    freeTheirs.map((index) => theirs[index]!),
  );
  const twinOfOurs = new Map<number, number>();
  const twinOfTheirs = new Map<number, number>();
  among.forEach((match, index) => {
    if (match === -1) return;
    twinOfOurs.set(freeOurs[index]!, freeTheirs[match]!);
    twinOfTheirs.set(freeTheirs[match]!, freeOurs[index]!);
  });

  const matchOfOurs = (index: number): Matched => {
    const inBase = oursToBase[index]!;
    const twin = twinOfOurs.get(index) ?? (inBase === -1 ? -1 : theirsOfBase[inBase]!);
    return { ours: ours[index], base: base[inBase], theirs: theirs[twin] };
  };
  const matchOfTheirs = (index: number): Matched => {
    const inBase = theirsToBase[index]!;
    const twin = twinOfTheirs.get(index) ?? (inBase === -1 ? -1 : oursOfBase[inBase]!);
    return { ours: ours[twin], base: base[inBase], theirs: theirs[index] };
  };
  const oursLead = preference.first === 'ours';
  const leading = oursLead ? ours.map((_, index) => matchOfOurs(index)) : theirs.map((_, index) => matchOfTheirs(index));
  const following = oursLead
    ? theirs.map((_, index) => matchOfTheirs(index))
    : ours.map((_, index) => matchOfOurs(index));
  const own = (match: Matched): Element | undefined => (oursLead ? match.ours : match.theirs);
  const other = (match: Matched): Element | undefined => (oursLead ? match.theirs : match.ours);

  // The leading side's elements in their order, less what the other removed.
  const merged: { readonly match: Matched; readonly element: Element }[] = [];
  for (const match of leading) {
    if (match.base !== undefined && other(match) === undefined && isSame(own(match)!, match.base)) continue;
    merged.push({ match, element: mergeElement(match, preference) });
  }
  // What the other side added goes behind the element that it follows there.
  let place = 0;
  for (const match of following) {
    const known = own(match);
    if (known !== undefined) {
      const found = merged.findIndex((each) => own(each.match) === known);
      if (found !== -1) {
        place = found + 1;
        // Additions of the leading side at the same place come first.
        while (place < merged.length && isAddition(merged[place]!.match)) place++;
      }
    } else if (match.base === undefined || !isSame(other(match)!, match.base)) {
      if (place === 0) while (place < merged.length && isAddition(merged[place]!.match)) place++;
      merged.splice(place, 0, { match, element: mergeElement(match, preference) });
      place++;
    }
  }
  return joinElements(
    merged.map(({ element }) => element),
    ours,
    theirs,
  );
}

function isAddition({ ours, base, theirs }: Matched): boolean {
  return base === undefined && (ours === undefined || theirs === undefined);
}

/** Separators and white space where an element is last that was not, or is no longer last. */
function joinElements(elements: readonly Element[], ours: readonly Element[], theirs: readonly Element[]): Element[] {
  const lasts = [ours.at(-1), theirs.at(-1)];
  const usual = [...ours.slice(0, -1), ...theirs.slice(0, -1)];
  const separated = usual.filter(({ separator }) => separator !== '').length * 2 > usual.length;
  const sample = usual.find(({ separator }) => separator !== '');
  return elements.map((element, index) => {
    const isLast = index === elements.length - 1;
    const wasLast = lasts.some((last) => last !== undefined && isSame(last, element));
    if (isLast === wasLast || (isLast && lasts.includes(element))) return element;
    if (isLast) {
      const last = lasts.find((each) => each !== undefined);
      return last === undefined ? element : { ...element, separator: last.separator, space: last.space };
    }
    if (element.separator !== '' || !separated) {
      return element.space === '' && usual[0] !== undefined ? { ...element, space: usual[0].space } : element;
    }
    return { ...element, separator: sample?.separator ?? ',', space: sample?.space ?? ' ' };
  });
}

function isSame(left: Element, right: Element): boolean {
  return left === right || keyOfNodes(left.nodes) === keyOfNodes(right.nodes);
}

function mergeElement({ ours, base, theirs }: Matched, preference: Preference): Element {
  if (ours === undefined) return theirs!;
  if (theirs === undefined) return ours;
  const nodes = mergeNodes(ours.nodes, base?.nodes, theirs.nodes, preference);
  const outer = base !== undefined && ours.separator === base.separator ? theirs : ours;
  return { nodes, separator: outer.separator, space: outer.space };
}

function mergeNodes(
  ours: readonly OutlineNode[],
  base: readonly OutlineNode[] | undefined,
  theirs: readonly OutlineNode[],
  preference: Preference,
): readonly OutlineNode[] {
  const oursKey = keyOfNodes(ours);
  const theirsKey = keyOfNodes(theirs);
  if (oursKey === theirsKey) return ours;
  if (base !== undefined) {
    const baseKey = keyOfNodes(base);
    if (oursKey === baseKey) return theirs;
    if (theirsKey === baseKey) return ours;
  }
  const preferred = preference.word === 'ours' ? ours : theirs;
  if (ours.length !== theirs.length || (base !== undefined && base.length !== ours.length)) {
    return mergeUneven(ours, base, theirs, preference) ?? preferred;
  }
  return ours.map((node, index) => mergeNode(node, base?.[index], theirs[index]!, preference));
}

/** Sides with a different number of nodes: common ends are merged one by one, the middle is one side's change. */
function mergeUneven(
  ours: readonly OutlineNode[],
  base: readonly OutlineNode[] | undefined,
  theirs: readonly OutlineNode[],
  preference: Preference,
): readonly OutlineNode[] | undefined {
  const most = Math.min(ours.length, theirs.length, base?.length ?? Infinity);
  const alike = (left: OutlineNode, right: OutlineNode | undefined): boolean =>
    right !== undefined &&
    (left.kind === 'group' ? right.kind === 'group' && right.open.word === left.open.word : isSameNode(left, right));
  let start = 0;
  while (start < most && alike(ours[start]!, theirs[start]) && (base === undefined || alike(ours[start]!, base[start]))) {
    start++;
  }
  let end = 0;
  while (
    end < most - start &&
    alike(ours.at(-1 - end)!, theirs.at(-1 - end)) &&
    (base === undefined || alike(ours.at(-1 - end)!, base.at(-1 - end)))
  ) {
    end++;
  }
  if (start + end === 0) return undefined;
  const middle = (nodes: readonly OutlineNode[]): readonly OutlineNode[] => nodes.slice(start, nodes.length - end);
  const key = (nodes: readonly OutlineNode[]): string => keyOfNodes(middle(nodes));
  const chosen =
    base !== undefined && key(ours) === key(base)
      ? theirs
      : base !== undefined && key(theirs) === key(base)
        ? ours
        : preference.word === 'ours'
          ? ours
          : theirs;
  return [
    ...ours.slice(0, start).map((node, index) => mergeNode(node, base?.[index], theirs[index]!, preference)),
    ...middle(chosen),
    ...ours.slice(ours.length - end).map((node, index) => {
      const fromEnd = index - end;
      return mergeNode(node, base?.at(fromEnd), theirs.at(fromEnd)!, preference);
    }),
  ];
}

function mergeNode(
  ours: OutlineNode,
  base: OutlineNode | undefined,
  theirs: OutlineNode,
  preference: Preference,
): OutlineNode {
  if (isSameNode(ours, theirs)) return ours;
  if (base !== undefined && isSameNode(ours, base)) return theirs;
  if (base !== undefined && isSameNode(theirs, base)) return ours;
  if (ours.kind === 'group' && theirs.kind === 'group' && ours.open.word === theirs.open.word) {
    const inBase = base?.kind === 'group' && base.open.word === ours.open.word ? base : undefined;
    return mergeGroup(ours, inBase, theirs, preference);
  }
  return preference.word === 'ours' ? ours : theirs;
}

function mergeGroup(ours: Group, base: Group | undefined, theirs: Group, preference: Preference): Group {
  const elements = mergeElements(ours.elements, base?.elements ?? [], theirs.elements, preference);
  // A group that one side spread over several lines stays spread.
  const outer = theirs.open.space.includes('\n') && !ours.open.space.includes('\n') ? theirs : ours;
  return { kind: 'group', open: outer.open, elements, close: outer.close };
}

function isSameNode(left: OutlineNode, right: OutlineNode): boolean {
  return left.kind === right.kind && keyOfNodes([left]) === keyOfNodes([right]);
}

/** For each element its counterpart's index, or -1: equal ones first, then those of one shape, then those of one head. */
function matchElements(elements: readonly Element[], others: readonly Element[]): number[] {
  const matches: number[] = elements.map(() => -1);
  const taken = new Set<number>();
  for (const keyOf of [(element: Element) => keyOfNodes(element.nodes), shapeOf, headOf]) {
    const waiting = new Map<string, number[]>();
    others.forEach((other, index) => {
      if (taken.has(index)) return;
      const key = keyOf(other);
      if (key === '') return;
      const queue = waiting.get(key);
      if (queue === undefined) waiting.set(key, [index]);
      else queue.push(index);
    });
    elements.forEach((element, index) => {
      if (matches[index] !== -1) return;
      const found = waiting.get(keyOf(element))?.shift();
      if (found === undefined) return;
      matches[index] = found;
      taken.add(found);
    });
  }
  return matches;
}

function invert(matches: readonly number[], length: number): number[] {
  const inverted: number[] = Array.from({ length }, () => -1);
  matches.forEach((match, index) => {
    if (match !== -1) inverted[match] = index;
  });
  return inverted;
}

/** The words outside groups: `import {} from 'm'`, `function f() {}`. Empty where there is no group. */
function shapeOf({ nodes }: Element): string {
  if (!nodes.some(({ kind }) => kind === 'group')) return '';
  if (!nodes.some(({ kind }) => kind === 'leaf')) return '';
  return nodes.map((node) => (node.kind === 'leaf' ? node.word : `${node.open.word} `)).join(' ');
}

/** What is defined: the words up to the first `=`, `:` or bracket. Empty where nothing of the kind follows. */
function headOf({ nodes }: Element): string {
  const end = nodes.findIndex((node) => node.kind === 'group' || node.word === '=' || node.word === ':');
  if (end < 1) return '';
  return nodes
    .slice(0, end)
    .map((node) => (node.kind === 'leaf' ? node.word : ''))
    .join(' ');
}
