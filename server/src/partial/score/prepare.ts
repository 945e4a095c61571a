// Everything that is computed of a completion before holes are chosen in it, whatever the method.

import type { SyntaxTree } from '../../syntax/index.js';
import { alignTokens } from '../tree/alignTokens.js';
import { costTree, foldPieces, rawScores, weightOf, type Scores } from '../tree/costTree.js';
import { BranchFeatures } from './branchFeatures.js';
import { featuresOf } from './features.js';
import { neighboursOf } from './neighbours.js';
import { columnsOf } from './partColumns.js';
import { wholeLineOf, type LineKnowledge } from './programFeatures.js';
import { trainedScores, type TrainedScore } from './trainedScores.js';
import type { AlignedCompletion, Completion, CostNode, Branch } from '../types.js';
import { unparsed } from '../tree/unparsed.js';

export interface Prepared {
  readonly aligned: AlignedCompletion;
  /** Costs by the trained score where there is one, and raw ones. */
  readonly trees: readonly CostNode[];
  /** Raw costs, as the paper has them. */
  readonly folded: CostNode;
  /** What the trained scores are told of the line; undefined without a score or a tree. */
  readonly known: LineKnowledge | undefined;
  /** The same where branches are known too, without which the score of programs says nothing. */
  readonly line: LineKnowledge | undefined;
  readonly score: TrainedScore | undefined;
  /** Sum of the log-probabilities of all tokens, the line's end included. */
  readonly lineLogProbability: number;
  /** Nodes of the grammar that own characters of the completion. */
  readonly nodes: number;
}

/** @param tree of the completion in its text; undefined where the language has no grammar */
export function prepare(
  completion: Completion,
  tree: SyntaxTree | undefined,
  score: TrainedScore | undefined,
): Prepared {
  const aligned = tree === undefined ? unparsed(completion) : alignTokens(completion, tree);
  const raw = rawScores(aligned);
  const rawTree = costTree(aligned, raw);
  let folded: CostNode | undefined;
  const known = tree === undefined || score === undefined ? undefined : knowledgeOf(aligned, tree, raw, score);
  return {
    aligned,
    trees: known === undefined ? [rawTree] : [known.tree, rawTree],
    get folded() {
      return (folded ??= foldPieces(rawTree));
    },
    known,
    line: completion.branches === undefined ? undefined : known,
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
  const { prefix, text } = aligned.completion;
  const rows = featuresOf(aligned);
  const trained = trainedScores(aligned, rows, parts);
  const costs = costTree(aligned, trained);
  return {
    aligned,
    tree: costs,
    columns: columnsOf(aligned, raw, trained, rows),
    nodes: weightOf(costs),
    errors: tree.countErrors({ start: prefix.length, end: prefix.length + text.length }),
    neighbours: neighboursOf(aligned.completion),
    whole: wholeLineOf(aligned.completion, trained),
    branchFeatures: new BranchFeatures(text, logProbabilityOf(aligned.completion), aligned.completion.branches ?? []),
  };
}

/** The same, with the branches that were not known yet. */
export function withBranches(line: LineKnowledge, branches: readonly Branch[]): LineKnowledge {
  const { completion } = line.aligned;
  return { ...line, branchFeatures: new BranchFeatures(completion.text, logProbabilityOf(completion), branches) };
}

function logProbabilityOf({ tokens }: Completion): number {
  return tokens.reduce((sum, token) => sum + token.logProbability, 0);
}
