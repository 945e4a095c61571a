// The tables of the dynamic program in chooseHoles.ts: for every number of holes and every kept weight the least cost, and
// which holes give it. They are joined from the leaves up, siblings from left to right.

import type { CostNode, Hole, HoleOptions } from '../types.js';

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
    this.ropes = new Array<Rope | undefined>(this.costs.length);
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
  readonly afterHole: Table | undefined;
  /** Where the line was cut in it: nothing may follow. */
  readonly cut: Table | undefined;
}

/** A table of open holes. */
class OpenTable extends Table {
  /** For each cell the child that the hole began with. */
  readonly starts = new Int32Array(this.costs.length);

  /** Takes cells over where they are cheaper, from a table that is not larger. */
  takeOver(from: Table, by: number, startOf: (cell: number) => number): void {
    for (let holes = 0; holes + by <= this.holes; holes++) {
      for (let kept = 0; kept <= from.size; kept++) {
        const cell = holes * (from.size + 1) + kept;
        const at = (holes + by) * (this.size + 1) + kept;
        if (from.costs[cell]! >= this.costs[at]!) continue;
        this.costs[at] = from.costs[cell]!;
        this.ropes[at] = from.ropes[cell];
        this.starts[at] = startOf(cell);
      }
    }
  }
}

/** Where a left-to-right walk over siblings stands. A table in which nothing can be had is left out. */
interface Walk extends NodeTables {
  /** A hole is open and may end here. */
  readonly open: OpenTable | undefined;
  /** A hole is open whose last part cannot be its end. */
  readonly openOnly: OpenTable | undefined;
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
    const plain = new Table(this.holes, 0);
    plain.costs[0] = 0;
    let walk: Walk = { plain, afterHole: undefined, cut: undefined, open: undefined, openOnly: undefined };
    for (const [index, child] of node.children.entries()) walk = this.advance(walk, node, child, index);
    return this.close(walk, node, node.children.length);
  }

  private advance(walk: Walk, parent: CostNode, child: CostNode, index: number): Walk {
    const closed = this.close(walk, parent, index);
    const mayCut = this.options.cuts && !parent.isWhole && (this.options.freeCutAt?.(child) ?? true);
    const kept = this.keep(closed, child, mayCut);
    if (mayCut) this.cutBefore(closed, parent, index, kept.cut!);
    const goesOn = this.options.runs && child.isWhole && (walk.open ?? walk.openOnly) !== undefined;
    if (!goesOn && !child.isRemovable) return { ...kept, open: undefined, openOnly: undefined };
    const to = new OpenTable(this.holes, kept.plain.size);
    if (child.isRemovable) {
      to.takeOver(closed.plain, 1, () => index);
      if (closed.afterHole !== undefined) to.takeOver(closed.afterHole, 1, () => index);
    }
    if (goesOn) {
      for (const from of [walk.open, walk.openOnly]) {
        if (from !== undefined) to.takeOver(from, 0, (cell) => from.starts[cell]!);
      }
    }
    return { ...kept, open: child.isRemovable ? to : undefined, openOnly: child.isRemovable ? undefined : to };
  }

  /** Ends the holes that may end before a child. */
  private close({ plain, afterHole, cut, open }: Walk, parent: CostNode, index: number): NodeTables {
    if (open === undefined) return { plain, afterHole, cut };
    const joined = new Table(this.holes, open.size);
    if (afterHole !== undefined) shift(afterHole, 0, 0, joined);
    const holes: (Hole | undefined)[] = [];
    for (let cell = 0; cell < joined.costs.length; cell++) {
      if (open.costs[cell]! >= joined.costs[cell]!) continue;
      const start = open.starts[cell]!;
      const hole = (holes[start] ??= holeOf(parent, start, index - 1));
      if (this.isBlocked(hole)) continue;
      joined.costs[cell] = open.costs[cell]!;
      joined.ropes[cell] = { before: open.ropes[cell], hole };
    }
    return { plain, afterHole: joined, cut };
  }

  /** Ends the line before a child. Where that is no hole, it may be behind one. */
  private cutBefore({ plain, afterHole }: NodeTables, parent: CostNode, index: number, to: Table): void {
    const isFree = this.options.freeCutAt !== undefined;
    const start = parent.children[index]!.range.start;
    const last = parent.children.length - 1;
    const hole: Hole = { parent, first: index, last, range: { start, end: this.lineLength }, isRest: true };
    if (this.isBlocked(hole)) return;
    const by = isFree ? 0 : 1;
    for (const table of isFree ? [plain, afterHole] : [plain]) {
      for (let holes = 0; table !== undefined && holes + by <= this.holes; holes++) {
        for (let kept = 0; kept <= table.size; kept++) {
          const from = holes * (table.size + 1) + kept;
          const at = (holes + by) * (to.size + 1) + kept;
          if (table.costs[from]! >= to.costs[at]!) continue;
          to.costs[at] = table.costs[from]!;
          to.ropes[at] = { before: table.ropes[from], hole };
        }
      }
    }
  }

  /** @param mayCut whether the line may be cut before the child, so that a table is wanted for it */
  private keep(before: NodeTables, child: CostNode, mayCut: boolean): NodeTables {
    const inner = child.children.length > 0 ? this.ofChildren(child) : undefined;
    const size = before.plain.size + (inner?.plain.size ?? child.weight);
    const { cost, costAfterHole } = child;
    const plain = new Table(this.holes, size);
    const cut = mayCut || (before.cut ?? inner?.cut) !== undefined ? new Table(this.holes, size) : undefined;
    let afterHole: Table | undefined;
    if (inner === undefined) {
      if (!this.isOut.has(child.id)) {
        shift(before.plain, child.weight, cost, plain);
        if (before.afterHole !== undefined) shift(before.afterHole, child.weight, costAfterHole, plain);
      }
    } else {
      const joinTo = (to: Table, last: Table): Table => {
        join(before.plain, last, cost, to);
        if (before.afterHole !== undefined) join(before.afterHole, last, costAfterHole, to);
        return to;
      };
      joinTo(plain, inner.plain);
      if (inner.afterHole !== undefined) afterHole = joinTo(new Table(this.holes, size), inner.afterHole);
      if (inner.cut !== undefined) joinTo(cut!, inner.cut);
    }
    if (before.cut !== undefined) shift(before.cut, 0, 0, cut!);
    return { plain, afterHole, cut };
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
