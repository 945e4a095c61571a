// Which elements of the two sides and of the base are one element.

import { inverted } from '../diff/inverted.js';
import { matchElements } from './elementMatch.js';
import type { Element } from './outline.js';

/** An element with its counterparts. */
export interface Matched {
  readonly ours: Element | undefined;
  readonly base: Element | undefined;
  readonly theirs: Element | undefined;
}

/** The elements of both sides, each with its counterparts; what both added under one name is one element. */
export function matchSides(
  ours: readonly Element[],
  base: readonly Element[],
  theirs: readonly Element[],
  first: 'ours' | 'theirs',
  opener: string | undefined,
): { readonly leading: Matched[]; readonly following: Matched[] } {
  const oursToBase = matchElements(ours, base, opener);
  const theirsToBase = matchElements(theirs, base, opener);
  const oursOfBase = inverted(oursToBase, base.length);
  const theirsOfBase = inverted(theirsToBase, base.length);
  const added = (matches: readonly number[]): number[] =>
    matches.flatMap((match, index) => (match === -1 ? [index] : []));
  const addedOurs = added(oursToBase);
  const addedTheirs = added(theirsToBase);
  const twins = matchElements(
    addedOurs.map((index) => ours[index]!),
    addedTheirs.map((index) => theirs[index]!),
    undefined,
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
