// `record-general`: the model's own lines with the signals of their tokens, for training the general controller and for
// seeing how it does on another model. A run that was stopped goes on where it ended.

import { Command } from 'commander';
import { readItems } from '../../measure/data.js';
import { promptsWith, readContextFiles } from '../../measure/contextFiles.js';
import { editItem, type EditItem } from '../../measure/editItem.js';
import { generateLine } from '../../measure/generateLine.js';
import { openLineFile } from '../../measure/lineFile.js';
import { stratifiedSample } from '../../measure/sample.js';
import type { LanguageModel, Prompt } from '../../model/index.js';
import { measuringSyntax } from '../../setup/measuringSyntax.js';
import { evaluateAll } from '../eval/evaluate.js';
import { withModel } from '../terminal/openModel.js';
import { checkOutput } from '../terminal/outputFile.js';
import {
  type ContextOption,
  type ModelCommandOptions,
  type SampleOptions,
  wholeNumber,
  withContextOption,
  withModelOptions,
  withSampleOptions,
} from '../terminal/options.js';
import { cutsOf } from './cuts.js';

/** Digits after the point that a signal is written with. */
const DIGITS = 5;

type Options = ModelCommandOptions & SampleOptions & ContextOption & { readonly out: string; readonly cursors: number };

export function recordGeneralCommand(): Command {
  const command = new Command('record-general')
    .description('Write generated lines with the signals of their tokens, for training (items as for eval edits).')
    .argument('<data...>', 'data files: .jsonl, .jsonl.gz or .jsonl.xz')
    .requiredOption('--out <file>', 'file of lines to append to')
    .option('--cursors <number>', 'cursors in each item: its own, and others along the line', wholeNumber(1, 8), 1)
    .action((files: string[], options: Options) => run(files, options));
  return withModelOptions(withContextOption(withSampleOptions(command)));
}

async function run(files: readonly string[], options: Options): Promise<void> {
  const items = stratifiedSample(await readItems(files, editItem), options.limit, options.seed);
  await checkOutput(options.out, files);
  const file = await openLineFile(options.out, (line) => line as { id: string });
  const known = new Set(file.earlier.map(({ id }) => id));
  const syntax = measuringSyntax();
  const promptOf = promptsWith(await readContextFiles(options.context), syntax);
  try {
    await withModel(options, (model) =>
      evaluateAll(
        items.filter(({ id }) => !known.has(id)),
        async (item, signal) => {
          const lines: object[] = [];
          for (const cut of cutsOf(item, options.cursors))
            lines.push(await lineOf(model, item, cut, (await promptOf(item, cut)).prompt, signal));
          await file.append(lines);
        },
      ),
    );
  } finally {
    syntax.dispose();
    await file.close();
  }
}

async function lineOf(
  model: LanguageModel,
  item: EditItem,
  cut: number,
  prompt: Prompt,
  signal: AbortSignal,
): Promise<object> {
  const { continuation } = await generateLine(model, { prompt, signals: true }, signal);
  const target = item.target_line.slice(cut);
  return {
    id: item.id,
    cut,
    repo: item.repo,
    language: item.language,
    right: continuation.text.trim() === target.trim(),
    logProbability: continuation.logProbability,
    probability: continuation.probability,
    tokens: continuation.tokens.map(({ end, right, signals = [] }) => ({
      end,
      right,
      signals: signals.map((value) => Number(value.toFixed(DIGITS))),
    })),
  };
}
