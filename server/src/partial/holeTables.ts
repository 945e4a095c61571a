// The tables of the dynamic program in chooseHoles.ts: for every number of holes and every kept weight the least cost, and
// which holes give it. They are joined from the leaves up, siblings from left to right.

import type { HoleOptions } from './chooseHoles.js';
import type { CostNode, Hole } from './types.js';

/** Holes of a cell, shared between cells: a list that is put together in constant time. */
interface Rope {
  readonly before?: Rope | undefined;
  readonly after?: Rope | undefined;
  readonly hole?: Hole;
}

/** Least costs by number of holes and kept weight; what cannot be had costs infinitely much. */
export class Table {
  readonly costs: Float64Array;
  readonly ropes: (Rope | undefined)[];

  /** @param size the largest kept weight */
  constructor(
    readonly holes: number,
    readonly size: number,
  ) {
    this.costs = new Float64Array((holes + 1) * (size + 1)).fill(Infinity);
    this.ropes = [];
  }

  costAt(holes: number, kept: number): number {
    return kept > this.size ? Infinity : this.costs[holes * (this.size + 1) + kept]!;
  }

  holesAt(holes: number, kept: number): readonly Hole[] {
    const found: Hole[] = [];
    const visit = (rope: Rope | undefined): void => {
      if (rope === undefined) return;
      visit(rope.before);
      if (rope.hole !== undefined) found.push(rope.hole);
      visit(rope.after);
    };
    visit(this.ropes[holes * (this.size + 1) + kept]);
    return found;
  }
}

/** Tables of one node: where its last part is kept, and where it is a hole, for what follows then. */
export interface NodeTables {
  readonly plain: Table;
  readonly afterHole: Table;
  /** Where the line was cut in it: nothing may follow. */
  readonly cut: Table;
}

/** Where a left-to-right walk over siblings stands. */
interface Walk extends NodeTables {
  /** A hole is open and may end here. */
  readonly open: Table;
  /** A hole is open whose last part cannot be its end. */
  readonly openOnly: Table;
  /** For the cells of the two open tables, the child that the hole began with. */
  readonly starts: { readonly open: Int32Array; readonly openOnly: Int32Array };
}

export class Tables {
  private readonly holes: number;
  private lineLength = 0;

  constructor(
    private readonly options: HoleOptions,
    private readonly isOut: ReadonlySet<number>,
    private readonly isBlocked: (hole: Hole) => boolean,
  ) {
    this.holes = options.holes;
  }

  /** Keeps a node, holes among its descendants allowed. */
  ofChildren(node: CostNode): NodeTables {
    this.lineLength = Math.max(this.lineLength, node.range.end);
    let walk = this.begin();
    for (const [index, child] of node.children.entries()) walk = this.advance(walk, node, child, index);
    return this.close(walk, node, node.children.length);
  }

  private begin(): Walk {
    const plain = new Table(this.holes, 0);
    plain.costs[0] = 0;
    const empty = (): Table => new Table(this.holes, 0);
    const starts = { open: new Int32Array(this.holes + 1), openOnly: new Int32Array(this.holes + 1) };
    return { plain, afterHole: empty(), cut: empty(), open: empty(), openOnly: empty(), starts };
  }

  private advance(walk: Walk, parent: CostNode, child: CostNode, index: number): Walk {
    const closed = this.close(walk, parent, index);
    const kept = this.keep(closed, child);
    if (this.options.cuts && !parent.isWhole) this.cutBefore(closed, parent, index, kept.cut);
    const size = Math.max(kept.plain.size, walk.plain.size);
    const open = new Table(this.holes, size);
    const openOnly = new Table(this.holes, size);
    const starts = { open: new Int32Array(open.costs.length), openOnly: new Int32Array(openOnly.costs.length) };
    const move = (from: Table, cell: number, to: Table, by: number, start: number, into: Int32Array): void => {
      const cost = from.costs[cell]!;
      const count = Math.floor(cell / (from.size + 1)) + by;
      if (cost === Infinity || count > this.holes) return;
      const at = count * (to.size + 1) + (cell % (from.size + 1));
      if (cost >= to.costs[at]!) return;
      to.costs[at] = cost;
      to.ropes[at] = from.ropes[cell];
      into[at] = start;
    };
    for (let cell = 0; cell < walk.plain.costs.length; cell++) {
      // What a hole goes on with comes first, so that of two equal ways the one with fewer holes is taken.
      if (this.options.runs && child.isWhole) {
        const [to, into] = child.isRemovable ? [open, starts.open] : [openOnly, starts.openOnly];
        move(walk.open, cell, to, 0, walk.starts.open[cell]!, into);
        move(walk.openOnly, cell, to, 0, walk.starts.openOnly[cell]!, into);
      }
      if (child.isRemovable) {
        move(closed.plain, cell, open, 1, index, starts.open);
        move(closed.afterHole, cell, open, 1, index, starts.open);
      }
    }
    return { ...kept, open, openOnly, starts };
  }

  /** Ends the holes that may end before a child. */
  private close(walk: Walk, parent: CostNode, index: number): NodeTables {
    const { plain, afterHole, cut, open, starts } = walk;
    const joined = new Table(this.holes, plain.size);
    for (let cell = 0; cell < joined.costs.length; cell++) {
      joined.costs[cell] = afterHole.costs[cell]!;
      joined.ropes[cell] = afterHole.ropes[cell];
      if (open.costs[cell]! >= joined.costs[cell]!) continue;
      const hole = holeOf(parent, starts.open[cell]!, index - 1);
      if (this.isBlocked(hole)) continue;
      joined.costs[cell] = open.costs[cell]!;
      joined.ropes[cell] = { before: open.ropes[cell], hole };
    }
    return { plain, afterHole: joined, cut };
  }

  /** Ends the line before a child. */
  private cutBefore({ plain }: NodeTables, parent: CostNode, index: number, to: Table): void {
    for (let holes = 0; holes < this.holes; holes++) {
      for (let kept = 0; kept <= plain.size; kept++) {
        const from = holes * (plain.size + 1) + kept;
        const at = (holes + 1) * (to.size + 1) + kept;
        if (plain.costs[from]! >= to.costs[at]!) continue;
        const start = parent.children[index]!.range.start;
        const last = parent.children.length - 1;
        const hole: Hole = { parent, first: index, last, range: { start, end: this.lineLength }, isRest: true };
        if (this.isBlocked(hole)) continue;
        to.costs[at] = plain.costs[from]!;
        to.ropes[at] = { before: plain.ropes[from], hole };
      }
    }
  }

  private keep(before: NodeTables, child: CostNode): NodeTables {
    if (child.children.length > 0) {
      const inner = this.ofChildren(child);
      const size = before.plain.size + inner.plain.size;
      const own = [child.cost, child.costAfterHole] as const;
      const joinTo = (to: Table, last: Table): Table => {
        join(before.plain, last, own[0], to);
        join(before.afterHole, last, own[1], to);
        return to;
      };
      const cut = joinTo(new Table(this.holes, size), inner.cut);
      shift(before.cut, 0, 0, cut);
      return {
        plain: joinTo(new Table(this.holes, size), inner.plain),
        afterHole: joinTo(new Table(this.holes, size), inner.afterHole),
        cut,
      };
    }
    const plain = new Table(this.holes, before.plain.size + child.weight);
    if (!this.isOut.has(child.id)) {
      shift(before.plain, child.weight, child.cost, plain);
      shift(before.afterHole, child.weight, child.costAfterHole, plain);
    }
    const cut = new Table(this.holes, plain.size);
    shift(before.cut, 0, 0, cut);
    return { plain, afterHole: new Table(this.holes, plain.size), cut };
  }
}

function holeOf(parent: CostNode, first: number, last: number): Hole {
  const range = { start: parent.children[first]!.range.start, end: parent.children[last]!.range.end };
  return { parent, first, last, range, isRest: false };
}

/** Adds a leaf to all cells. */
function shift(from: Table, weight: number, cost: number, to: Table): void {
  for (let holes = 0; holes <= from.holes; holes++) {
    for (let kept = 0; kept <= from.size; kept++) {
      const sum = from.costs[holes * (from.size + 1) + kept]! + cost;
      const at = holes * (to.size + 1) + kept + weight;
      if (sum >= to.costs[at]!) continue;
      to.costs[at] = sum;
      to.ropes[at] = from.ropes[holes * (from.size + 1) + kept];
    }
  }
}

/** Combines the cells of two neighbours: holes, weights and costs add up. */
function join(left: Table, right: Table, cost: number, to: Table): void {
  for (let leftHoles = 0; leftHoles <= left.holes; leftHoles++) {
    for (let leftKept = 0; leftKept <= left.size; leftKept++) {
      const leftCell = leftHoles * (left.size + 1) + leftKept;
      const leftCost = left.costs[leftCell]! + cost;
      if (leftCost === Infinity) continue;
      for (let rightHoles = 0; leftHoles + rightHoles <= left.holes; rightHoles++) {
        const rightRow = rightHoles * (right.size + 1);
        const toRow = (leftHoles + rightHoles) * (to.size + 1) + leftKept;
        for (let rightKept = 0; rightKept <= right.size; rightKept++) {
          const sum = leftCost + right.costs[rightRow + rightKept]!;
          if (sum >= to.costs[toRow + rightKept]!) continue;
          to.costs[toRow + rightKept] = sum;
          const [before, after] = [left.ropes[leftCell], right.ropes[rightRow + rightKept]];
          to.ropes[toRow + rightKept] = before === undefined ? after : after === undefined ? before : { before, after };
        }
      }
    }
  }
}
