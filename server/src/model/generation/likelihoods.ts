// How likely the same tokens are behind each of several lines; what the cache holds of the lines is not computed again.

import { abortError } from '../../common/abort.js';
import type { Row } from '../passes/decode.js';
import type { RowTree, TreeRow } from '../runtime/rowTree.js';
import { treeRoom } from '../runtime/session.js';
import { logProbabilityOf } from '../tokens/distribution.js';
import { rowsBehind } from './oneByOne.js';
import type { Run } from './run.js';

/** Rows of a pass: short enough for a cancel to be heard soon, and more would hardly cost less each. */
const ROWS = 16;

/**
 * The natural logarithm of the probability of some tokens behind each line, which follows the prompt; undefined where it took
 * too long.
 * @param lines each at least one token
 * @throws AbortError as soon as the request is cancelled
 */
export async function likelihoodsBehind(
  run: Run,
  lines: readonly (readonly number[])[],
  next: readonly number[],
): Promise<readonly number[] | undefined> {
  if (run.parts.stepper.stepTree === undefined) return oneByOne(run, lines, next);
  const planned = new PlannedRows(run.cache.tree, run.ids.length - 1);
  for (const [index, line] of lines.entries()) planned.add(index, line, next);
  if (run.cache.tree.size + planned.rows.length <= treeRoom(run.parts.manifest))
    return together(run, planned, lines.length);
  run.cache.dropTree();
  return oneByOne(run, lines, next);
}

async function together(run: Run, { rows, wanted }: PlannedRows, lines: number): Promise<number[] | undefined> {
  const stepTree = run.counts.passesOf(run.parts.stepper).stepTree!;
  const sums = Array.from({ length: lines }, () => 0);
  for (let first = 0; first < rows.length; first += ROWS) {
    if (isOver(run)) return undefined;
    const computed = await stepTree(run.cache, rows.slice(first, first + ROWS));
    for (const [number, row] of computed.entries()) {
      for (const { line, id } of wanted.get(first + number) ?? []) sums[line]! += await logProbability(row, id);
    }
  }
  return sums;
}

async function oneByOne(
  run: Run,
  lines: readonly (readonly number[])[],
  next: readonly number[],
): Promise<number[] | undefined> {
  const sums: number[] = [];
  for (const line of lines) {
    if (isOver(run)) return undefined;
    const rows = await rowsBehind(run, [...line, ...next.slice(0, -1)], next.length);
    let sum = 0;
    for (const [index, row] of rows.entries()) sum += await logProbability(row, next[index]!);
    sums.push(sum);
  }
  return sums;
}

/** @throws AbortError where the request is cancelled */
function isOver(run: Run): boolean {
  if (run.cancelled()) throw abortError();
  return performance.now() > run.deadline;
}

async function logProbability(row: Row, id: number): Promise<number> {
  return logProbabilityOf(id, await row.logits());
}

/** Rows that are still to be computed so that the next tokens' probabilities are known behind every line. */
class PlannedRows {
  readonly rows: TreeRow[] = [];
  /** By row: the tokens whose probabilities are wanted behind it, and of which line. */
  readonly wanted = new Map<number, { readonly line: number; readonly id: number }[]>();
  private readonly slots: number;

  /** @param end the slot of the prompt's last token */
  constructor(
    private readonly tree: RowTree,
    private readonly end: number,
  ) {
    this.slots = tree.slots;
  }

  add(line: number, ids: readonly number[], next: readonly number[]): void {
    let slot = this.end;
    // Of the rows from the line's last token on more is wanted than their keys and values.
    for (const id of ids.slice(0, -1)) slot = this.tree.childOf(slot, id) ?? this.rowBehind(slot, id);
    for (const [index, id] of [ids.at(-1)!, ...next.slice(0, -1)].entries()) {
      slot = this.rowBehind(slot, id);
      const row = slot - this.slots;
      this.wanted.set(row, [...(this.wanted.get(row) ?? []), { line, id: next[index]! }]);
    }
  }

  /** The slot of a token behind another one, among the planned rows or as a new one. */
  private rowBehind(parent: number, id: number): number {
    const found = this.rows.findIndex((row) => row.parent === parent && row.id === id);
    return this.slots + (found === -1 ? this.rows.push({ id, parent }) - 1 : found);
  }
}
