// Everything that is computed of a completion before holes are chosen in it, whatever the method.

import type { SyntaxTree } from '../syntax/index.js';
import { alignTokens } from './alignTokens.js';
import { costTree, foldPieces, partsOf, rawScores, weightOf, type Scores } from './costTree.js';
import { Foresight } from './departures.js';
import { featuresOf } from './features.js';
import { wholeLineOf, type LineKnowledge } from './programFeatures.js';
import { trainedScores, type TrainedScore } from './trainedScores.js';
import type { AlignedCompletion, Completion, CostNode } from './types.js';
import { unparsed } from './unparsed.js';

export interface Prepared {
  readonly aligned: AlignedCompletion;
  /** Costs by the trained score where there is one, and raw ones. */
  readonly trees: readonly CostNode[];
  /** Raw costs, as the paper has them. */
  readonly folded: CostNode;
  /** What the trained scores are told of the line; undefined without a score or a tree. */
  readonly known: LineKnowledge | undefined;
  /** The same where departures are known too, without which the score of programs says nothing. */
  readonly line: LineKnowledge | undefined;
  readonly score: TrainedScore | undefined;
  /** Sum of the log-probabilities of all tokens, the line's end included. */
  readonly lineLogProbability: number;
  /** Nodes of the grammar that own characters of the completion. */
  readonly nodes: number;
}

/** The rest of the cursor's line, blank lines, and the next one with its indentation. */
const BELOW = /^[^\n]*\n((?:[^\S\n]*\n)*)([^\S\n]*)(\S[^\n]*)/;
/** Characters of the suffix that are looked at, and of a difference between indentations. */
const FARTHEST = 2_000;
const DEEPEST = 20;

/** @param tree of the completion in its text; undefined where the language has no grammar */
export function prepare(
  completion: Completion,
  tree: SyntaxTree | undefined,
  score: TrainedScore | undefined,
): Prepared {
  const aligned = tree === undefined ? unparsed(completion) : alignTokens(completion, tree);
  const raw = rawScores(aligned);
  const rawTree = costTree(aligned, raw);
  const known = tree === undefined || score === undefined ? undefined : knowledgeOf(aligned, tree, raw, score);
  return {
    aligned,
    trees: known === undefined ? [rawTree] : [known.tree, rawTree],
    folded: foldPieces(rawTree),
    known,
    line: completion.departures === undefined ? undefined : known,
    score,
    lineLogProbability: logProbabilityOf(completion),
    nodes: weightOf(rawTree),
  };
}

/** What the trained scores are told of a line. */
export function knowledgeOf(
  aligned: AlignedCompletion,
  tree: SyntaxTree,
  raw: Scores,
  { parts }: Pick<TrainedScore, 'parts'>,
): LineKnowledge {
  const { prefix, text, suffix } = aligned.completion;
  const rows = featuresOf(aligned);
  const trained = trainedScores(aligned, rows, parts);
  const costs = costTree(aligned, trained);
  const line = prefix.slice(prefix.lastIndexOf('\n') + 1) + text;
  const below = lineBelow(suffix);
  return {
    aligned,
    all: partsOf(aligned),
    tree: costs,
    raw,
    trained,
    parts: rows,
    nodes: weightOf(costs),
    errors: tree.countErrors({ start: prefix.length, end: prefix.length + text.length }),
    isRepeated: line.trim() === below.text.trim(),
    indentBelow: Math.max(-DEEPEST, Math.min(DEEPEST, below.indent - indentOf(line))),
    isBlankBelow: below.isBehindBlank,
    whole: wholeLineOf(aligned.completion, trained),
    foresight: new Foresight(text, logProbabilityOf(aligned.completion), aligned.completion.departures ?? []),
  };
}

/** The next line that is not blank; an empty one where there is none near. */
function lineBelow(suffix: string): {
  readonly text: string;
  readonly indent: number;
  readonly isBehindBlank: boolean;
} {
  const [, blank = '', indent = '', text = ''] = BELOW.exec(suffix.slice(0, FARTHEST)) ?? [];
  return { text, indent: indent.length, isBehindBlank: blank !== '' };
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function logProbabilityOf({ tokens }: Completion): number {
  return tokens.reduce((sum, token) => sum + token.logProbability, 0);
}
