import { describe, expect, it } from 'vitest';
import { seededRandom, type Random } from '../../common/random.js';
import { renderAlike } from '../candidates/combine.js';
import { align, mergeThreeWay, type Aligned } from './threeWay.js';
import type { ThreeWayMerge } from '../types.js';

const items = (text: string): string[] => [...text];

/** So many items of so few kinds that much is equal by chance. */
const randomItems = (below: Random['below'], most: number): string[] =>
  Array.from({ length: below(most + 1) }, () => 'abcd'[below(4)]!);

/** A copy with a few items removed, replaced or inserted. */
function edited(below: Random['below'], from: readonly string[], edits: number): string[] {
  const copy = [...from];
  for (let edit = 0; edit < edits; edit++) {
    const inserted = Array.from({ length: below(3) }, () => 'abcdXYZ'[below(7)]!);
    copy.splice(below(copy.length + 1), below(3), ...inserted);
  }
  return copy;
}

/** Insertions and deletions that at least lie between two sequences, by the textbook's table. */
function distance(from: readonly string[], to: readonly string[]): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, item] of from.entries()) {
    const next = [index + 1];
    for (const [column, other] of to.entries()) {
      next.push(item === other ? row[column]! : 1 + Math.min(row[column + 1]!, next[column]!));
    }
    row = next;
  }
  return row.at(-1)!;
}

const editsIn = (aligned: readonly Aligned[]): number =>
  aligned
    .filter(({ equal }) => !equal)
    .reduce((sum, { from, to }) => sum + from.end - from.start + to.end - to.start, 0);

describe('align', () => {
  const shown = (from: string, to: string): string =>
    align(items(from), items(to))!
      .map((each) => {
        const [left, right] = [from.slice(each.from.start, each.from.end), to.slice(each.to.start, each.to.end)];
        return each.equal ? left : `[${left}|${right}]`;
      })
      .join('');

  it.each([
    ['two empty sequences', '', '', ''],
    ['equal sequences', 'abc', 'abc', 'abc'],
    ['an insertion', 'ac', 'abc', 'a[|b]c'],
    ['an insertion at the beginning', 'b', 'ab', '[|a]b'],
    ['an insertion at the end', 'a', 'ab', 'a[|b]'],
    ['a removal', 'abc', 'ac', 'a[b|]c'],
    ['a replacement, as one stretch', 'abc', 'axyc', 'a[b|xy]c'],
    ['nothing in common', 'ab', 'xyz', '[ab|xyz]'],
    ['all removed', 'ab', '', '[ab|]'],
    ['all inserted', '', 'ab', '[|ab]'],
    ['an item that is doubled', 'aba', 'abaa', 'aba[|a]'],
    ['two changes', 'abcde', 'axcdy', 'a[b|x]cd[e|y]'],
  ])('%s', (_name, from, to, expected) => {
    expect(shown(from, to)).toBe(expected);
  });

  it('covers both sequences without gaps, in turns, with as few edits as there can be', () => {
    const { below } = seededRandom(1);
    for (let round = 0; round < 500; round++) {
      const from = randomItems(below, 14);
      const to = below(2) === 0 ? randomItems(below, 14) : edited(below, from, below(4));
      const aligned = align(from, to)!;
      let [fromAt, toAt] = [0, 0];
      for (const [index, each] of aligned.entries()) {
        expect([each.from.start, each.to.start]).toEqual([fromAt, toAt]);
        expect(each.from.end - each.from.start + each.to.end - each.to.start).toBeGreaterThan(0);
        if (each.equal) {
          expect(from.slice(each.from.start, each.from.end)).toEqual(to.slice(each.to.start, each.to.end));
        }
        expect(aligned[index + 1]?.equal).not.toBe(each.equal);
        [fromAt, toAt] = [each.from.end, each.to.end];
      }
      expect([fromAt, toAt]).toEqual([from.length, to.length]);
      expect(editsIn(aligned)).toBe(distance(from, to));
    }
  });

  it('gives up beyond a number of edits, and never before', () => {
    const { below } = seededRandom(2);
    let givenUp = 0;
    for (let round = 0; round < 300; round++) {
      const [from, to] = [randomItems(below, 12), randomItems(below, 12)];
      const most = below(8);
      const aligned = align(from, to, most);
      if (aligned === undefined) givenUp++;
      // What is only inserted or only removed needs no search.
      const isOneWay = distance(from, to) === Math.abs(from.length - to.length);
      if (!isOneWay) expect(aligned === undefined).toBe(distance(from, to) > most);
    }
    expect(givenUp).toBeGreaterThan(50);
  });
});

/** Stable stretches with whom they are from, conflicts between brackets. */
function shown({ chunks }: ThreeWayMerge<string>): string {
  return chunks
    .map((chunk) =>
      chunk.kind === 'stable'
        ? `${chunk.from}:${chunk.items.join('')}`
        : `[${chunk.ours.join('')}|${chunk.base.join('')}|${chunk.theirs.join('')}]`,
    )
    .join(' ');
}

const swapped = (merge: ThreeWayMerge<string>): ThreeWayMerge<string> => ({
  ...merge,
  chunks: merge.chunks.map((chunk) => {
    if (chunk.kind === 'conflict') return { ...chunk, ours: chunk.theirs, theirs: chunk.ours };
    const { from } = chunk;
    return { ...chunk, from: from === 'ours' ? 'theirs' : from === 'theirs' ? 'ours' : from };
  }),
});

describe('mergeThreeWay', () => {
  it.each([
    ['nothing', '', '', '', ''],
    ['no change', 'ab', 'ab', 'ab', 'all:ab'],
    ['ours alone', 'axb', 'ab', 'ab', 'all:a ours:x all:b'],
    ['theirs alone', 'ab', 'ab', 'abx', 'all:ab theirs:x'],
    ['the same change', 'axb', 'ab', 'axb', 'all:a both:x all:b'],
    ['the same removal', 'ac', 'abc', 'ac', 'all:a both: all:c'],
    ['changes apart', 'xbc', 'abc', 'aby', 'ours:x all:b theirs:y'],
    ['changes side by side', 'xb', 'ab', 'ay', '[xb|ab|ay]'],
    ['two insertions in one place', 'axb', 'ab', 'ayb', 'all:a [x||y] all:b'],
    ['a removal against an edit', 'ac', 'abc', 'axc', 'all:a [|b|x] all:c'],
    ['a removal against an insertion behind it', 'ac', 'abc', 'abxc', 'all:a [|b|bx] all:c'],
    ['both began with nothing', 'x', '', 'y', '[x||y]'],
    ['ours emptied what theirs left', '', 'ab', 'ab', 'ours:'],
    ['two conflicts', 'xby', 'abc', 'zbw', '[x|a|z] all:b [y|c|w]'],
  ])('%s', (_name, ours, base, theirs, expected) => {
    const merge = mergeThreeWay(items(ours), items(base), items(theirs))!;
    expect(shown(merge)).toBe(expected);
    expect(merge.conflicts).toBe(merge.chunks.filter(({ kind }) => kind === 'conflict').length);
  });

  const rounds = (count: number, test: (ours: string[], base: string[], theirs: string[]) => void): void => {
    const { below } = seededRandom(3);
    for (let round = 0; round < count; round++) {
      const base = randomItems(below, 16);
      test(edited(below, base, below(4)), base, edited(below, base, below(4)));
    }
  };

  it('gives what one side made where the other changed nothing', () => {
    rounds(300, (ours, base) => {
      for (const merge of [mergeThreeWay(ours, base, base)!, mergeThreeWay(base, base, ours)!]) {
        expect(merge.conflicts).toBe(0);
        expect(renderAlike(merge, 'ours')).toEqual(ours);
      }
    });
  });

  it('gives what both sides made where they made the same', () => {
    rounds(300, (ours, base) => {
      const merge = mergeThreeWay(ours, base, [...ours])!;
      expect(merge.conflicts).toBe(0);
      expect(renderAlike(merge, 'base')).toEqual(ours);
    });
  });

  it('says the same of the sides the other way round', () => {
    rounds(500, (ours, base, theirs) => {
      expect(mergeThreeWay(theirs, base, ours)).toEqual(swapped(mergeThreeWay(ours, base, theirs)!));
    });
  });

  it('leaves to be decided only what both changed, each otherwise', () => {
    let conflicts = 0;
    rounds(500, (ours, base, theirs) => {
      for (const chunk of mergeThreeWay(ours, base, theirs)!.chunks) {
        if (chunk.kind === 'stable') continue;
        conflicts++;
        expect(chunk.ours).not.toEqual(chunk.theirs);
        expect(chunk.ours).not.toEqual(chunk.base);
        expect(chunk.theirs).not.toEqual(chunk.base);
      }
    });
    expect(conflicts).toBeGreaterThan(100);
  });

  it('makes all edits of both sides where an unchanged item stands between them', () => {
    const { below } = seededRandom(4);
    for (let round = 0; round < 300; round++) {
      const base = Array.from({ length: 12 }, (_, index) => `line ${index}`);
      const [ours, theirs, both] = [[], [], []] as [string[], string[], string[]];
      base.forEach((item, index) => {
        // Every other item is left alone by both, and what lies between two of them belongs to one side.
        const edit = index % 2 === 0 ? 0 : below(3);
        const owner = below(2) === 0 ? ours : theirs;
        const other = owner === ours ? theirs : ours;
        other.push(item);
        const made = edit === 0 ? [item] : edit === 1 ? [] : [`${item} new`, `${item} newer`];
        owner.push(...made);
        both.push(...made);
      });
      const merge = mergeThreeWay(ours, base, theirs)!;
      expect(merge.conflicts).toBe(0);
      expect(renderAlike(merge, 'base')).toEqual(both);
    }
  });

  it('keeps the words of both sides when all conflicts are decided for both', () => {
    rounds(300, (ours, base, theirs) => {
      const count = (all: readonly string[], item: string): number => all.filter((each) => each === item).length;
      const both = renderAlike(mergeThreeWay(ours, base, theirs)!, 'ours+theirs');
      for (const item of 'XYZ') {
        // None of these stood in the base.
        expect(count(both, item)).toBeGreaterThanOrEqual(Math.max(count(ours, item), count(theirs, item)));
        expect(count(both, item)).toBeLessThanOrEqual(count(ours, item) + count(theirs, item));
      }
    });
  });

  it.each([
    ['ours spaced it anew', 'a  b', 'a b', 'a b', 'a  b'],
    ['theirs spaced it anew', 'a b', 'a b', 'a  b', 'a  b'],
    ['both did', 'a   b', 'a b', 'a  b', 'a   b'],
  ])('takes items for the same that have one key: %s', (_name, ours, base, theirs, expected) => {
    const merge = mergeThreeWay([ours], [base], [theirs], (item) => item.replace(/ +/g, ' '))!;
    expect(shown(merge)).toBe(`all:${expected}`);
  });

  it('gives up where either side is too far from the base', () => {
    const far = items('uvwxyz');
    expect(mergeThreeWay(far, items('abcdef'), items('abcdef'), undefined, 5)).toBeUndefined();
    expect(mergeThreeWay(items('abcdef'), items('abcdef'), far, undefined, 5)).toBeUndefined();
    expect(mergeThreeWay(items('abcdex'), items('abcdef'), items('xbcdef'), undefined, 5)).toBeDefined();
  });
});
