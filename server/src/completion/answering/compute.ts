// Asks the model for a place and keeps the answer.

import { abortError } from '../../common/abort.js';
import type { Continuation, GenerationTiming } from '../../model/index.js';
import { BRANCHES } from '../../partial/index.js';
import type { SyntaxTree } from '../../syntax/index.js';
import { ask, askBranches } from '../ask/ask.js';
import { askBlock } from '../ask/askBlock.js';
import { thresholdsOf } from '../ask/certainty.js';
import { chooseExtent, needsTree } from '../cut/extent.js';
import type { Place } from '../place/place.js';
import { wantsHoles } from '../show/offerHoles.js';
import type { Answer, KnownAnswer } from '../show/resultCache.js';
import type { CompletionRequest, CompletionSettings } from '../types.js';
import { atMost } from '../when/waiting.js';
import type { Tools } from './tools.js';

/** A tree that takes longer than this, in milliseconds, is not waited for: indentation decides in its place. */
const TREE_MS = 15;

export interface ComputedAnswer extends Answer {
  readonly timing: GenerationTiming;
  /** Paths of the files that the model was shown pieces of. */
  readonly read: readonly string[];
}

/** @throws AbortError when the signal is aborted */
export async function compute(
  tools: Tools,
  place: Place,
  settings: CompletionSettings,
  { trigger, alternatives, nearby = [] }: Pick<CompletionRequest, 'trigger' | 'alternatives' | 'nearby'>,
  signal: AbortSignal,
): Promise<ComputedAnswer> {
  const { model, syntax, cache, now } = tools;
  const tree = needsTree(place, settings.lines) ? await treeOf(tools, place, signal) : undefined;
  const extent = chooseExtent(place, settings.lines, tree);
  tree?.delete();
  if (signal.aborted) throw abortError();
  // What is asked for by hand is shown however unlikely it is; and of a line that is probably wrong a part may be right,
  // which is seen when it is all there.
  const isWhole = trigger === 'manual' || wantsHoles(settings, place.document.languageId, tools.holes?.(), syntax);
  const earlyStopBelow = isWhole ? 0 : thresholdsOf(model, settings.certainty, settings.leastShown).earlyStopBelow;
  const { parts, key } = tools.documents.of(place.document.uri).context;
  const question = { place, extent, alternatives, settings, earlyStopBelow, nearby, start: { parts, key } };
  const { continuations, timing } = await ask(model, question, now, signal);
  const answer = cache.store(place, { continuations, alternatives, settings, kind: extent.kind });
  return { ...answer, timing, read: [...new Set(parts.map(({ path }) => path))] };
}

async function treeOf(
  { syntax, sleep }: Tools,
  { document: { uri, languageId, text } }: Place,
  signal: AbortSignal,
): Promise<SyntaxTree | undefined> {
  if (!syntax.supports(languageId)) return undefined;
  const parsing = syntax.parse(languageId, text, uri).catch(() => undefined);
  const tree = await atMost(parsing, TREE_MS, sleep, signal).catch(() => 'late' as const);
  if (tree !== 'late') return tree;
  void parsing.then((lateTree) => lateTree?.delete());
  return undefined;
}

/** What the model might have written in place of an answer's line; kept with the answer. */
export async function computeBranches(
  { model, cache, documents }: Tools,
  answer: KnownAnswer,
  place: Place,
  settings: CompletionSettings,
  line: Continuation,
  maximumMs: number,
  signal: AbortSignal,
): Promise<readonly Continuation[] | undefined> {
  const { branches: known } = answer;
  if (known !== undefined || model.state.kind !== 'ready') return known;
  const { parts, key } = documents.of(place.document.uri).context;
  const wanted = { count: BRANCHES, maximumMs };
  const question = { place, settings, start: { parts, key } };
  const branches = await askBranches(model, question, line, wanted, signal);
  if (branches !== undefined) cache.store(place, { ...kept(answer), branches });
  return branches;
}

/** The block that the model writes at a place where nobody asks that its lines be likely; kept with the answer. */
export async function computeBlock(
  { model, cache, documents, now }: Tools,
  answer: KnownAnswer,
  place: Place,
  settings: CompletionSettings,
  maximumMs: number,
  signal: AbortSignal,
): Promise<Continuation | undefined> {
  const { block: known, kind = 'line', continuations, typed } = answer;
  if (known !== undefined || typed > 0 || model.state.kind !== 'ready') return known ?? undefined;
  const { parts, key } = documents.of(place.document.uri).context;
  const [first] = continuations;
  const question = {
    place,
    kind,
    settings,
    start: { parts, key },
    ...(first === undefined ? {} : { known: first.text }),
  };
  const began = now();
  const block = await askBlock(model, question, maximumMs, signal);
  // With more time there may be more lines.
  if (now() - began < maximumMs) cache.store(place, { ...kept(answer), block: block ?? null });
  return block;
}

function kept({ typed: _typed, ...answer }: KnownAnswer): Answer {
  return answer;
}
