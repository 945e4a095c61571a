// One conflict as the features see it: every text as a bag, and each side's edits as what it added to the base and took
// from it. Computed once and shared by all candidates.

import type { Candidate, EditRelation, MergeProblem } from '../../types.js';
import { type Bag, BagVocabulary, type Counts, dice, shared, total, without } from './bags.js';
import { type Indents, indentsOf } from './indentation.js';
import { type OthersView, viewOthers } from './otherConflicts.js';

/** What a side did to the base, in tokens or in lines. */
export interface Edit {
  readonly added: Counts;
  readonly removed: Counts;
  readonly addedTotal: number;
  readonly removedTotal: number;
}

export interface SideView {
  readonly bag: Bag;
  readonly tokenEdit: Edit;
  readonly lineEdit: Edit;
  readonly texture: Texture;
}

/** What can be said of a text by itself and its surroundings. */
export interface Texture {
  /** Net depth of each kind of bracket at the end: round, square, curly. */
  readonly depths: readonly [number, number, number];
  /** The lowest depth of all brackets on the way. */
  readonly lowest: number;
  /** Of neighbouring lines with content, the share that is in order. */
  readonly sorted: number;
  /** Of neighbouring lines, the mean share of the shorter one that is a common beginning. */
  readonly similarity: number;
  readonly comments: number;
  readonly imports: number;
  /** Lines with content that stand in the text more than once. */
  readonly repeatedLines: number;
  /** Names that are declared or assigned more than once. */
  readonly repeatedKeys: number;
  /** Lines with content that also stand in front of the conflict or behind it. */
  readonly linesInContext: number;
  /** Names that are not in the base: the share that the surroundings know. */
  readonly newNamesKnown: number;
  /** Names of the base that the text has no more: the share that the surroundings still use. */
  readonly lostNamesUsed: number;
  /** All names: the share that the surroundings know. */
  readonly namesKnown: number;
  /** The numbers in the text, in order. */
  readonly numbers: readonly number[];
}

export interface ConflictView {
  readonly problem: MergeProblem;
  readonly ours: SideView;
  readonly theirs: SideView;
  readonly base: Bag;
  readonly baseTexture: Texture;
  readonly before: Bag;
  readonly after: Bag;
  readonly context: Counts;
  readonly oursTheirsDice: number;
  readonly others: OthersView;
  /** How the edits relate in the outline; undefined where a side is too long for it, or the base is not known. */
  readonly relation: EditRelation | undefined;
  /** Of the base, of both sides, and of what stands in front and behind. */
  readonly indents: Readonly<Record<'base' | 'ours' | 'theirs' | 'before' | 'after', Indents>>;
  readonly candidates: readonly CandidateView[];
  /** The mean of the candidates' bags, and of their lengths. */
  readonly centre: Float64Array;
  readonly meanLength: number;
}

export interface CandidateView {
  readonly candidate: Candidate;
  readonly bag: Bag;
  readonly texture: Texture;
  readonly indents: Indents;
  readonly conflict: ConflictView;
}

export function viewConflict(problem: MergeProblem): ConflictView {
  const { input } = problem;
  const vocabulary = new BagVocabulary();
  const read = (text: string) => vocabulary.read(text);
  const lines = {
    ours: read(input.ours),
    theirs: read(input.theirs),
    base: read(input.base ?? ''),
    before: read(input.before),
    after: read(input.after),
    candidates: problem.candidates.map(({ text }) => read(text)),
  };
  const names = vocabulary.tokenTexts.map((text) => /^[\p{L}_$][\p{L}\p{N}_$]+$/u.test(text));
  const base = vocabulary.count(lines.base);
  const before = vocabulary.count(lines.before);
  const after = vocabulary.count(lines.after);
  const context = before.tokens.map((count, i) => count + after.tokens[i]!);
  const around = { base, before, after, context, names, texts: vocabulary.tokenTexts };
  const side = (of: Bag): SideView => ({
    bag: of,
    tokenEdit: edit(of.tokens, base.tokens),
    lineEdit: edit(of.lineCounts, base.lineCounts),
    texture: textureOf(of, around),
  });
  const ours = side(vocabulary.count(lines.ours));
  const theirs = side(vocabulary.count(lines.theirs));
  const bags = lines.candidates.map((of) => vocabulary.count(of));
  const centre = new Float64Array(base.tokens.length);
  for (const { tokens } of bags) for (let i = 0; i < centre.length; i++) centre[i]! += tokens[i]! / bags.length;
  const candidates: CandidateView[] = [];
  const conflict: ConflictView = {
    problem,
    ours,
    theirs,
    base,
    baseTexture: textureOf(base, around),
    before,
    after,
    context,
    oursTheirsDice: dice(ours.bag.tokens, theirs.bag.tokens, ours.bag.tokenTotal, theirs.bag.tokenTotal),
    others: viewOthers(input.others),
    relation: problem.evidence.relation,
    indents: {
      base: indentsOf(input.base ?? ''),
      ours: indentsOf(input.ours),
      theirs: indentsOf(input.theirs),
      before: indentsOf(input.before),
      after: indentsOf(input.after),
    },
    candidates,
    centre,
    meanLength: bags.reduce((sum, { tokenTotal }) => sum + tokenTotal, 0) / Math.max(1, bags.length),
  };
  for (const [index, bag] of bags.entries()) {
    const candidate = problem.candidates[index]!;
    const indents = indentsOf(candidate.text);
    candidates.push({ candidate, bag, texture: textureOf(bag, around), indents, conflict });
  }
  return conflict;
}

function edit(of: Counts, base: Counts): Edit {
  const added = without(of, base);
  const removed = without(base, of);
  return { added, removed, addedTotal: total(added), removedTotal: total(removed) };
}

interface Surroundings {
  readonly base: Bag;
  readonly before: Bag;
  readonly after: Bag;
  readonly context: Counts;
  /** By the token's number, whether it is a name. */
  readonly names: readonly boolean[];
  readonly texts: readonly string[];
}

function textureOf(bag: Bag, { base, before, after, context, names, texts }: Surroundings): Texture {
  const depths: [number, number, number] = [0, 0, 0];
  const numbers: number[] = [];
  const keys = new Set<string>();
  let lowest = 0;
  let repeatedKeys = 0;
  let linesInContext = 0;
  let pairs = 0;
  let ordered = 0;
  let similarity = 0;
  let previous: string | undefined;
  for (const line of bag.lines) {
    if (line.key !== undefined) {
      if (keys.has(line.key)) repeatedKeys++;
      keys.add(line.key);
    }
    for (const id of line.tokens) {
      const text = texts[id]!;
      const at = '([{'.indexOf(text);
      const until = ')]}'.indexOf(text);
      if (at >= 0) depths[at]!++;
      else if (until >= 0) {
        depths[until]!--;
        lowest = Math.min(lowest, depths[0] + depths[1] + depths[2]);
      } else if (text >= '0' && text < ':') numbers.push(Number.parseInt(text, 10));
    }
    if (line.trivial) continue;
    if (before.lineCounts[line.id]! + after.lineCounts[line.id]! > 0) linesInContext++;
    if (previous !== undefined) {
      pairs++;
      if (previous <= line.text) ordered++;
      similarity += commonBeginning(previous, line.text) / Math.min(previous.length, line.text.length);
    }
    previous = line.text;
  }
  const lines = Math.max(1, bag.lines.length);
  const count = (of: (line: Bag['lines'][number]) => boolean): number => bag.lines.filter(of).length;
  return {
    depths,
    lowest,
    sorted: pairs === 0 ? -1 : ordered / pairs,
    similarity: pairs === 0 ? -1 : similarity / pairs,
    comments: count(({ comment }) => comment) / lines,
    imports: count((line) => line.import) / lines,
    repeatedLines: count(({ id, trivial }) => !trivial && bag.lineCounts[id]! > 1),
    repeatedKeys,
    linesInContext,
    ...nameShares(bag.tokens, base.tokens, context, names),
    numbers,
  };
}

function nameShares(tokens: Counts, base: Counts, context: Counts, names: readonly boolean[]) {
  const all = [0, 0];
  const fresh = [0, 0];
  const lost = [0, 0];
  for (let i = 0; i < tokens.length; i++) {
    if (!names[i]) continue;
    const known = context[i]! > 0 ? 1 : 0;
    const groups = tokens[i]! > 0 ? (base[i]! > 0 ? [all] : [all, fresh]) : base[i]! > 0 ? [lost] : [];
    for (const group of groups) {
      group[0]! += known;
      group[1]!++;
    }
  }
  const shareOfGroup = ([known, of]: number[]): number => (of === 0 ? -1 : known! / of!);
  return { namesKnown: shareOfGroup(all), newNamesKnown: shareOfGroup(fresh), lostNamesUsed: shareOfGroup(lost) };
}

/** Length of the common beginning of two texts. */
export function commonBeginning(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  let at = 0;
  while (at < length && left.charCodeAt(at) === right.charCodeAt(at)) at++;
  return at;
}

/** How much of an edit a text kept: what was added is there, what was removed is not. */
export function kept(edited: Edit, of: Counts, base: Counts): { readonly added: number; readonly removed: number } {
  const removedByText = without(base, of);
  return { added: shared(edited.added, of), removed: shared(edited.removed, removedByText) };
}
