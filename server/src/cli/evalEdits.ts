// `eval edits`: lines that a commit really added, asked for with the prompt that the editor would make.

import { Command, Option } from 'commander';
import { type FileHandle, open } from 'node:fs/promises';
import { z } from 'zod';
import type { DocumentSnapshot } from '../common/document.js';
import { buildPrompt, defaultCompletionSettings } from '../completion/index.js';
import type { LanguageModel } from '../model/index.js';
import { readItems } from './data.js';
import { type EditResult, type EditsReport, reportEdits } from './editsReport.js';
import { evaluateAll } from './evaluate.js';
import { InputError } from './exitStatus.js';
import { generateLine } from './generateLine.js';
import { withModel } from './openModel.js';
import {
  checkExits,
  type ExitsOption,
  type ModelCommandOptions,
  type SampleOptions,
  withExits,
  withModelOptions,
  withSampleOptions,
} from './options.js';
import { milliseconds, percent, printResult, table } from './output.js';
import { spread } from './sample.js';
import { languageIdOf } from './sourceFile.js';

export const editItem = z.object({
  id: z.string(),
  repo: z.string(),
  path: z.string(),
  language: z.string(),
  kind: z.string(),
  prefix: z.string(),
  suffix: z.string(),
  target_line: z.string(),
});
export type EditItem = z.infer<typeof editItem>;

type Options = ModelCommandOptions &
  SampleOptions &
  ExitsOption & { readonly out?: string; readonly context?: string[] };

export function evalEditsCommand(): Command {
  const command = new Command('edits')
    .description('Lines that commits added: items {id, repo, path, language, kind, prefix, suffix, target_line}.')
    .argument('<data...>', 'data files: .jsonl, .jsonl.gz or .jsonl.xz')
    .option('--out <file>', 'write one line of JSON for each item, as soon as it is judged')
    .addOption(new Option('--context <file...>').hideHelp())
    .action((files: string[], options: Options) => run(files, options));
  return withModelOptions(withExits(withSampleOptions(command)));
}

async function run(files: readonly string[], options: Options): Promise<void> {
  checkExits(options);
  if (options.context !== undefined) throw new InputError('--context is not supported by this version; leave it out.');
  const items = spread(await readItems(files, editItem), options.limit, options.seed);
  const out = options.out === undefined ? undefined : await openOutput(options.out);
  try {
    const { results, failed } = await withModel(options, (model) =>
      evaluateAll(items, async (item, signal) => {
        const result = await judgeEdit(model, item, signal);
        await out?.write(`${JSON.stringify(result)}\n`);
        return result;
      }),
    );
    const report = { ...reportEdits(results, defaultCompletionSettings.minimumProbability), failed };
    printResult(options.json === true, report, () => describe(report));
  } finally {
    await out?.close();
  }
}

async function openOutput(file: string): Promise<FileHandle> {
  return open(file, 'w').catch((error: unknown) => {
    throw new InputError(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}.`);
  });
}

/**
 * Generates the rest of an item's line and compares it with the line that was written, both without white space at their
 * ends: a mid-line item may begin with the space that the model, rightly, puts at the end of the token before.
 */
export async function judgeEdit(model: LanguageModel, item: EditItem, signal: AbortSignal): Promise<EditResult> {
  const { continuation, timing, ms } = await generateLine(
    model,
    buildPrompt(documentOf(item), item.prefix.length).prompt,
    signal,
  );
  return {
    id: item.id,
    repo: item.repo,
    language: item.language,
    kind: item.kind,
    generated: continuation.text,
    target: item.target_line,
    right: continuation.text.trim() === item.target_line.trim(),
    logProbability: continuation.logProbability,
    promptTokens: timing.promptTokens,
    tokens: timing.tokens,
    drafted: timing.drafted,
    layersPerToken: timing.layersPerToken,
    promptMs: timing.promptMs,
    decodeMs: timing.decodeMs,
    ms,
  };
}

/** The document as it was before the line was written: the target is in neither part. */
export function documentOf(item: EditItem): DocumentSnapshot {
  return {
    // One name for all items: the model keeps a prompt cache for each document, and these need only one.
    uri: 'eval:/item',
    languageId: languageIdOf(item.path),
    version: 1,
    text: item.prefix + item.suffix,
    path: item.path,
  };
}

function describe(report: EditsReport): string {
  const row = (name: string, scores: Pick<EditsReport, 'n' | 'exactLine' | 'shown' | 'precisionShown'>): string[] => [
    name,
    String(scores.n),
    percent(scores.exactLine),
    percent(scores.shown),
    percent(scores.precisionShown),
  ];
  const rows = (title: string, groups: EditsReport['byLanguage']): string[][] => [
    [''],
    [title, 'items', 'exact line', 'shown', 'right of shown'],
    ...Object.entries(groups).map(([name, scores]) => row(name, scores)),
  ];
  const { stop, msPerItem } = report;
  return [
    table([
      ['', 'items', 'exact line', 'shown', 'right of shown'],
      row('all', report),
      ...rows('language', report.byLanguage),
      ...rows('kind', report.byKind),
      ...rows('repository', report.byRepository),
    ]),
    '',
    `Right above wrong lines (AUC): ${stop.auc?.toFixed(3) ?? '-'}; a threshold (from the ${stop.threshold.from}) that keeps ` +
      `${percent(stop.keptRight)} of the right lines drops ${percent(stop.droppedWrong)} of the wrong ones.`,
    `Calibration error of the probability: ${percent(report.ece)}.`,
    `Prompt ${milliseconds(report.promptMs)}, decoding ${milliseconds(report.decodeMs)} an item on average; ` +
      `${milliseconds(msPerItem.p50)} (half of them) to ${milliseconds(msPerItem.p90)} (nine in ten) in all.`,
  ].join('\n');
}
