// Rows that form a tree behind the tokens of a cache, its trunk: what each follows, where it stands, and what it sees.
//
// The cache is written slot by slot. Of the trunk a slot is a position; behind it the rows of the tree lie in the order in
// which they came, so several of them may stand at one position. Every row sees the trunk up to where its branch leaves it
// and the rows of its own branch.

/** A row of a tree: a token, and the slot of the row before it. */
export interface TreeRow {
  readonly id: number;
  readonly parent: number;
}

/** What the rows of a pass see where they do not simply follow each other. */
export interface RowsInTree {
  /** Of each row, [count]. */
  readonly positions: readonly number[];
  /** What is added to attention, [count, past + count]: zero for a slot that the row sees, NOT_SEEN for one it does not. */
  readonly bias: Float32Array;
}

/** So far below every real value that a slot has no share in the softmax, not even the smallest. */
const NOT_SEEN = -1e9;

export class RowTree {
  private readonly rows: TreeRow[] = [];
  private readonly positions: number[] = [];

  /** @param trunk tokens of the cache */
  constructor(private readonly trunk: readonly number[]) {}

  /** Rows behind the trunk. */
  get size(): number {
    return this.rows.length;
  }

  /** Slots of trunk and tree. */
  get slots(): number {
    return this.trunk.length + this.rows.length;
  }

  /** Adds rows, each behind its parent; says what they see. */
  add(added: readonly TreeRow[]): RowsInTree {
    const past = this.slots;
    for (const row of added) {
      if (row.parent < 0 || row.parent >= this.slots) throw new RangeError(`No row at slot ${row.parent}.`);
      this.positions.push(this.positionOf(row.parent) + 1);
      this.rows.push(row);
    }
    const slots = this.slots;
    const bias = new Float32Array(added.length * slots).fill(NOT_SEEN);
    for (let row = 0; row < added.length; row++) {
      const own = bias.subarray(row * slots, (row + 1) * slots);
      const path = this.pathTo(past + row);
      for (const slot of path) own[slot] = 0;
      own.fill(0, 0, this.forkOf(path) + 1);
    }
    return { positions: this.positions.slice(past - this.trunk.length), bias };
  }

  /** The slot of a token that follows a slot, where it was computed. */
  childOf(parent: number, id: number): number | undefined {
    if (parent + 1 < this.trunk.length && this.trunk[parent + 1] === id) return parent + 1;
    const found = this.rows.findIndex((row) => row.parent === parent && row.id === id);
    return found === -1 ? undefined : this.trunk.length + found;
  }

  /** The slots of a branch behind the trunk, in their order, and its tokens; and the trunk's slot that it leaves. */
  branchTo(slot: number): {
    readonly fork: number;
    readonly slots: readonly number[];
    readonly ids: readonly number[];
  } {
    const slots = this.pathTo(slot);
    const ids = slots.map((at) => this.rows[at - this.trunk.length]!.id);
    return { fork: slots.length === 0 ? slot : this.forkOf(slots), slots, ids };
  }

  private positionOf(slot: number): number {
    return slot < this.trunk.length ? slot : this.positions[slot - this.trunk.length]!;
  }

  /** The slots of a branch behind the trunk, in their order. */
  private pathTo(slot: number): number[] {
    const path: number[] = [];
    for (let at = slot; at >= this.trunk.length; at = this.rows[at - this.trunk.length]!.parent) path.push(at);
    return path.reverse();
  }

  private forkOf(path: readonly number[]): number {
    return this.rows[path[0]! - this.trunk.length]!.parent;
  }
}

/** What rows see that follow each other and everything before them, and nothing is added to. */
export function plainRows(): (count: number, past: number) => RowsInTree {
  let zeros = new Float32Array(0);
  return (count, past) => {
    const size = count * (past + count);
    if (zeros.length < size) zeros = new Float32Array(size);
    return { positions: Array.from({ length: count }, (_, row) => past + row), bias: zeros.subarray(0, size) };
  };
}

/** The same for a pass that is filled up with rows like its last one. */
export function padTree({ positions, bias }: RowsInTree, count: number): RowsInTree {
  const rows = positions.length;
  const [slots, wanted] = [bias.length / rows, bias.length / rows - rows + count];
  const padded = new Float32Array(count * wanted);
  for (let row = 0; row < count; row++) {
    const like = Math.min(row, rows - 1);
    padded.set(bias.subarray(like * slots, (like + 1) * slots), row * wanted);
  }
  return { positions: Array.from({ length: count }, (_, row) => positions[Math.min(row, rows - 1)]!), bias: padded };
}
