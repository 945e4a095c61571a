// `eval infill`: lines of public infilling benchmarks, scored in the two ways in use.

import { Command } from 'commander';
import * as z from 'zod';
import { groupBy } from '../../../common/groupBy.js';
import type { LanguageModel, Prompt } from '../../../model/index.js';
import { readItems } from '../../../measure/data.js';
import { evaluateAll } from '../evaluate.js';
import { type ModeResult, type ModesOption, generateInModes, reportModes, withModes } from '../modes.js';
import { withModel } from '../../terminal/openModel.js';
import {
  type ModelCommandOptions,
  type ServerCommandOptions,
  type SampleOptions,
  withModelOptions,
  withServerOptions,
  withSampleOptions,
} from '../../terminal/options.js';
import { milliseconds, percent, printResult, table } from '../../terminal/output.js';
import { stratifiedSample } from '../../../measure/sample.js';
import { mean, percentiles, share } from '../../../measure/statistics.js';

const infillItem = z.object({
  prompt: z.string(),
  suffix: z.string(),
  canonical_solution: z.string(),
  /** HumanEval-Infilling has none; its items are reported as `unspecified`. */
  language: z.string().default('unspecified'),
});
export type InfillItem = z.infer<typeof infillItem>;

type Options = ModelCommandOptions & ServerCommandOptions & SampleOptions & ModesOption;

export interface InfillResult {
  readonly modes: readonly ModeResult[];
  readonly language: string;
  readonly exactFirstLine: boolean;
  readonly exactRaw: boolean;
  readonly ms: number;
  readonly promptMs: number;
  readonly decodeMs: number;
  readonly tokens: number;
}

export function evalInfillCommand(): Command {
  const command = new Command('infill')
    .description('Infilled lines of a benchmark: items {prompt, suffix, canonical_solution, language}.')
    .argument('<data...>', 'data files: .jsonl, .jsonl.gz or .jsonl.xz')
    .action((files: string[], options: Options) => run(files, options));
  return withServerOptions(withModelOptions(withModes(withSampleOptions(command))));
}

async function run(files: readonly string[], options: Options): Promise<void> {
  const items = stratifiedSample(await readItems(files, infillItem), options.limit, options.seed);
  const { results, failed } = await withModel(options, (model) =>
    evaluateAll(items, (item, signal) => evaluateInfill(model, item, options, signal)),
  );
  const report = { ...reportInfill(results), failed };
  printResult(options.json === true, report, () => describe(report));
}

/** Generates the missing line of an item and compares it. */
export async function evaluateInfill(
  model: LanguageModel,
  item: InfillItem,
  options: ModesOption,
  signal: AbortSignal,
): Promise<InfillResult> {
  const isRight = (text: string): boolean => text.trim() === item.canonical_solution.trim();
  const { continuation, timing, ms, modes } = await generateInModes(
    model,
    promptOf(item),
    [],
    options,
    isRight,
    signal,
  );
  return {
    language: item.language,
    exactFirstLine: isRight(continuation.text),
    exactRaw: continuation.text === item.canonical_solution.replace(/\n$/, ''),
    ms,
    promptMs: timing.promptMs,
    decodeMs: timing.decodeMs,
    tokens: timing.tokens,
    modes,
  };
}

/**
 * The prompt has no path: the benchmark's files have no names. SantaCoder-FIM took the line ends on both sides of the
 * missing line away; HumanEval-Infilling left them, which shows in a solution that ends with one. Our suffix begins after
 * the line end in both cases.
 */
export function promptOf(item: InfillItem): Prompt {
  const keepsLineEnds = item.canonical_solution.endsWith('\n');
  return { key: 'eval', path: '', prefix: keepsLineEnds ? item.prompt : `${item.prompt}\n`, suffix: item.suffix };
}

export type InfillReport = ReturnType<typeof reportInfill>;

export function reportInfill(results: readonly InfillResult[]) {
  const scores = (of: readonly InfillResult[]) => ({
    n: of.length,
    exactFirstLine: share(of, ({ exactFirstLine }) => exactFirstLine),
    exactRaw: share(of, ({ exactRaw }) => exactRaw),
  });
  return {
    ...scores(results),
    byLanguage: Object.fromEntries(
      [...groupBy(results, ({ language }) => language)].map(([key, of]) => [key, scores(of)]),
    ),
    modes: reportModes(results),
    msPerItem: percentiles(results.map(({ ms }) => ms)),
    promptMs: mean(results.map(({ promptMs }) => promptMs)),
    decodeMs: mean(results.map(({ decodeMs }) => decodeMs)),
    tokens: mean(results.map(({ tokens }) => tokens)),
  };
}

function describe(report: InfillReport): string {
  const rows = Object.entries({ ...report.byLanguage, all: report }).map(([name, scores]) => [
    name,
    String(scores.n),
    percent(scores.exactFirstLine),
    percent(scores.exactRaw),
  ]);
  const { p50, p90 } = report.msPerItem;
  return [
    table([['language', 'items', 'first line', 'raw text'], ...rows]),
    `An item took ${milliseconds(p50)} (half of them) to ${milliseconds(p90)} (nine in ten).`,
  ].join('\n');
}
