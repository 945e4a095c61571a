// One hunk of a merge, answered and compared with what was committed, beside answers that need no learning.

import {
  mergeThreeWay,
  type MergeResolver,
  type Refusal,
  type Resolution,
  tokenize,
  withoutSpace,
} from '../../../merge/index.js';
import type { MergeCase } from './mergeData.js';

export interface MergeEvaluation {
  readonly id: string;
  readonly repository: string;
  /** Other conflicts of the merge that the answer knew. */
  readonly siblings: number;
  readonly language: string;
  readonly label: string;
  readonly wholeFile: boolean;
  /** Of the longest of base, ours and theirs. */
  readonly lines: number;
  /** The place of the right answer among those given, from 0; undefined where it is not there. */
  readonly place: number | undefined;
  readonly answered: boolean;
  /** The first answer's. */
  readonly confidence: number;
  /** The first answer's, before the gate. */
  readonly rankerConfidence: number;
  /** Why the first answer is not taken without asking. */
  readonly refusal: Refusal | undefined;
  /** Whether the first answer is what was committed to the byte, line ends apart. */
  readonly rightToTheByte: boolean;
  /** The first answer. */
  readonly text: string;
  /** Whether a side did nothing but change white space. */
  readonly spaceAlone: boolean;
  /** What structure alone settles, and whether that is right; undefined where it settles nothing. */
  readonly settled: { readonly place: number; readonly right: boolean; readonly toTheByte: boolean } | undefined;
  /** The first answer's; undefined where the sides do not parse. */
  readonly parses: boolean | undefined;
  readonly ms: number;
  /** Whether git's merge on tokens instead of lines leaves nothing to decide, and whether that is right. */
  readonly diff3: 'conflict' | 'right' | 'wrong';
  readonly oursRight: boolean;
  readonly theirsRight: boolean;
}

export async function evaluateMerge(
  resolver: MergeResolver,
  { hunk, input }: MergeCase,
  signal: AbortSignal,
): Promise<MergeEvaluation> {
  const began = performance.now();
  const { resolutions } = await resolver.resolveInput(input, signal);
  const ms = performance.now() - began;
  const answer = withoutSpace(hunk.resolution);
  const isRight = (text: string): boolean => withoutSpace(text) === answer;
  const place = resolutions.findIndex(({ text }) => isRight(text));
  const clean = mergedTokens(hunk.ours, hunk.base, hunk.theirs, input.languageId);
  return {
    id: hunk.id,
    repository: hunk.repo,
    siblings: input.siblings.length,
    language: hunk.language,
    label: hunk.line_label,
    wholeFile: hunk.whole_file !== null && hunk.whole_file !== undefined && hunk.whole_file !== '',
    lines: Math.max(...[hunk.ours, hunk.base, hunk.theirs].map((text) => text.split('\n').length - 1)),
    place: place === -1 ? undefined : place,
    answered: resolutions.length > 0,
    confidence: resolutions[0]?.confidence ?? 0,
    rankerConfidence: resolutions[0]?.rankerConfidence ?? 0,
    refusal: resolutions[0]?.refusal,
    rightToTheByte: resolutions[0]?.text === hunk.resolution,
    text: resolutions[0]?.text ?? '',
    spaceAlone: [hunk.ours, hunk.theirs].some(
      (side) => side !== hunk.base && withoutSpace(side) === withoutSpace(hunk.base),
    ),
    settled: settledOf(resolutions, hunk.resolution),
    parses: resolutions[0]?.parses,
    ms,
    diff3: clean === undefined ? 'conflict' : isRight(clean) ? 'right' : 'wrong',
    oursRight: isRight(hunk.ours),
    theirsRight: isRight(hunk.theirs),
  };
}

function settledOf(resolutions: readonly Resolution[], committed: string): MergeEvaluation['settled'] {
  const place = resolutions.findIndex(({ settled }) => settled !== undefined);
  if (place === -1) return undefined;
  const { text } = resolutions[place]!;
  return { place, right: withoutSpace(text) === withoutSpace(committed), toTheByte: text === committed };
}

/** The three-way merge on tokens; undefined where something is left to decide. */
function mergedTokens(ours: string, base: string, theirs: string, languageId: string): string | undefined {
  const cut = (text: string): string[] => tokenize(text, languageId).map((token) => token.text);
  const merge = mergeThreeWay(cut(ours), cut(base), cut(theirs));
  if (merge === undefined || merge.conflicts > 0) return undefined;
  return merge.chunks.flatMap((chunk) => (chunk.kind === 'stable' ? chunk.items : [])).join('');
}
