// What tells one candidate of a conflict from another, as a table of named numbers. -1 stands for "there is nothing to
// measure". The order is that of the trained trees' columns: a new feature goes to the end, and the trees are made anew.

import { withoutSpace } from '../../diff/withoutSpace.js';
import type { MergeEvidence } from '../../types.js';
import type { SideView } from './view.js';
import { dice, shared, shareOf, without } from './bags.js';
import { deeper } from './indentation.js';
import { type CandidateView, commonBeginning, kept } from './view.js';

/** What a feature speaks of; explanations name these. */
export type FeatureGroup =
  | 'edits'
  | 'similarity'
  | 'length'
  | 'repetition'
  | 'brackets'
  | 'names'
  | 'order'
  | 'agreement'
  | 'numbers'
  | 'pattern'
  | 'sides'
  | 'merge'
  | 'network';

export interface Feature<Of> {
  readonly name: string;
  readonly group: FeatureGroup;
  readonly value: (of: Of) => number;
}

const list = (
  group: FeatureGroup,
  features: Readonly<Record<string, (of: CandidateView) => number>>,
): Feature<CandidateView>[] => Object.entries(features).map(([name, value]) => ({ name, group, value }));

/** Keeping a side's edit, counted in tokens or in lines. */
function keeping(side: 'ours' | 'theirs', unit: 'token' | 'line'): Feature<CandidateView>[] {
  const measure = ({ bag, conflict }: CandidateView) => {
    const edited: SideView = conflict[side];
    const edit = unit === 'token' ? edited.tokenEdit : edited.lineEdit;
    const of = unit === 'token' ? bag.tokens : bag.lineCounts;
    const base = unit === 'token' ? conflict.base.tokens : conflict.base.lineCounts;
    return { edit, ...kept(edit, of, base) };
  };
  return list('edits', {
    [`${side}.${unit}.added`]: (view) => {
      const { edit, added } = measure(view);
      return shareOf(added, edit.addedTotal);
    },
    [`${side}.${unit}.removed`]: (view) => {
      const { edit, removed } = measure(view);
      return shareOf(removed, edit.removedTotal);
    },
    [`${side}.${unit}.violated`]: (view) => {
      const { edit, added, removed } = measure(view);
      return Math.log1p(edit.addedTotal - added + edit.removedTotal - removed);
    },
  });
}

function similarity(name: string, bagOf: (of: CandidateView) => CandidateView['bag']): Feature<CandidateView>[] {
  return list('similarity', {
    [`${name}.tokens`]: (view) => {
      const other = bagOf(view);
      return dice(view.bag.tokens, other.tokens, view.bag.tokenTotal, other.tokenTotal);
    },
    [`${name}.lines`]: (view) => {
      const other = bagOf(view);
      return dice(view.bag.lineCounts, other.lineCounts, view.bag.lines.length, other.lines.length);
    },
  });
}

/** Tokens that are in neither side nor in the base. */
function freshTokens({ bag, conflict }: CandidateView): number {
  const known = without(bag.tokens, conflict.ours.bag.tokens);
  const rest = without(without(known, conflict.theirs.bag.tokens), conflict.base.tokens);
  return rest.reduce((sum, count) => sum + count, 0);
}

/** What the candidate takes beyond the more generous of the three: above 0 for a concatenation. */
function surplus({ bag, conflict }: CandidateView): number {
  let sum = 0;
  for (let i = 0; i < bag.tokens.length; i++) {
    const most = Math.max(conflict.ours.bag.tokens[i]!, conflict.theirs.bag.tokens[i]!, conflict.base.tokens[i]!);
    sum += Math.max(0, bag.tokens[i]! - most);
  }
  return sum;
}

function compareNumbers(left: readonly number[], right: readonly number[]): number {
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    if (left[i] !== right[i]) return Math.sign(left[i]! - right[i]!);
  }
  return 0;
}

/** Tokens that one side took out wholly and of which the other side has more than the base: uses of what is gone. */
function usesOfGone({ bag, conflict: { ours, theirs, base } }: CandidateView): number {
  const [own, other, old] = [ours.bag.tokens, theirs.bag.tokens, base.tokens];
  let sum = 0;
  for (let i = 0; i < bag.tokens.length; i++) {
    if (old[i]! === 0 || bag.tokens[i]! === 0) continue;
    if (own[i]! === 0 && other[i]! > old[i]!) sum += bag.tokens[i]!;
    if (other[i]! === 0 && own[i]! > old[i]!) sum += bag.tokens[i]!;
  }
  return sum;
}

/** Whether it is what structure alone settles; -1 where structure settles nothing. */
const isSettled = (text: string, { settlement }: MergeEvidence): number =>
  settlement === undefined ? -1 : settlement.text === withoutSpace(text) ? 1 : 0;

const logRatio = (length: number, other: number): number => Math.log((length + 2) / (other + 2));
const depthSum = ({ texture }: CandidateView): number => texture.depths[0] + texture.depths[1] + texture.depths[2];
const unlike = (left: readonly number[], right: readonly number[]): number =>
  left.reduce((sum, depth, i) => sum + Math.abs(depth - right[i]!), 0);

/** The lines of content nearest to the conflict and to the candidate's ends. */
const edges = ({ bag, conflict }: CandidateView) => ({
  before: conflict.before.lines.at(-1)?.text,
  first: bag.lines[0]?.text,
  last: bag.lines.at(-1)?.text,
  after: conflict.after.lines[0]?.text,
});
const joint = (left: string | undefined, right: string | undefined): number =>
  left === undefined || right === undefined
    ? -1
    : commonBeginning(left, right) / Math.max(1, Math.min(left.length, right.length));
const inOrder = (left: string | undefined, right: string | undefined): number =>
  left === undefined || right === undefined ? -1 : left <= right ? 1 : 0;

export const candidateFeatures: readonly Feature<CandidateView>[] = [
  ...keeping('ours', 'token'),
  ...keeping('theirs', 'token'),
  ...keeping('ours', 'line'),
  ...keeping('theirs', 'line'),
  ...similarity('like.ours', ({ conflict }) => conflict.ours.bag),
  ...similarity('like.theirs', ({ conflict }) => conflict.theirs.bag),
  ...similarity('like.base', ({ conflict }) => conflict.base),
  ...list('length', {
    'length.tokens': ({ bag }) => Math.log1p(bag.tokenTotal),
    'length.lines': ({ bag }) => bag.lines.length,
    'length.toOurs': ({ bag, conflict }) => logRatio(bag.tokenTotal, conflict.ours.bag.tokenTotal),
    'length.toTheirs': ({ bag, conflict }) => logRatio(bag.tokenTotal, conflict.theirs.bag.tokenTotal),
    'length.toBase': ({ bag, conflict }) => logRatio(bag.tokenTotal, conflict.base.tokenTotal),
    'length.toMean': ({ bag, conflict }) => logRatio(bag.tokenTotal, conflict.meanLength),
  }),
  ...list('repetition', {
    'fresh.tokens': (view) => shareOf(freshTokens(view), view.bag.tokenTotal),
    'surplus.tokens': (view) => shareOf(surplus(view), view.bag.tokenTotal),
    'repeated.lines': ({ texture, conflict }) =>
      texture.repeatedLines -
      Math.max(
        conflict.ours.texture.repeatedLines,
        conflict.theirs.texture.repeatedLines,
        conflict.baseTexture.repeatedLines,
      ),
    'repeated.keys': ({ texture, conflict }) =>
      texture.repeatedKeys -
      Math.max(
        conflict.ours.texture.repeatedKeys,
        conflict.theirs.texture.repeatedKeys,
        conflict.baseTexture.repeatedKeys,
      ),
    'repeated.context': ({ texture }) => texture.linesInContext,
    'repeated.contextToBase': ({ texture, conflict }) => texture.linesInContext - conflict.baseTexture.linesInContext,
    comments: ({ texture }) => texture.comments,
    imports: ({ texture }) => texture.imports,
  }),
  ...list('brackets', {
    parses: ({ candidate }) => (candidate.parses === undefined ? -1 : candidate.parses ? 1 : 0),
    'depth.round': ({ texture }) => texture.depths[0],
    'depth.square': ({ texture }) => texture.depths[1],
    'depth.curly': ({ texture }) => texture.depths[2],
    'depth.sum': depthSum,
    'depth.lowest': ({ texture }) => texture.lowest,
    'depth.unlikeOurs': ({ texture, conflict }) => unlike(texture.depths, conflict.ours.texture.depths),
    'depth.unlikeTheirs': ({ texture, conflict }) => unlike(texture.depths, conflict.theirs.texture.depths),
    'depth.unlikeBase': ({ texture, conflict }) => unlike(texture.depths, conflict.baseTexture.depths),
  }),
  ...list('names', {
    'names.known': ({ texture }) => texture.namesKnown,
    'names.newKnown': ({ texture }) => texture.newNamesKnown,
    'names.lostUsed': ({ texture }) => texture.lostNamesUsed,
    'names.knownToOurs': ({ texture, conflict }) => texture.namesKnown - conflict.ours.texture.namesKnown,
    'names.knownToTheirs': ({ texture, conflict }) => texture.namesKnown - conflict.theirs.texture.namesKnown,
    'names.inContext': ({ bag, conflict }) => shareOf(shared(bag.tokens, conflict.context), bag.tokenTotal),
  }),
  ...list('order', {
    sorted: ({ texture }) => texture.sorted,
    'sorted.toOurs': ({ texture, conflict }) => texture.sorted - conflict.ours.texture.sorted,
    'sorted.toTheirs': ({ texture, conflict }) => texture.sorted - conflict.theirs.texture.sorted,
    'likeness.lines': ({ texture }) => texture.similarity,
    'edge.beforeSorted': (view) => inOrder(edges(view).before, edges(view).first),
    'edge.afterSorted': (view) => inOrder(edges(view).last, edges(view).after),
    'edge.beforeLike': (view) => joint(edges(view).before, edges(view).first),
    'edge.afterLike': (view) => joint(edges(view).last, edges(view).after),
  }),
  ...list('numbers', {
    'numbers.toOurs': ({ texture, conflict }) => compareNumbers(texture.numbers, conflict.ours.texture.numbers),
    'numbers.toTheirs': ({ texture, conflict }) => compareNumbers(texture.numbers, conflict.theirs.texture.numbers),
    'numbers.toBase': ({ texture, conflict }) => compareNumbers(texture.numbers, conflict.baseTexture.numbers),
  }),
  ...list('agreement', {
    'agreement.centre': ({ bag, conflict }) => {
      let sum = 0;
      for (let i = 0; i < bag.tokens.length; i++) sum += Math.min(bag.tokens[i]!, conflict.centre[i]!);
      return shareOf(2 * sum, bag.tokenTotal + conflict.meanLength);
    },
    'agreement.derivations': ({ candidate }) => candidate.derivations.length,
    'agreement.index': ({ candidate }) => candidate.index,
  }),
  ...list('brackets', {
    'indent.before': ({ indents, conflict }) => deeper(indents.first, conflict.indents.before.last),
    'indent.after': ({ indents, conflict }) => deeper(indents.last, conflict.indents.after.first),
    'indent.firstToOurs': ({ indents, conflict }) => deeper(indents.first, conflict.indents.ours.first),
    'indent.firstToTheirs': ({ indents, conflict }) => deeper(indents.first, conflict.indents.theirs.first),
    'indent.firstToBase': ({ indents, conflict }) => deeper(indents.first, conflict.indents.base.first),
    'indent.lastToBase': ({ indents, conflict }) => deeper(indents.last, conflict.indents.base.last),
  }),
  ...list('names', { 'names.goneUsed': (view) => Math.log1p(usesOfGone(view)) }),
  ...list('merge', { settled: ({ candidate, conflict }) => isSettled(candidate.text, conflict.problem.evidence) }),
];
