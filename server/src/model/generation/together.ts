// Writes branches all at once: every pass takes each of them on by a token, and further where a draft comes true. Most of
// the greedy line behind a branch point often comes again, so its rest is the draft.
//
// What is drafted follows from the tokens alone, never from how long passes take: rows of a tree are equal up to rounding
// only (treePass.ts), and the same request shall give the same branches.

import { abortError } from '../../common/abort.js';
import { neverDraft, type Row } from '../passes/decode.js';
import type { TreeRow } from '../runtime/rowTree.js';
import { TREE_ROOM } from '../runtime/session.js';
import { chooseTop, TOP_CHOICES } from '../tokens/distribution.js';
import type { Branch } from './beside.js';
import { LikelyRest } from './likelyRest.js';
import { continueOneByOne } from './oneByOne.js';
import type { Run } from './run.js';

/** Drafts fill a pass up to so many rows: one more costs a sixth of what a pass with a single row does. */
const ROWS = 8;

interface Growing extends Branch {
  /** The slot of its last token that is computed. */
  tip: number;
  readonly rest: LikelyRest;
}

/**
 * Afterwards the cache's tree holds what the branches were written with, behind the prompt and the greedy tokens.
 * @throws AbortError as soon as the request is cancelled
 */
export async function continueTogether(
  run: Run,
  greedy: readonly number[],
  branches: readonly Branch[],
): Promise<void> {
  const { cache, counts, parts } = run;
  const stepTree = counts.passesOf(parts.stepper).stepTree!;
  const all = branches.map((branch): Growing => {
    const rest = new LikelyRest(run.draft === neverDraft ? [] : greedy.slice(0, -1), branch.at + 1);
    return { ...branch, tip: run.ids.length + branch.at - 1, rest };
  });
  for (;;) {
    if (run.cancelled()) throw abortError();
    for (const { writer } of all) writer.lookAtClock();
    const growing = all.filter(({ writer }) => !writer.hasEnded);
    if (growing.length === 0) return;
    if (cache.tree.size + Math.max(ROWS, growing.length) > TREE_ROOM) {
      cache.keepBranch(growing[0]!.tip);
      return continueOneByOne(run, greedy, growing);
    }
    const past = cache.tree.slots;
    const planned = planPass(growing, past);
    const rows = await stepTree(
      cache,
      planned.map(({ row }) => row),
    );
    await takeRows(planned, rows, past);
  }
}

interface PlannedRow {
  readonly branch: Growing;
  readonly row: TreeRow;
  /** The number of the branch's next row in the pass, a draft; undefined where it has no further one. */
  next: number | undefined;
}

/** A row for each branch, then drafts, first for the branches that most of the line is left for. */
function planPass(growing: readonly Growing[], slots: number): readonly PlannedRow[] {
  const planned: PlannedRow[] = growing.map((branch) => ({
    branch,
    row: { id: branch.own.at(-1)!, parent: branch.tip },
    next: undefined,
  }));
  const drafting = planned
    .map((last) => ({ last, draft: last.branch.rest.propose(ROWS) }))
    .sort((a, b) => b.draft.length - a.draft.length);
  for (let level = 0; level < ROWS; level++) {
    for (const each of drafting) {
      const id = each.draft[level];
      if (id === undefined || planned.length >= ROWS) continue;
      const { last } = each;
      const row = { id, parent: slots + planned.indexOf(last) };
      last.next = planned.length;
      each.last = { branch: last.branch, row, next: undefined };
      planned.push(each.last);
    }
  }
  return planned;
}

/** Takes the branches' tokens, as far as drafts come true; row by row, since logits must be read in the rows' order. */
async function takeRows(planned: readonly PlannedRow[], rows: readonly Row[], past: number): Promise<void> {
  const refuted = new Set<number>();
  for (const [number, { branch, next }] of planned.entries()) {
    const row = rows[number]!;
    if (refuted.has(number)) {
      if (next !== undefined) refuted.add(next);
      continue;
    }
    const { writer, own, rest } = branch;
    const top = chooseTop(await row.logits(), TOP_CHOICES, writer.allowed());
    const chosen = top[0]!;
    const isProposed = next !== undefined && planned[next]!.row.id === chosen.id;
    branch.tip = past + number;
    own.push(chosen.id);
    rest.follow(chosen.id);
    const drafted = isProposed ? 'reference' : undefined;
    await writer.take({ ...chosen, top, layers: row.layer, hidden: row.hidden, drafted });
    if (next !== undefined && (!isProposed || writer.hasEnded)) refuted.add(next);
  }
}
