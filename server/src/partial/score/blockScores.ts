// What it costs to keep each part of a block. Every line is scored as if the lines above it had been typed and it were written
// alone, since the trained score has seen nothing else. White space belongs to no part, but a line that goes on, or a block
// that ends, is wrong: what a line's end costs is borne by its last part, and what an indentation costs by the first one.

import type { OffsetRange } from '../../common/range.js';
import type { SyntaxTree } from '../../syntax/index.js';
import { alignTokens, LINE_END } from '../tree/alignTokens.js';
import { LARGEST_COST, partsOf, rawScores, type PartCost, type Scores } from '../tree/costTree.js';
import { linesOf } from '../tree/linesOf.js';
import type { BoostedTrees } from './boostedTrees.js';
import { featuresOf } from './features.js';
import { trainedScores } from './trainedScores.js';
import type { AlignedCompletion, AlignedNode, Completion, PartialToken } from '../types.js';

/**
 * @param aligned a block
 * @param tree of the block in its text
 * @param parts the trained score; without it raw log-probabilities are taken
 * @returns one for each of `partsOf(aligned)`
 */
export function blockScores(aligned: AlignedCompletion, tree: SyntaxTree, parts: BoostedTrees | undefined): Scores {
  const all = partsOf(aligned);
  const costs = all.map(() => ({ cost: 0, costAfterHole: 0 }));
  const add = (index: number, { cost, costAfterHole }: PartCost): void => {
    const sum = costs[index];
    if (sum === undefined) return;
    sum.cost += cost;
    sum.costAfterHole += costAfterHole;
  };
  for (const [number, line] of linesOf(aligned.completion.text).entries()) {
    const alone = lineAlone(aligned.completion, line);
    const ofLine = alignTokens(alone, tree);
    const scores = parts === undefined ? rawScores(ofLine) : trainedScores(ofLine, featuresOf(ofLine), parts);
    const leaves = all.flatMap((part, index) => (isLeafIn(part, line) ? index : []));
    const placeOf = placesIn(all, line);
    // From the innermost on: of parts that begin together those around the others may go beyond the line.
    for (const [index, part] of [...partsOf(ofLine).entries()].reverse()) {
      if (index === 0) continue;
      const at = part.type === LINE_END && part.kind === 'piece' ? leaves.at(-1) : placeOf(part);
      if (at !== undefined) add(at, scores[index]!);
    }
    const indentation = number === 0 ? 0 : costOfIndentation(aligned.completion, line.start);
    if (leaves[0] !== undefined) add(leaves[0], { cost: indentation, costAfterHole: indentation });
  }
  return costs.map(({ cost, costAfterHole }) => ({
    cost: Math.min(LARGEST_COST, cost),
    costAfterHole: Math.min(LARGEST_COST, costAfterHole),
  }));
}

/** A line as it would have been completed: what the model wrote behind it is not there yet. */
function lineAlone({ languageId, prefix, suffix, text, tokens }: Completion, line: OffsetRange): Completion {
  const length = line.end - line.start;
  const nextLine = text.indexOf('\n', line.end);
  const lineEnd = nextLine === -1 ? text.length : nextLine;
  const own = tokens.flatMap((token): PartialToken[] => {
    const isEnd = token.start >= line.end && token.start <= lineEnd;
    // Where several line ends follow each other, the first one is the line's.
    if (isEnd) return [{ ...token, start: length, end: length }];
    if (token.start >= line.end || token.end <= line.start) return [];
    return [{ ...token, start: Math.max(0, token.start - line.start), end: Math.min(length, token.end - line.start) }];
  });
  return {
    languageId,
    prefix: prefix + text.slice(0, line.start),
    suffix,
    text: text.slice(line.start, line.end),
    tokens: own,
  };
}

/** The tokens that are nothing but the white space in front of a line. */
function costOfIndentation({ text, tokens }: Completion, start: number): number {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  return tokens.reduce(
    (sum, token) =>
      token.start >= from && token.end <= start && token.start < token.end ? sum - token.logProbability : sum,
    0,
  );
}

/** Whether a part has no parts of its own, and has characters in a line. */
function isLeafIn({ children, range, type }: AlignedNode, line: OffsetRange): boolean {
  return children.length === 0 && type !== LINE_END && range.start < line.end && range.end > line.start;
}

/**
 * Where the parts of a line alone stand among those of the block: a part of the same kind begins there, or a leaf of several
 * lines holds it. Of those that begin together the last that was not told yet is told.
 */
function placesIn(all: readonly AlignedNode[], line: OffsetRange): (part: AlignedNode) => number | undefined {
  const known = new Map<string, number[]>();
  const keyOf = ({ kind, type, children }: AlignedNode, start: number): string =>
    `${kind} ${children.length === 0} ${type} ${start}`;
  for (const [index, part] of all.entries()) {
    if (part.range.start < line.start || part.range.start >= line.end || part.type === LINE_END) continue;
    const key = keyOf(part, part.range.start);
    known.set(key, [...(known.get(key) ?? []), index]);
  }
  const around = all.findIndex(
    (part) => part.children.length === 0 && part.range.start < line.start && part.range.end > line.start,
  );
  return (part) => {
    const start = part.range.start + line.start;
    const found = known.get(keyOf(part, start))?.pop();
    if (found !== undefined) return found;
    return part.children.length === 0 && around !== -1 && start < all[around]!.range.end ? around : undefined;
  };
}
