// What the trained score knows of a partial program as a whole: how sure the model was of what is kept and of what is taken
// out, and where and what the holes are. The order of the numbers is part of the trained score.

import { branchFeatureNames, type BranchFeatures } from './branchFeatures.js';
import type { Scores } from '../tree/costTree.js';
import { neighbourNames, type Neighbours } from './neighbours.js';
import { LONGEST_MATCH } from './features.js';
import { AFTER_HOLE, partStatesOf, TAKEN, type PartColumns } from './partColumns.js';
import { kindNumber } from '../tree/partKinds.js';
import type { AlignedCompletion, Completion, CostNode, PartialProgram, PartialToken } from '../types.js';

const lineNames = ['lineSum', 'lineLeast', 'lineEntropy', 'lineTokens', 'lineLength', 'nodes', 'typed'] as const;

export const programFeatureNames = [
  ...lineNames,
  'keptShare',
  'keptCharacters',
  'holes',
  'takenNodes',
  'keptRaw',
  'keptLeast',
  'keptEntropy',
  'keptTrained',
  'keptTrainedMost',
  'takenRaw',
  'takenLeast',
  'takenTrained',
  'lineTrained',
  'lineEndTrained',
  'trainedBefore',
  'trainedAfter',
  'rawBefore',
  'rawAfter',
  'firstHoleStart',
  'lastHoleEnd',
  'firstHoleKind',
  'firstHoleParent',
  'lastHoleKind',
  'runLength',
  'afterHolePieces',
  'matchLeast',
  'keptTokens',
  'isCut',
  'tokenAtCut',
  'entropyAtCut',
  'errors',
  ...neighbourNames,
  'keptBelow',
  ...branchFeatureNames,
] as const;

export const categoricalProgramFeatures: readonly (typeof programFeatureNames)[number][] = [
  'firstHoleKind',
  'firstHoleParent',
  'lastHoleKind',
];

/** Places of those that are the same for all programs of a line. */
export const lineProgramFeatures: ReadonlySet<number> = new Set(
  ([...lineNames, 'lineTrained', 'errors', ...neighbourNames, 'foreseen'] as const).map((name) =>
    programFeatureNames.indexOf(name),
  ),
);

/** What all programs of one completion share. */
export interface LineKnowledge {
  readonly aligned: AlignedCompletion;
  readonly tree: CostNode;
  readonly columns: PartColumns;
  readonly nodes: number;
  /** Error and missing nodes of the tree that touch the completion. */
  readonly errors: number;
  readonly neighbours: Neighbours;
  readonly whole: WholeLine;
  readonly branchFeatures: BranchFeatures;
}

/** What is the same of all programs of a line, and computed once. */
export interface WholeLine {
  /** The tokens that say more than the prefix's end. */
  readonly spoken: readonly PartialToken[];
  readonly sum: number;
  readonly least: number;
  readonly entropy: number;
  readonly trained: number;
  /** Characters of what stands in front of it on its line. */
  readonly typed: number;
}

export function wholeLineOf({ tokens, text, prefix }: Completion, trained: Scores): WholeLine {
  const spoken = tokens.filter(({ start, end }) => end > start || start >= text.length);
  return {
    spoken,
    sum: spoken.reduce((sum, { logProbability }) => sum + logProbability, 0),
    least: least(spoken.map(({ logProbability }) => logProbability)),
    entropy: Math.max(0, ...spoken.map(({ entropy }) => entropy)),
    trained: trained.slice(1).reduce((sum, { cost }) => sum + cost, 0),
    typed: prefix.length - 1 - prefix.lastIndexOf('\n'),
  };
}

/** @param partStates what becomes of each part in the program */
export function programFeatures(
  line: LineKnowledge,
  program: PartialProgram,
  partStates = partStatesOf(line.columns, program.holes),
): Float64Array {
  const { aligned, columns, nodes, whole, neighbours } = line;
  const { tokens, text } = aligned.completion;
  const [first, last] = [program.holes[0], program.holes.at(-1)];
  const [holeStart, holeEnd] = [first?.range.start ?? text.length + 1, last?.range.end ?? text.length + 1];
  const { count, lineEnd, raw, trained, trainedAfterHole, starts, ends, isLeaf, isPiece, matchLength } = columns;
  const { leastLogProbability, mostEntropy, tokensTo } = columns;
  const kept = { raw: 0, trained: 0, most: 0, match: LONGEST_MATCH, tokens: 0, least: 0, entropy: 0 };
  const before = { raw: 0, trained: 0 };
  const after = { raw: 0, trained: 0 };
  const taken = { raw: 0, trained: 0, least: 0 };
  const isKept = new Uint8Array(tokens.length);
  let afterHoles = 0;
  for (let part = 1; part < count; part++) {
    const partState = partStates[part]!;
    let rawCost = raw[part]!;
    let trainedCost = trained[part]!;
    if (partState === TAKEN) {
      taken.raw += rawCost;
      taken.trained += trainedCost;
      taken.least = Math.min(taken.least, leastLogProbability[part]!);
      continue;
    }
    if (partState === AFTER_HOLE) {
      afterHoles += rawCost;
      rawCost = 0;
      trainedCost = trainedAfterHole[part]!;
    } else {
      for (let at = tokensTo[part - 1]!; at < tokensTo[part]!; at++) {
        const token = columns.tokens[at]!;
        if (isKept[token] === 0) kept.tokens++;
        isKept[token] = 1;
      }
      kept.least = Math.min(kept.least, leastLogProbability[part]!);
      kept.entropy = Math.max(kept.entropy, mostEntropy[part]!);
    }
    kept.raw += rawCost;
    kept.trained += trainedCost;
    kept.most = Math.max(kept.most, trainedCost);
    if (isLeaf[part] === 1 && isPiece[part] === 0) kept.match = Math.min(kept.match, matchLength[part]!);
    if (ends[part]! <= holeStart) {
      before.trained += trainedCost;
      before.raw += rawCost;
    } else if (starts[part]! >= holeEnd) {
      after.trained += trainedCost;
      after.raw += rawCost;
    }
  }
  const lineEndTrained = (partStates[lineEnd] === AFTER_HOLE ? trainedAfterHole : trained)[lineEnd]!;
  const atCut = last?.isRest === true ? whole.spoken.find(({ start }) => start >= last.range.start - 1) : undefined;
  const firstChild = first?.parent.children[first.first];
  const lastChild = last?.parent.children[last.last];
  return new Float64Array([
    whole.sum,
    whole.least,
    whole.entropy,
    whole.spoken.length,
    text.length,
    nodes,
    whole.typed,
    nodes === 0 ? 0 : program.kept / nodes,
    1 - program.holes.reduce((sum, { range }) => sum + range.end - range.start, 0) / Math.max(1, text.length),
    program.holes.length,
    nodes - program.kept,
    kept.raw,
    kept.least,
    kept.entropy,
    kept.trained,
    kept.most,
    taken.raw,
    taken.least,
    taken.trained,
    whole.trained,
    lineEndTrained,
    before.trained,
    after.trained,
    before.raw,
    after.raw,
    (first?.range.start ?? text.length) / Math.max(1, text.length),
    (text.length - (last?.range.end ?? 0)) / Math.max(1, text.length),
    firstChild === undefined ? -1 : kindNumber(firstChild),
    first === undefined ? -1 : kindNumber(first.parent),
    lastChild === undefined ? -1 : kindNumber(lastChild),
    program.holes.reduce((sum, hole) => sum + hole.last - hole.first, 0),
    afterHoles,
    kept.match,
    kept.tokens,
    last?.isRest === true ? 1 : 0,
    atCut?.logProbability ?? 0,
    atCut?.entropy ?? 0,
    line.errors,
    ...neighbours.features,
    keptBelow(program, text.length, neighbours),
    ...line.branchFeatures.of(program),
  ]);
}

/** Characters of the longest run of a kept piece that the line below has too. */
function keptBelow({ holes }: PartialProgram, length: number, { below }: Neighbours): number {
  let [longest, start] = [0, 0];
  for (const { range } of holes) {
    longest = Math.max(longest, below.longestIn({ start, end: range.start }));
    start = range.end;
  }
  return Math.max(longest, below.longestIn({ start, end: length }));
}

function least(values: readonly number[]): number {
  return Math.min(0, ...values);
}
