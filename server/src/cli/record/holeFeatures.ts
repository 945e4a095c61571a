// `hole-features`: what models/build/holes trains the scores on, from recorded lines. First the parts of every line; then,
// with the score of parts that came of it, the partial programs.

import { Command, Option } from 'commander';
import { readFile } from 'node:fs/promises';
import {
  alignTokens,
  candidatesOf,
  categoricalFeatures,
  categoricalProgramFeatures,
  costTree,
  featureNames,
  featuresOf,
  isMember,
  knowledgeOf,
  labelParts,
  misfittingHoles,
  partsOf,
  programFeatureNames,
  programFeatures,
  rawScores,
  textOf,
  withHoleInFront,
  type BoostedTrees,
} from '../../partial/index.js';
import { type Syntax } from '../../syntax/index.js';
import { readItems } from '../../measure/data.js';
import { editItem } from '../../measure/editItem.js';
import { InputError } from '../../common/inputError.js';
import { measuringSyntax } from '../../setup/measuringSyntax.js';
import type { LineOfItem } from '../../measure/lineOfItem.js';
import { readRecords } from '../../measure/partialRecords.js';
import { openOutput } from '../terminal/outputFile.js';
import { startProgress } from '../terminal/progress.js';

interface Options {
  readonly records: string[];
  readonly out: string;
  readonly parts?: string;
}

export function holeFeaturesCommand(): Command {
  return new Command('hole-features')
    .description('Write what the scores of holes are trained on.')
    .argument('<data...>', 'data files: .jsonl, .jsonl.gz or .jsonl.xz')
    .requiredOption('--records <file...>', 'recorded lines')
    .requiredOption('--out <file>', 'one JSON object a line')
    .addOption(new Option('--parts <pattern>', 'scores of parts, % for the fold: write programs instead of parts'))
    .action((files: string[], options: Options) => run(files, options));
}

/** Scores of parts by fold, and the repositories in the order of their folds. */
type Fold = BoostedTrees & { readonly repositories: readonly string[] };

async function run(files: readonly string[], { records, out, parts }: Options): Promise<void> {
  const lines = await readRecords(records, await readItems(files, editItem));
  const folds = parts === undefined ? undefined : await readFolds(parts);
  const syntax = measuringSyntax();
  const file = await openOutput(out, files, records);
  const progress = startProgress(lines.length);
  try {
    await file.write(
      `${JSON.stringify(
        folds === undefined
          ? { features: featureNames, categorical: categoricalFeatures }
          : { features: programFeatureNames, categorical: categoricalProgramFeatures },
      )}\n`,
    );
    for (const line of lines) {
      const rows = line.completion.text.trim() === '' ? [] : await rowsOf(line, folds, syntax);
      const { id, repo, language } = line.item;
      if (rows.length > 0) await file.write(`${JSON.stringify({ id, cut: line.cut, repo, language, rows })}\n`);
      progress.advance();
    }
  } finally {
    progress.end();
    await file.close();
    syntax.dispose();
  }
}

async function readFolds(pattern: string): Promise<readonly Fold[]> {
  const read = async (fold: number): Promise<Fold> =>
    JSON.parse(await readFile(pattern.replace('%', String(fold)), 'utf8')) as Fold;
  return Promise.all([0, 1, 2, 3].map(read));
}

/** Features and label of each part or program; undefined trees give none. */
async function rowsOf(line: LineOfItem, folds: readonly Fold[] | undefined, syntax: Syntax): Promise<object[]> {
  const { completion, author, item } = line;
  const tree = await syntax.parse(completion.languageId, textOf(completion));
  const authors = { ...completion, text: author, tokens: [] };
  const authorsTree = await syntax.parse(completion.languageId, textOf(authors));
  try {
    if (tree === undefined || authorsTree === undefined) return [];
    const aligned = alignTokens(completion, tree);
    if (folds === undefined) {
      const labelOf = labelParts(aligned, alignTokens(authors, authorsTree));
      const features = featuresOf(aligned);
      return partsOf(aligned).flatMap((part, index) => {
        const { plain, afterHole } = labelOf(part);
        if (index === 0) return [];
        return [
          ...(plain === 'unknown' ? [] : [{ x: rounded(features[index]!), y: plain === 'wrong' ? 1 : 0 }]),
          ...(afterHole === 'unknown'
            ? []
            : [{ x: rounded(withHoleInFront(features[index]!)), y: afterHole === 'wrong' ? 1 : 0 }]),
        ];
      });
    }
    if (completion.branches === undefined) {
      throw new InputError(`Line ${item.id} was recorded without branches; eval partial --out writes them.`);
    }
    const raw = rawScores(aligned);
    const fold = Math.max(0, folds[0]!.repositories.indexOf(item.repo)) % folds.length;
    const knowledge = knowledgeOf(aligned, tree, raw, { parts: folds[fold]! });
    const rows: object[] = [];
    for (const program of candidatesOf([knowledge.tree, costTree(aligned, raw)], 4)) {
      if (program.isEverything || (await misfittingHoles(completion, tree, program, syntax)).length > 0) continue;
      const isCovered = isMember(completion.text, program, {
        text: author,
        tree: authorsTree,
        offset: completion.prefix.length,
      });
      rows.push({ x: rounded(programFeatures(knowledge, program)), y: isCovered ? 1 : 0 });
    }
    return rows;
  } finally {
    tree?.delete();
    authorsTree?.delete();
  }
}

function rounded(row: Float64Array): readonly number[] {
  return [...row].map((value) => Number(value.toPrecision(6)));
}
