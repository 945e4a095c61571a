// `eval edits`: lines that a commit really added, asked for with the prompt that the editor would make.

import { Command } from 'commander';
import { type FileHandle, open } from 'node:fs/promises';
import { buildPrompt, type ContextPart, thresholdsOf } from '../../../completion/index.js';
import type { Certainty, LanguageModel } from '../../../model/index.js';
import { documentOf, editItem, type EditItem } from '../../../measure/editItem.js';
import { contextOfItem, readContextFiles } from '../../../measure/contextFiles.js';
import { readItems } from '../../../measure/data.js';
import { type EditResult, editResult, type EditsReport, isShown, reportEdits, standardOf } from './editsReport.js';
import { evaluateAll } from '../evaluate.js';
import { InputError } from '../../../common/inputError.js';
import { measuringSyntax } from '../../../setup/measuringSyntax.js';
import { withModel } from '../../terminal/openModel.js';
import {
  type ModelCommandOptions,
  type ServerCommandOptions,
  type SampleOptions,
  withModelOptions,
  withServerOptions,
  withSampleOptions,
} from '../../terminal/options.js';
import { type ModesOption, generateInModes, withModes } from '../modes.js';
import { milliseconds, percent, printResult, table } from '../../terminal/output.js';
import { type PairedReport, reportPaired } from './pairedReport.js';
import { stratifiedSample } from '../../../measure/sample.js';
import { messageOf } from '../../../common/messageOf.js';

const CERTAINTIES: readonly Certainty[] = ['eager', 'balanced', 'quiet'];

type Options = ModelCommandOptions &
  ServerCommandOptions &
  SampleOptions &
  ModesOption & {
    readonly out?: string;
    readonly from?: string[];
    readonly baseline?: string[];
    readonly context?: string[];
  };

export function evalEditsCommand(): Command {
  const command = new Command('edits')
    .description('Lines that commits added: items {id, repo, path, language, kind, prefix, suffix, target_line}.')
    .argument('<data...>', 'data files: .jsonl, .jsonl.gz or .jsonl.xz')
    .option('--out <file>', 'write one line of JSON for each item, as soon as it is evaluated')
    .option('--from <file...>', 'take items that --out wrote as evaluated, and evaluate the others only')
    .option('--baseline <file...>', 'compare with what --out wrote of the same items another time')
    .option(
      '--context <file...>',
      'other files of the items’ repositories, {id, files: [{path, relation, text}]}, as the workspace',
    )
    .action((files: string[], options: Options) => run(files, options));
  return withServerOptions(withModelOptions(withModes(withSampleOptions(command))));
}

async function run(files: readonly string[], options: Options): Promise<void> {
  const all = stratifiedSample(await readItems(files, editItem), options.limit, options.seed);
  const known = options.from === undefined ? [] : await readItems(options.from, editResult);
  const baseline = options.baseline === undefined ? undefined : await readItems(options.baseline, editResult);
  const wanted = new Set(all.map(({ id }) => id));
  const evaluated = new Map(known.filter(({ id }) => wanted.has(id)).map((result) => [result.id, result]));
  const items = all.filter(({ id }) => !evaluated.has(id));
  const others = options.context === undefined ? undefined : await readContextFiles(options.context);
  const syntax = measuringSyntax();
  const out = options.out === undefined ? undefined : await openOutput(options.out);
  try {
    const { results, failed, thresholds } = await withModel(options, async (model) => ({
      ...(await evaluateAll(items, async (item, signal) => {
        const context = await contextOfItem(others, item.id, documentOf(item), item.prefix.length, syntax);
        const result = await evaluateEdit(model, item, options, signal, context);
        await out?.write(`${JSON.stringify(result)}\n`);
        return result;
      })),
      thresholds: CERTAINTIES.map((certainty) => ({ certainty, ...thresholdsOf(model, certainty) })),
    }));
    const everything = [...evaluated.values(), ...results];
    const report = { ...reportEdits(everything, thresholds), failed };
    const standard = standardOf(thresholds);
    const marked = (of: readonly EditResult[]) => of.map((one) => ({ ...one, shown: isShown(one, standard) }));
    const paired = baseline === undefined ? undefined : reportPaired(marked(everything), marked(baseline));
    printResult(options.json === true, paired === undefined ? report : { ...report, paired }, () =>
      [describe(report), ...(paired === undefined ? [] : [describePaired(paired)])].join('\n'),
    );
  } finally {
    await out?.close();
    syntax.dispose();
  }
}

async function openOutput(file: string): Promise<FileHandle> {
  return open(file, 'w').catch((error: unknown) => {
    throw new InputError(`${file} cannot be written: ${messageOf(error)}.`);
  });
}

/**
 * Generates the rest of an item's line and compares it with the line that was written, both without white space at their
 * ends: a mid-line item may begin with the space that the model, rightly, puts at the end of the token before.
 */
export async function evaluateEdit(
  model: LanguageModel,
  item: EditItem,
  options: ModesOption,
  signal: AbortSignal,
  context: readonly ContextPart[] = [],
): Promise<EditResult> {
  const { prompt, references } = buildPrompt(documentOf(item), item.prefix.length, context);
  const isRight = (text: string): boolean => text.trim() === item.target_line.trim();
  const { continuation, timing, ms, modes } = await generateInModes(
    model,
    prompt,
    references,
    options,
    isRight,
    signal,
  );
  return {
    id: item.id,
    repo: item.repo,
    language: item.language,
    kind: item.kind,
    generated: continuation.text,
    target: item.target_line,
    right: isRight(continuation.text),
    logProbability: continuation.logProbability,
    probability: continuation.probability,
    list: [...continuation.tokens],
    modes: [...modes],
    promptTokens: timing.promptTokens,
    tokens: timing.tokens,
    drafted: timing.drafted,
    layersPerToken: timing.layersPerToken,
    promptMs: timing.promptMs,
    decodeMs: timing.decodeMs,
    ms,
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
    `Right above wrong lines (AUC): ${stop.auc?.toFixed(3) ?? '-'} (by the sum of log-probabilities alone: ` +
      `${stop.plain.auc?.toFixed(3) ?? '-'}).`,
    `The threshold that keeps 95 % of the right lines (from ${stop.threshold.from}) keeps ${percent(stop.keptRight)} of them ` +
      `and drops ${percent(stop.droppedWrong)} of the wrong ones (the sum alone: ${percent(stop.plain.droppedWrong)}).`,
    ...Object.entries(report.certainties).map(
      ([word, { shown, precisionShown, keptRight, spared }]) =>
        `${word}: ${percent(shown)} shown, ${percent(precisionShown)} of them right, ${percent(keptRight)} of the right ones ` +
        `kept, ${percent(spared)} of the decoding spared.`,
    ),
    `Calibration error of the probability: ${percent(report.ece)}.`,
    ...Object.entries(report.modes).map(
      ([mode, { same, decodeMs, fasterThanOff, layersPerToken, passesPerToken, draftedShare }]) =>
        `${mode}: ${milliseconds(decodeMs)} of decoding a line (${fasterThanOff?.toFixed(2) ?? '-'} x as fast as off), ` +
        `${layersPerToken?.toFixed(2) ?? '-'} layers and ${passesPerToken?.toFixed(2) ?? '-'} passes a token, ` +
        `${percent(draftedShare)} drafted, ${percent(same)} of the lines the same.`,
    ),
    `Prompt ${milliseconds(report.promptMs)}, decoding ${milliseconds(report.decodeMs)} an item on average; ` +
      `${milliseconds(msPerItem.p50)} (half of them) to ${milliseconds(msPerItem.p90)} (nine in ten) in all.`,
  ].join('\n');
}

function describePaired(paired: PairedReport): string {
  const { n, repositories, exactLine, baseline, won, lost, difference, interval, shown } = paired;
  const points = (value: number | undefined): string => (value === undefined ? '-' : (100 * value).toFixed(1));
  return (
    `Against the baseline, ${n} items of ${repositories} repositories: ${percent(exactLine)} after ${percent(baseline)}, ` +
    `${points(difference)} points (95 %: ${points(interval.from)} to ${points(interval.to)}); ${won} won, ${lost} lost.\n` +
    `Suggested and right ${percent(shown.exactLine.shownAndRight)} after ${percent(shown.baseline.shownAndRight)}; ` +
    `right of what is suggested ${percent(shown.exactLine.precision)} after ${percent(shown.baseline.precision)}.`
  );
}
