// What the other conflicts of a file tell of this one: who merged one side into another before, or carried a change over,
// did so throughout the file.

import { withoutSpace } from '../../diff/withoutSpace.js';
import type { ConflictTexts } from '../../types.js';
import { shareOf } from './bags.js';

export interface OthersView {
  readonly count: number;
  /** Lines of content over all other conflicts. */
  readonly oursAdded: number;
  readonly theirsAdded: number;
  readonly oursRemoved: number;
  readonly theirsRemoved: number;
  /** Of the lines that a side added, the share that the other side has too. */
  readonly oursAddedInTheirs: number;
  readonly theirsAddedInOurs: number;
  /** The shares of conflicts in which a side has nothing, and in which the base has nothing. */
  readonly oursEmpty: number;
  readonly theirsEmpty: number;
  readonly baseEmpty: number;
  /** The shares of conflicts in which a side has all that the other added, and more. */
  readonly oursAhead: number;
  readonly theirsAhead: number;
}

export function viewOthers(others: readonly ConflictTexts[]): OthersView {
  const sums = { oursAdded: 0, theirsAdded: 0, oursRemoved: 0, theirsRemoved: 0, oursAlso: 0, theirsAlso: 0 };
  const empty = { ours: 0, theirs: 0, base: 0 };
  const ahead = { ours: 0, theirs: 0 };
  for (const other of others) {
    const ours = contentLines(other.ours);
    const theirs = contentLines(other.theirs);
    const base = contentLines(other.base ?? '');
    if (ours.size === 0) empty.ours++;
    if (theirs.size === 0) empty.theirs++;
    if (base.size === 0) empty.base++;
    const oursAdded = [...ours].filter((line) => !base.has(line));
    const theirsAdded = [...theirs].filter((line) => !base.has(line));
    const oursAlso = oursAdded.filter((line) => theirs.has(line)).length;
    const theirsAlso = theirsAdded.filter((line) => ours.has(line)).length;
    sums.oursAdded += oursAdded.length;
    sums.theirsAdded += theirsAdded.length;
    sums.oursAlso += oursAlso;
    sums.theirsAlso += theirsAlso;
    if (theirsAlso === theirsAdded.length && oursAlso < oursAdded.length) ahead.ours++;
    if (oursAlso === oursAdded.length && theirsAlso < theirsAdded.length) ahead.theirs++;
    for (const line of base) {
      if (!ours.has(line)) sums.oursRemoved++;
      if (!theirs.has(line)) sums.theirsRemoved++;
    }
  }
  const { oursAlso, theirsAlso, ...lines } = sums;
  return {
    count: others.length,
    ...lines,
    oursAddedInTheirs: shareOf(oursAlso, lines.oursAdded),
    theirsAddedInOurs: shareOf(theirsAlso, lines.theirsAdded),
    oursEmpty: shareOf(empty.ours, others.length),
    theirsEmpty: shareOf(empty.theirs, others.length),
    baseEmpty: shareOf(empty.base, others.length),
    oursAhead: shareOf(ahead.ours, others.length),
    theirsAhead: shareOf(ahead.theirs, others.length),
  };
}

function contentLines(text: string): Set<string> {
  return new Set(
    text
      .split('\n')
      .map(withoutSpace)
      .filter((line) => line !== ''),
  );
}
