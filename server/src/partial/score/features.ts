// What the trained score knows of a part: how sure the model was of it and around it, what it is, where it stands, and
// whether its name is known nearby. The order of the numbers is part of the trained score.

import { partsOf } from '../tree/costTree.js';
import { kindNumber } from '../tree/partKinds.js';
import type { AlignedCompletion, AlignedNode, PartialToken } from '../types.js';

export const featureNames = [
  'kind',
  'parentKind',
  'language',
  'afterHole',
  'isLeaf',
  'isOpen',
  'ownSum',
  'ownLeast',
  'ownEntropy',
  'firstLogProbability',
  'firstEntropy',
  'insideSum',
  'insideLeast',
  'insideTokens',
  'beforeSum',
  'beforeLeast',
  'nextLogProbability',
  'nextEntropy',
  'lineSum',
  'lineLeast',
  'lineTokens',
  'position',
  'length',
  'depth',
  'index',
  'indexFromEnd',
  'siblings',
  'timesBefore',
  'distanceBefore',
  'timesAfter',
  'isInLine',
  'typed',
  'matchLength',
  'previousKind',
  'lineParts',
] as const;

/** Features that are numbers of kinds, not amounts. */
export const categoricalFeatures: readonly (typeof featureNames)[number][] = [
  'kind',
  'parentKind',
  'language',
  'previousKind',
];

/** Places of those that are the same for all parts of a line. */
export const lineFeatures: ReadonlySet<number> = new Set(
  (['language', 'lineSum', 'lineLeast', 'lineTokens', 'typed', 'lineParts'] as const).map((name) =>
    featureNames.indexOf(name),
  ),
);

export const AFTER_HOLE = featureNames.indexOf('afterHole');
export const MATCH_LENGTH = featureNames.indexOf('matchLength');

const languages = ['typescript', 'typescriptreact', 'javascript', 'javascriptreact', 'python', 'java', 'csharp', 'go'];

/** How far around the cursor names are looked for, in UTF-16 units. */
const BEFORE = 6_000;
const AFTER = 2_000;

/** The features of every part, in the order of `partsOf`; those of a part without a hole in front of it. */
export function featuresOf(aligned: AlignedCompletion): readonly Float64Array[] {
  const { completion, root } = aligned;
  const { text, tokens } = completion;
  const before = completion.prefix.slice(-BEFORE);
  const after = completion.suffix.slice(0, AFTER);
  const linePrefix = before.slice(before.lastIndexOf('\n') + 1);
  const language = languages.indexOf(completion.languageId);
  const spoken = tokens.filter(({ start, end }) => end > start || start >= text.length);
  const line = new Summary();
  for (const token of spoken) line.add(token);
  const typed = linePrefix.trimStart().length;
  const lineParts = partsOf(aligned).length;
  const nearby = new Nearby(before, after);

  const rows: Float64Array[] = [];
  const visit = (part: AlignedNode, parent: AlignedNode | undefined, index: number, depth: number): void => {
    const { start, end } = part.range;
    const own = part.children.length === 0 ? part.tokens : firstLeaf(part).tokens;
    const ownTokens = new Summary();
    for (const token of own) ownTokens.add(tokens[token]!);
    const inside = new Summary();
    for (const token of tokens) if (token.start < end && token.end > start) inside.add(token);
    const earlier = new Summary();
    for (const token of spoken) if (token.end <= start && token.start < start) earlier.add(token);
    const first = tokens[own[0] ?? -1];
    const next = spoken.find((token) => token.start >= end);
    const spelling = text.slice(start, end).trim();
    const seen = part.kind === 'node' || part.children.length > 0 ? nearby.occurrences(spelling) : nowhere;
    const siblings = parent?.children.length ?? 1;
    const previous = index > 0 ? parent?.children[index - 1] : undefined;
    rows.push(
      new Float64Array([
        kindNumber(part),
        parent === undefined || parent === root ? -1 : kindNumber(parent),
        language,
        0,
        part.children.length === 0 ? 1 : 0,
        part.isWhole ? 0 : 1,
        ownTokens.sum,
        ownTokens.least,
        ownTokens.entropy,
        first?.logProbability ?? 0,
        first?.entropy ?? 0,
        inside.sum,
        inside.least,
        inside.count,
        earlier.sum,
        earlier.least,
        next?.logProbability ?? 0,
        next?.entropy ?? 0,
        line.sum,
        line.least,
        line.count,
        text.length === 0 ? 0 : start / text.length,
        end - start,
        depth,
        index,
        siblings - 1 - index,
        siblings,
        seen.before,
        seen.distance,
        seen.after,
        spelling.length > 1 && (linePrefix + text.slice(0, start)).includes(spelling) ? 1 : 0,
        typed,
        part.children.length === 0 ? nearby.matchLength(linePrefix + text.slice(0, end)) : 0,
        previous === undefined ? -1 : kindNumber(previous),
        lineParts,
      ]),
    );
    for (const [at, child] of part.children.entries()) visit(child, part, at, depth + 1);
  };
  visit(root, undefined, 0, 0);
  return rows;
}

/** Of some tokens. */
class Summary {
  sum = 0;
  least = 0;
  entropy = 0;
  count = 0;

  add({ logProbability, entropy }: PartialToken): void {
    this.sum += logProbability;
    this.least = Math.min(this.least, logProbability);
    this.entropy = Math.max(this.entropy, entropy);
    this.count++;
  }
}

function firstLeaf(part: AlignedNode): AlignedNode {
  let node = part;
  while (node.children[0] !== undefined) node = node.children[0];
  return node;
}

interface Occurrences {
  readonly before: number;
  readonly after: number;
  /** Logarithm of the distance to the last one before, in characters. */
  readonly distance: number;
}

const nowhere: Occurrences = { before: 0, after: 0, distance: 10 };
const MOST_OCCURRENCES = 8;
/** Characters that a match is looked for in, at most. */
export const LONGEST_MATCH = 40;

/** The text around a completion, which is asked for every part of it. */
class Nearby {
  private readonly known = new Map<string, Occurrences>();
  private readonly linesBefore: string;
  private last = { length: 0, match: 0 };

  constructor(
    private readonly before: string,
    private readonly after: string,
  ) {
    this.linesBefore = before.slice(0, before.lastIndexOf('\n') + 1);
  }

  occurrences(spelling: string): Occurrences {
    if (spelling.length < 2) return nowhere;
    let found = this.known.get(spelling);
    if (found === undefined) {
      const last = this.before.lastIndexOf(spelling);
      found = {
        before: last === -1 ? 0 : count(spelling, this.before),
        after: count(spelling, this.after),
        distance: last === -1 ? 10 : Math.log(this.before.length - last),
      };
      this.known.set(spelling, found);
    }
    return found;
  }

  /**
   * How many of a text's last characters stand together elsewhere nearby.
   * @param text the one that was asked about before, or more of it: what ends it matches no more than was added to the last match
   */
  matchLength(text: string): number {
    const most = Math.min(LONGEST_MATCH, text.length, this.last.match + text.length - this.last.length);
    const isNearby = (length: number): boolean => {
      const ending = text.slice(-length);
      return this.linesBefore.includes(ending) || this.after.includes(ending);
    };
    // What goes on with a match mostly does so to its end.
    let [known, unknown] = most > 0 && isNearby(most) ? [most, most + 1] : [0, most];
    while (unknown - known > 1) {
      const middle = (known + unknown) >> 1;
      if (isNearby(middle)) known = middle;
      else unknown = middle;
    }
    this.last = { length: text.length, match: known };
    return known;
  }
}

function count(spelling: string, text: string): number {
  let found = 0;
  for (let at = text.indexOf(spelling); at !== -1 && found < MOST_OCCURRENCES; at = text.indexOf(spelling, at + 1)) {
    found++;
  }
  return found;
}
