// `eval context`: what the choice of other files finds, without the model: of the names in a line that the model would not
// see otherwise, how many stand in the pieces that it is shown.

import { Command } from 'commander';
import { buildPrompt, namesOf } from '../../../completion/index.js';
import type { Syntax } from '../../../syntax/index.js';
import { contextOfItem, type FilesOfItems, readContextFiles } from '../../../measure/contextFiles.js';
import { readItems } from '../../../measure/data.js';
import { documentOf, type EditItem, editItem } from '../../../measure/editItem.js';
import { evaluateAll } from '../evaluate.js';
import { measuringSyntax } from '../../../setup/measuringSyntax.js';
import { type BudgetOption, type SampleOptions, withBudgetOption, withSampleOptions } from '../../terminal/options.js';
import { percent, printResult } from '../../terminal/output.js';
import { stratifiedSample } from '../../../measure/sample.js';
import { mean, percentiles } from '../../../measure/statistics.js';

type Options = SampleOptions & BudgetOption & { readonly context: string[]; readonly json?: true };

export function evalContextCommand(): Command {
  const command = new Command('context')
    .description('What is found in other files for lines that commits added, without asking the model.')
    .argument('<data...>', 'data files, as for eval edits')
    .requiredOption('--context <file...>', 'other files of the items’ repositories, as for eval edits')
    .option('--json', 'print one JSON object on standard output')
    .action((files: string[], options: Options) => run(files, options));
  return withBudgetOption(withSampleOptions(command));
}

interface Found {
  /** Names of the line that stand neither before nor after it in the prompt. */
  readonly unknown: number;
  readonly found: number;
  readonly length: number;
  readonly parts: number;
  readonly ms: number;
}

async function run(files: readonly string[], options: Options): Promise<void> {
  const items = stratifiedSample(await readItems(files, editItem), options.limit, options.seed);
  const others = await readContextFiles(options.context);
  const syntax = measuringSyntax();
  try {
    const { results } = await evaluateAll(items, (item) => examine(item, others, syntax, options.budget));
    const report = reportContext(results);
    printResult(options.json === true, report, () =>
      [
        `${report.n} lines, ${report.withUnknown} of them with names that the model does not see otherwise.`,
        `Of these names ${percent(report.found)} are shown; of these lines ${percent(report.whole)} have all of them shown.`,
        `${report.parts?.toFixed(1) ?? '-'} pieces of ${Math.round(report.length ?? 0)} code units on average, chosen in ` +
          `${report.ms.p50?.toFixed(1) ?? '-'} ms (half of the time) to ${report.ms.p90?.toFixed(1) ?? '-'} ms (nine in ten).`,
      ].join('\n'),
    );
  } finally {
    syntax.dispose();
  }
}

async function examine(
  item: EditItem,
  others: FilesOfItems | undefined,
  syntax: Syntax,
  budget: number,
): Promise<Found> {
  const document = documentOf(item);
  const offset = item.prefix.length;
  const began = performance.now();
  const parts = await contextOfItem(others, item.id, document, offset, syntax, budget);
  const ms = performance.now() - began;
  const { prefix, suffix } = buildPrompt(document, offset).prompt;
  const seen = new Set(namesOf(`${prefix}\n${suffix}`));
  const shown = new Set(namesOf(parts.map(({ text }) => text).join('\n')));
  const unknown = [...new Set(namesOf(item.target_line))].filter((name) => !seen.has(name));
  return {
    unknown: unknown.length,
    found: unknown.filter((name) => shown.has(name)).length,
    length: parts.reduce((sum, { text }) => sum + text.length, 0),
    parts: parts.length,
    ms,
  };
}

export function reportContext(results: readonly Found[]) {
  const asking = results.filter(({ unknown }) => unknown > 0);
  const sum = (value: (one: Found) => number): number => asking.reduce((total, one) => total + value(one), 0);
  const names = sum(({ unknown }) => unknown);
  return {
    n: results.length,
    withUnknown: asking.length,
    found: names === 0 ? undefined : sum(({ found }) => found) / names,
    whole: asking.length === 0 ? undefined : sum(({ unknown, found }) => Number(unknown === found)) / asking.length,
    parts: mean(results.map(({ parts }) => parts)),
    length: mean(results.map(({ length }) => length)),
    ms: percentiles(results.map(({ ms }) => ms)),
  };
}
