// Names and values of the features of parts and of programs, held together in files: the names stand in one list and the
// values in another, and only a row in which each name has its value shows that both have the same order. UPDATE=1 writes the
// files; read every changed value before it is kept, since a score that was trained knows the order by name alone.

import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openSyntax } from '../../../test/support/openSyntax.js';
import type { SyntaxTree } from '../../syntax/index.js';
import { alignTokens } from '../tree/alignTokens.js';
import { candidatesOf } from '../choose/candidates.js';
import { partsOf, rawScores } from '../tree/costTree.js';
import { featureNames, featuresOf } from './features.js';
import { knowledgeOf } from './prepare.js';
import { programFeatureNames, programFeatures } from './programFeatures.js';
import type { Completion, PartialToken, PartialProgram } from '../types.js';

const syntax = openSyntax();

const prefix = `export function total(items: Item[], rate: number): number {
  const taxed = items.filter((item) => item.isTaxed);
  `;
const suffix = `
  const rest = sumOf(items, (item) => item.price);
  return base + rest;
}
`;

/** Tokens with their probability in per cent and their entropy in nats; together they are the line. */
const spelled: readonly (readonly [text: string, percent: number, entropy: number])[] = [
  ['const', 80, 0.9],
  [' base', 40, 1.8],
  [' =', 95, 0.2],
  [' sum', 60, 1.4],
  ['Of', 90, 0.3],
  ['(', 99, 0.1],
  ['taxed', 70, 1.1],
  [',', 85, 0.6],
  [' (item', 88, 0.5],
  [') => item', 97, 0.1],
  ['.price', 65, 1.2],
  [' * rate', 30, 2.2],
  [');', 75, 0.8],
];

function completionOf(): Completion {
  let at = 0;
  const tokens = spelled.map(([text, percent, entropy]): PartialToken => {
    const start = at;
    at += text.length;
    return { start, end: at, logProbability: Math.log(percent / 100), entropy };
  });
  tokens.push({ start: at, end: at, logProbability: Math.log(0.9), entropy: 0.4 });
  const text = spelled.map(([part]) => part).join('');
  const branch = (other: string, upToBranch: number, all: number) => ({
    text: other,
    branchLogProbability: Math.log(upToBranch),
    logProbability: Math.log(all),
  });
  const branches = [
    branch('const base = sumOf(taxed, (item) => item.price);', 0.4, 0.05),
    branch('const base = sumOf(items, (item) => item.price * rate);', 0.2, 0.01),
    branch('let base = 0;', 0.1, 0.02),
  ].map((one) => ({ ...one, nextLineScore: -3 }));
  return { languageId: 'typescript', prefix, suffix, text, tokens, branches };
}

async function withTree<T>(use: (completion: Completion, tree: SyntaxTree) => T): Promise<T> {
  const completion = completionOf();
  const tree = await syntax.parse('typescript', prefix + completion.text + suffix);
  try {
    return use(completion, tree!);
  } finally {
    tree!.delete();
  }
}

const named = (names: readonly string[], row: Float64Array): Record<string, number> => {
  expect(row).toHaveLength(names.length);
  return Object.fromEntries(names.map((name, index) => [name, Number(row[index]!.toPrecision(9))]));
};

function expectKept(file: string, rows: Readonly<Record<string, Record<string, number>>>): void {
  const place = new URL(`../../../test/fixtures/golden/${file}.json`, import.meta.url);
  if (process.env['UPDATE'] !== undefined) writeFileSync(place, `${JSON.stringify(rows, undefined, 1)}\n`);
  expect(rows).toEqual(JSON.parse(readFileSync(place, 'utf8')));
}

it('gives each part the values that stand beside the names in the file', async () => {
  const rows = await withTree((completion, tree) => {
    const aligned = alignTokens(completion, tree);
    const features = featuresOf(aligned);
    const found = partsOf(aligned).map(({ kind, range }, index): [string, Record<string, number>] => {
      const part = `${index} ${kind} ${range.start}-${range.end} ${completion.text.slice(range.start, range.end)}`;
      return [part, named(featureNames, features[index]!)];
    });
    return Object.fromEntries(found);
  });
  expectKept('partFeatures', rows);
  // Counted by hand.
  const taxed = Object.entries(rows).find(([name]) => name.endsWith(' taxed'));
  expect(taxed![1]).toMatchObject({
    isLeaf: 1,
    firstEntropy: 1.1,
    nextEntropy: 0.6,
    insideTokens: 1,
    lineTokens: 14,
    length: 5,
    index: 1,
    indexFromEnd: 3,
    siblings: 5,
    timesBefore: 1,
    timesAfter: 0,
    lineParts: Object.keys(rows).length,
  });
});

it('gives each program the values that stand beside the names in the file', async () => {
  const rows = await withTree((completion, tree) => {
    const aligned = alignTokens(completion, tree);
    // One tree with one leaf: a cost for parts that does not change with what is trained.
    const parts = {
      features: featureNames,
      trees: [
        { feature: [featureNames.indexOf('ownSum')], threshold: [-0.3], left: [-1], right: [-2], value: [-0.5, -3] },
      ],
    };
    const knowledge = knowledgeOf(aligned, tree, rawScores(aligned), { parts });
    const programs = candidatesOf([knowledge.tree], 2);
    const chosen = programs.filter((_, index) => index % Math.ceil(programs.length / 12) === 0);
    return Object.fromEntries(
      chosen.map((program) => [
        shown(completion.text, program),
        named(programFeatureNames, programFeatures(knowledge, program)),
      ]),
    );
  });
  expectKept('programFeatures', rows);
  // Counted by hand.
  expect(rows['const base = sumOf«(taxed, (item) => item.price * rate)»;']).toMatchObject({
    lineEntropy: 2.2,
    lineLength: 55,
    typed: 2,
    holes: 1,
    takenNodes: 10,
    keptEntropy: 1.8,
    keptTokens: 6,
    isCut: 0,
    errors: 0,
    departuresInside: 2,
    departuresOutside: 1,
    firstOutside: 2,
  });
});

/** The line with its holes in «»; a cut is ›. */
function shown(text: string, { holes }: PartialProgram): string {
  let line = '';
  let from = 0;
  for (const { range, isRest } of holes) {
    line += `${text.slice(from, range.start)}${isRest ? '›' : `«${text.slice(range.start, range.end)}»`}`;
    from = range.end;
  }
  return line + text.slice(from);
}
