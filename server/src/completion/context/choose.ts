// What of other files, and of the rest of this one, the model is shown in front of a prompt: the pieces that share the
// most names with the lines around the cursor, as many as the budget allows.

import type { Syntax } from '../../syntax/index.js';
import { chunksOf } from './chunks.js';
import { declarationsOf } from './declarations.js';
import { outlineOf } from './outline.js';
import { questionOf, type Question } from './question.js';
import { scoreTexts } from './relevance.js';
import type { ContextFile, ContextPart, ContextPlace, FileRelation, RecentEdit } from './types.js';

export interface ChoiceOptions {
  /** UTF-16 code units of all parts together, their paths included. */
  readonly budget: number;
  /** What was chosen for a place before; it stays unless something else is clearly better. */
  readonly previous?: readonly ContextPart[];
}

/** About 300 tokens: what the model reads anyway is about 470, and the time of a new prompt grows with the sum. */
export const DEFAULT_BUDGET = 1200;

/**
 * A new choice must be so many times as good as the last one: a change throws away the prompt that was computed, which
 * costs more than a slightly better choice is worth.
 */
const CLEARLY_BETTER = 1.3;

/** What a part costs beside its text and its path. */
const PART_COST = 8;

/** Weight of a piece by the relation of its file; `own` is the rest of the file with the cursor. */
const RELATIONS: Readonly<Record<FileRelation | 'own', number>> = {
  open: 1.1,
  defining: 1,
  recent: 1,
  imported: 1,
  sibling: 1,
  other: 0.9,
  own: 1,
};

interface Candidate {
  readonly path: string;
  readonly kind: ContextPart['kind'];
  readonly text: string;
  readonly relation: FileRelation | 'own';
  /** Lines of the file, half open. */
  readonly start: number;
  readonly end: number;
  readonly defines?: readonly string[];
}

/**
 * Chooses the parts that fit a place best, the best last, next to what the model completes. The answer is `previous`
 * itself where that is still good enough.
 * @param files the most related first; a text without grammar gives chunks only
 * @param edits what was changed lately elsewhere
 */
export async function chooseContext(
  place: ContextPlace,
  files: readonly ContextFile[],
  edits: readonly RecentEdit[],
  syntax: Syntax,
  { budget, previous = [] }: ChoiceOptions,
): Promise<readonly ContextPart[]> {
  const question = questionOf(place);
  const candidates: Candidate[] = [
    ...chunkCandidates(place.before, place.path, 'own'),
    ...chunkCandidates(place.after, place.path, 'own').map(({ start, end, ...chunk }) => ({
      ...chunk,
      start: start + BEHIND,
      end: end + BEHIND,
    })),
    ...edits.map(({ path, text }) => ({ path, text, kind: 'edit' as const, relation: 'open' as const, ...anywhere })),
  ];
  for (const file of files) {
    const pieces = chunkCandidates(file.text, file.path, file.relation);
    const outlines = await outlineCandidates(file, question, syntax);
    candidates.push(...[...pieces, ...outlines].map((candidate) => withNames(candidate, file.defines)));
  }
  const scores = scoreTexts(
    question,
    // A piece that defines a name counts as holding it: a variable's type need not be named where it is used.
    [...candidates, ...previous].map(({ text, defines = [] }) => [...defines, text].join('\n')),
  );
  const chosen = pick(rank(candidates, scores), budget);
  const before = scores.slice(candidates.length).reduce((sum, score) => sum + score, 0);
  return chosen.reduce((sum, { score }) => sum + score, 0) > CLEARLY_BETTER * before ? chosen : previous;
}

function withNames(candidate: Candidate, known: ContextFile['defines'] = []): Candidate {
  const defines = known.filter(({ line }) => candidate.start <= line && line < candidate.end).map(({ name }) => name);
  return defines.length === 0 ? candidate : { ...candidate, defines };
}

/** Lines after the cursor are counted from here, so that they overlap with none before it. */
const BEHIND = 1_000_000;

/** An edit has no lines by which it could be compared with chunks. */
const anywhere = { start: -1, end: -1 } as const;

function chunkCandidates(text: string, path: string, relation: Candidate['relation']): readonly Candidate[] {
  if (text.trim() === '') return [];
  return chunksOf(text).map((chunk) => ({ ...chunk, kind: 'chunk', path, relation }));
}

async function outlineCandidates(file: ContextFile, question: Question, syntax: Syntax): Promise<readonly Candidate[]> {
  if (!syntax.supports(file.languageId)) return [];
  const tree = await syntax.parse(file.languageId, file.text);
  if (tree === undefined) return [];
  try {
    return declarationsOf(tree).map((declaration) => ({
      path: file.path,
      kind: 'outline',
      relation: file.relation,
      text: outlineOf(declaration, question),
      start: declaration.start,
      end: declaration.end,
    }));
  } finally {
    tree.delete();
  }
}

type Ranked = Candidate & { readonly score: number };

function rank(candidates: readonly Candidate[], scores: readonly number[]): readonly Ranked[] {
  return candidates
    .map((candidate, i) => ({ ...candidate, score: scores[i]! * RELATIONS[candidate.relation] }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
}

function pick(ranked: readonly Ranked[], budget: number): readonly ContextPart[] {
  const chosen: Ranked[] = [];
  let left = budget;
  for (const candidate of ranked) {
    const cost = candidate.text.length + candidate.path.length + PART_COST;
    if (cost > left || chosen.some((other) => overlaps(candidate, other))) continue;
    chosen.push(candidate);
    left -= cost;
  }
  return chosen.reverse().map(({ path, text, kind, score, defines }) => ({
    path,
    text,
    kind,
    score,
    ...(defines === undefined ? {} : { defines }),
  }));
}

function overlaps(a: Candidate, b: Candidate): boolean {
  return a.path === b.path && a.start < b.end && b.start < a.end;
}
