// By which ways a candidate came about: a column for every pattern on lines and on tokens, and shares where sub-conflicts
// were decided differently.

import type { Candidate, Derivation, PrimitivePattern } from '../../types.js';
import { primitivePatterns } from '../../types.js';
import type { Feature } from './candidateFeatures.js';
import type { CandidateView } from './view.js';

const has = (candidate: Candidate, test: (derivation: Derivation) => boolean): number =>
  candidate.derivations.some(test) ? 1 : 0;

const ways = (['line', 'token'] as const).flatMap((source) =>
  [...primitivePatterns, 'merge', 'mixed'].map((pattern) => ({ source, pattern })),
);

/** Kinds of rules beyond the primitive patterns, by how their names read. */
const rules: Readonly<Record<string, RegExp>> = {
  lineSet: /^line-set(?!.*(sorted|descending|theirs-first|appended))/,
  lineSetTheirsFirst: /^line-set-theirs-first$/,
  lineSetSorted: /^line-set-sorted/,
  lineSetAppended: /^line-set.*-appended/,
  oursAdditions: /^ours-additions/,
  theirsAdditions: /^theirs-additions/,
  bothAdditions: /\+.*-additions/,
  union: /^union$/,
  unionTheirsFirst: /^union-theirs-first$/,
  bothEdits: /^both-edits(?!-theirs-first)/,
  bothEditsTheirsFirst: /^both-edits-theirs-first/,
  atEnd: /-at-end/,
  words: /-(our|their)-words/,
  statements: /^union-statements/,
  parameters: /^union-parameters/,
  members: /^union-members/,
  imports: /^union-imports/,
  list: /^union-list/,
  structuralTheirsFirst: /^union-.+-theirs-first/,
  habitsBroad: /-habits-broad/,
  habitsNarrow: /-habits-narrow/,
  renames: /-with-renames/,
  oursAfter: /^(ours-with|merge-with.*:ours$)/,
  theirsAfter: /^(theirs-with|merge-with.*:theirs$)/,
  mergeAfter: /^merge-with-\w+$/,
  comma: /\+comma\+/,
  counts: /^added-counts/,
  descending: /^line-set-descending/,
  sections: /^sections$/,
  sectionsTheirsFirst: /^sections-theirs-first/,
};

/** The share of a mixed candidate's sub-conflicts that were decided in one of some ways. */
function partShare({ candidate }: CandidateView, patterns: readonly PrimitivePattern[]): number {
  const parts = candidate.derivations.find((derivation) => derivation.parts.length > 0)?.parts ?? [];
  return parts.length === 0 ? -1 : parts.filter((part) => patterns.includes(part)).length / parts.length;
}

export const patternFeatures: readonly Feature<CandidateView>[] = [
  ...ways.map(({ source, pattern }): Feature<CandidateView> => ({
    name: `way.${source}.${pattern}`,
    group: 'pattern',
    value: ({ candidate }) => has(candidate, (way) => way.source === source && way.pattern === pattern),
  })),
  ...(['structural', 'generated'] as const).map((source): Feature<CandidateView> => ({
    name: `way.${source}`,
    group: 'pattern',
    value: ({ candidate }) => has(candidate, (way) => way.source === source),
  })),
  ...Object.entries(rules).map(([name, reads]): Feature<CandidateView> => ({
    name: `rule.${name}`,
    group: 'pattern',
    value: ({ candidate }) => has(candidate, ({ pattern }) => reads.test(pattern)),
  })),
  { name: 'parts', group: 'pattern', value: ({ candidate }) => candidate.parts.length },
  { name: 'parts.ours', group: 'pattern', value: (view) => partShare(view, ['ours', 'ours-without-base']) },
  { name: 'parts.theirs', group: 'pattern', value: (view) => partShare(view, ['theirs', 'theirs-without-base']) },
  { name: 'parts.base', group: 'pattern', value: (view) => partShare(view, ['base']) },
  {
    name: 'parts.both',
    group: 'pattern',
    value: (view) =>
      partShare(view, ['ours+theirs', 'theirs+ours', 'ours+theirs-without-base', 'theirs+ours-without-base']),
  },
];
