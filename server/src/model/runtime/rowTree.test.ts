import { describe, expect, it } from 'vitest';
import { padTree, plainRows, RowTree, type RowsInTree } from './rowTree.js';

/** A line for each row: its position, and for each slot whether it sees it. */
const drawn = ({ positions, bias }: RowsInTree): string[] => {
  const slots = bias.length / positions.length;
  return positions.map((position, row) => {
    const seen = [...bias.subarray(row * slots, (row + 1) * slots)].map((value) => (value === 0 ? 'x' : '.'));
    return `${position} ${seen.join('')}`;
  });
};

describe('rows of a tree', () => {
  it('stand behind their parent, and see the trunk up to their fork and their own branch', () => {
    const tree = new RowTree([10, 11, 12]);
    const first = tree.add([
      { id: 20, parent: 2 },
      { id: 30, parent: 0 },
      { id: 21, parent: 3 },
    ]);
    expect(drawn(first)).toEqual(['3 xxxx..', '1 x...x.', '4 xxxx.x']);
    const second = tree.add([
      { id: 31, parent: 4 },
      { id: 32, parent: 6 },
    ]);
    expect(drawn(second)).toEqual(['2 x...x.x.', '3 x...x.xx']);
    expect([tree.size, tree.slots]).toEqual([5, 8]);
  });

  it('are found by what they follow, on the trunk and behind it', () => {
    const tree = new RowTree([10, 11]);
    tree.add([
      { id: 20, parent: 1 },
      { id: 11, parent: 2 },
    ]);
    expect(tree.childOf(0, 11)).toBe(1);
    expect(tree.childOf(1, 20)).toBe(2);
    expect(tree.childOf(2, 11)).toBe(3);
    expect(tree.childOf(2, 20)).toBeUndefined();
    expect(tree.branchTo(3)).toEqual({ fork: 1, slots: [2, 3], ids: [20, 11] });
    expect(tree.branchTo(1)).toEqual({ fork: 1, slots: [], ids: [] });
  });

  it('follow what is there', () => {
    expect(() => new RowTree([10]).add([{ id: 20, parent: 1 }])).toThrow(RangeError);
  });
});

describe('a pass that is filled up', () => {
  it('repeats its last row, and the others see what they saw', () => {
    const tree = new RowTree([10, 11]);
    const rows = tree.add([
      { id: 20, parent: 1 },
      { id: 30, parent: 0 },
    ]);
    expect(drawn(rows)).toEqual(['2 xxx.', '1 x..x']);
    expect(drawn(padTree(rows, 3))).toEqual(['2 xxx.x', '1 x..xx', '1 x..xx']);
  });
});

describe('plain rows', () => {
  it('stand one behind the other and see everything', () => {
    const plain = plainRows();
    expect(drawn(plain(3, 2))).toEqual(['2 xxxxx', '3 xxxxx', '4 xxxxx']);
    expect(drawn(plain(1, 1))).toEqual(['1 xx']);
  });
});
