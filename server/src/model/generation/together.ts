// Writes branches all at once: every pass takes each of them on by a token, and further where a draft comes true.
//
// What is drafted follows from the request alone, never from how long passes take: rows of a tree are equal up to rounding
// only (treePass.ts), and the same request shall give the same branches.

import { abortError } from '../../common/abort.js';
import type { Row } from '../passes/decode.js';
import type { Draft } from '../passes/draft.js';
import type { TreeRow } from '../runtime/rowTree.js';
import { treeRoom } from '../runtime/session.js';
import { chooseTop, TOP_CHOICES } from '../tokens/distribution.js';
import type { Branch } from './branch.js';
import { continueOneByOne } from './oneByOne.js';
import { steadyDrafterOf, type Run } from './run.js';

/** Drafts fill a pass up to so many rows: a further row costs a sixth of what a pass with a single row does. */
const ROWS = 8;

interface Growing extends Branch {
  /** The slot of its last token that is computed. */
  tip: number;
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
  const draftFor = drafter(run, greedy);
  const all = branches.map((branch): Growing => ({ ...branch, tip: run.ids.length + branch.at - 1 }));
  for (;;) {
    if (run.cancelled()) throw abortError();
    for (const { writer } of all) writer.lookAtClock();
    const growing = all.filter(({ writer }) => !writer.hasEnded);
    if (growing.length === 0) return;
    const past = cache.tree.slots;
    if (cache.tree.size + Math.max(ROWS, growing.length) > treeRoom(parts.manifest)) {
      cache.keepBranch(growing[0]!.tip);
      return continueOneByOne(run, greedy, growing);
    }
    const room = Math.floor(ROWS / growing.length) - 1;
    const planned: PlannedRow[] = [];
    for (const branch of growing) planned.push({ branch, row: { id: branch.own.at(-1)!, parent: branch.tip } });
    for (const last of room > 0 ? [...planned] : []) addDraft(planned, last, await draftFor(last.branch), room, past);
    const rows = await stepTree(
      cache,
      planned.map(({ row }) => row),
    );
    await takeRows(planned, rows, past);
  }
}

/** What is likely to follow a branch; the greedy line is looked at like a line above it, since most of it often comes again. */
function drafter(run: Run, greedy: readonly number[]): (branch: Growing) => Promise<Draft> {
  const draft = steadyDrafterOf(run);
  return ({ at, own, hidden }) =>
    draft({ tokens: [...run.ids, ...greedy, ...greedy.slice(0, at), ...own.slice(0, -1)] }, own.at(-1)!, hidden);
}

interface PlannedRow {
  readonly branch: Growing;
  readonly row: TreeRow;
  /** The draft of the branch's next token. */
  next?: { readonly number: number; readonly source: Draft['sources'][number] };
}

/** Adds a branch's draft to a pass behind its last token, as far as there is room. */
function addDraft(planned: PlannedRow[], last: PlannedRow, { ids, sources }: Draft, room: number, past: number): void {
  let before = last;
  for (const [index, id] of ids.slice(0, room).entries()) {
    before.next = { number: planned.length, source: sources[index]! };
    before = { branch: last.branch, row: { id, parent: past + planned.indexOf(before) } };
    planned.push(before);
  }
}

/** Takes the branches' tokens, as far as drafts come true; row by row, since logits must be read in the rows' order. */
async function takeRows(planned: readonly PlannedRow[], rows: readonly Row[], past: number): Promise<void> {
  const refuted = new Set<number>();
  for (const [number, { branch, next }] of planned.entries()) {
    const row = rows[number]!;
    const { writer, own } = branch;
    if (!refuted.has(number)) {
      const top = chooseTop(await row.logits(), TOP_CHOICES, writer.allowed());
      const chosen = top[0]!;
      const isProposed = next !== undefined && planned[next.number]!.row.id === chosen.id;
      const { hidden, layer } = row;
      await writer.take({ ...chosen, top, layers: layer, hidden, drafted: isProposed ? next.source : undefined });
      own.push(chosen.id);
      branch.hidden = hidden;
      branch.tip = past + number;
      if (isProposed && !writer.hasEnded) continue;
    }
    if (next !== undefined) refuted.add(next.number);
  }
}
