// `calibrate`: thresholds for partial programs, from data or from what a user's own commits added; for a model that was added
// its probabilities too (calibrateAdded.ts).

import { Command, Option } from 'commander';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { inEnglish } from '../../common/words.js';
import {
  blockScoreNames,
  conformalCalibration,
  certifiedIndex,
  epsilonAchievable,
  groupOfAll,
  methods,
  sourceWords,
  thresholds,
  type BlockScoreName,
  type Calibration,
  type CalibrationSource,
} from '../../partial/index.js';
import { type FilesOfItems, readContextFiles } from '../../measure/contextFiles.js';
import { readItems } from '../../measure/data.js';
import { editItem, type EditItem } from '../../measure/editItem.js';
import { InputError } from '../../common/inputError.js';
import { addedLines } from '../../measure/gitHistory.js';
import { calibrationFile, scoreFor } from '../../setup/holesData.js';
import { folderOfModel } from '../../setup/models/modelsFolder.js';
import { hasOwnController } from '../../setup/calibrateModel.js';
import { findInstallation } from '../../setup/installation.js';
import { LINES_FOR_MODEL, linesForModel } from '../../setup/linesForModel.js';
import { evaluateItems } from '../eval/holes/evaluateLines.js';
import { interruptible } from '../terminal/interrupt.js';
import { calibrateAdded, describeProbability, type LinesToMeasure, reportProbability } from './calibrateAdded.js';
import { calibrateBlocksOf } from './calibrateBlocks.js';
import {
  modelChoice,
  type ContextOption,
  type ModelCommandOptions,
  type ServerCommandOptions,
  type SampleOptions,
  withContextOption,
  withModelOptions,
  withServerOptions,
  withSampleOptions,
} from '../terminal/options.js';
import { NOTHING_FOUND } from '../terminal/exitStatus.js';
import { nameOfWriter } from '../terminal/guaranteeOptions.js';
import { percent, printResult, table } from '../terminal/output.js';
import { checkOutput, writeOutput } from '../terminal/outputFile.js';
import { stratifiedSample } from '../../measure/sample.js';

/** Lines taken of a repository where no limit is given: enough for ε = .1, in about ten minutes. */
const LINES_OF_REPOSITORY = 400;
const EPSILONS = [0.05, 0.1, 0.2, 0.3, 0.4];
const DELTA = 0.1;

type Options = ModelCommandOptions &
  ServerCommandOptions &
  SampleOptions &
  ContextOption & {
    readonly out?: string;
    readonly records?: string[];
    readonly baselines?: true;
    readonly blocks?: true;
    readonly score?: BlockScoreName;
  };

export function calibrateCommand(): Command {
  const command = new Command('calibrate')
    .description(
      'Measure how often completions with holes miss, and the probabilities of a model that was added, on data or on your own commits.',
    )
    .argument('[repository-or-data...]', 'a git repository (default: this folder), or data files as for eval edits')
    .option('--out <file>', 'write the calibration, for --calibration of the other commands')
    .option('--records <file...>', 'lines that were written before, instead of running the model')
    .option('--blocks', 'measure blocks of several lines instead of lines, on data (records: eval blocks --out)')
    .addOption(new Option('--score <name>', 'of --blocks: parts (trained), or tokens alone').choices(blockScoreNames))
    .option('--baselines', 'count the methods as well that eval partial compares with')
    .action((sources: string[], options: Options) => run(sources, options));
  return withServerOptions(withModelOptions(withContextOption(withSampleOptions(command))));
}

async function run(sources: readonly string[], options: Options): Promise<void> {
  const modelFolder = folderOfModel(options.model);
  if (options.out !== undefined) await checkOutput(options.out, sources, options.records);
  if (options.blocks === true) return calibrateBlocksOf(sources, modelFolder, options);
  if (options.server === undefined && !hasOwnController(modelFolder)) return runAdded(sources, modelFolder, options);
  const { items, files, source } = await itemsOf(sources.length === 0 ? ['.'] : sources, options);
  const score = await scoreFor(modelFolder);
  const { evaluated } = await evaluateItems(items, {
    ...modelChoice(options),
    context: files,
    score,
    methods: options.baselines === true ? methods : ['lacuna'],
    ...(options.records === undefined ? {} : { records: options.records }),
  });
  if (evaluated.length === 0) throw new InputError('No line could be measured.');
  const repositories = new Set(evaluated.map(({ item }) => item.repo)).size;
  const calibration = conformalCalibration(
    evaluated.map(({ item, languageId, evaluated: line }) => ({
      languageId,
      repository: item.repo,
      path: item.path,
      evaluated: line,
    })),
    await nameOfWriter(modelFolder, options),
    source(evaluated.length, repositories),
  );
  if (options.out !== undefined) await writeOutput(options.out, `${JSON.stringify(calibration)}\n`);
  const report = reportCalibration(calibration);
  printResult(options.json === true, report, () => describe(report, options.out));
}

/** A model that was added: its probabilities are measured as well, and kept with the model. */
async function runAdded(sources: readonly string[], modelFolder: string, options: Options): Promise<void> {
  if (options.records !== undefined || options.baselines === true)
    throw new InputError('--records and --baselines are for the model that ships; this one writes its own records.');
  const lines = await linesOf(sources, options);
  const { probability, holes } = await calibrateAdded(modelFolder, lines, modelChoice(options));
  if (options.out !== undefined && holes !== undefined) await writeOutput(options.out, `${JSON.stringify(holes)}\n`);
  const ofHoles = holes === undefined ? noHoles(basename(modelFolder)) : reportCalibration(holes);
  const report = { ...ofHoles, probability: reportProbability(probability, lines.kind) };
  const isKept = probability.found.kind === 'fitted';
  const file = isKept ? calibrationFile(modelFolder) : options.out;
  const saidOfHoles = (): string =>
    holes === undefined
      ? 'Holes need lines of your own commits, so there are none.'
      : `Holes: ${describe(reportCalibration(holes), file)}`;
  printResult(options.json === true, report, () => [describeProbability(probability), '', saidOfHoles()].join('\n'));
  if (!isKept) process.exitCode = NOTHING_FOUND;
}

async function linesOf(sources: readonly string[], options: Options): Promise<LinesToMeasure> {
  const [only = '.'] = sources;
  const folders = await Promise.all(
    sources.map(async (name) => (await stat(name).catch(() => undefined))?.isDirectory() === true),
  );
  if (sources.length > 1 || folders[0] === false) {
    const { items, files, source: sourceOf } = await itemsOf(sources, { limit: LINES_FOR_MODEL, ...options });
    return { items, files, kind: folders.every((isFolder) => isFolder) ? 'commits' : 'data', sourceOf };
  }
  const { programsFolder } = findInstallation();
  const found = await interruptible((signal) => linesForModel(only, programsFolder, signal, options.limit));
  if (found.items.length === 0) throw new InputError(`There are no programs in ${programsFolder}.`);
  if (found.source === 'programs')
    console.error("There are too few lines of commits here; Lacuna's example programs are taken.");
  return { items: found.items, files: found.files, kind: found.source, sourceOf: (lines) => ({ lines }) };
}

/** What is promised of holes that nobody measured. */
function noHoles(model: string) {
  return { n: 0, model, source: 'none', clusters: 0, epsilonAchievable: 1, thresholds: [], delta: DELTA };
}

async function itemsOf(
  sources: readonly string[],
  { limit, seed, context }: SampleOptions & ContextOption,
): Promise<{
  readonly items: readonly EditItem[];
  readonly files: FilesOfItems | undefined;
  readonly source: (lines: number, repositories: number) => CalibrationSource;
}> {
  const folders: string[] = [];
  const files: string[] = [];
  for (const name of sources) {
    const found = await stat(name).catch(() => undefined);
    if (found === undefined) throw new InputError(`${name} cannot be read: there is no such file or folder.`);
    (found.isDirectory() ? folders : files).push(name);
  }
  const own: EditItem[] = [];
  const others: FilesOfItems[] = [];
  for (const folder of folders) {
    const added = await addedLines(folder, limit ?? LINES_OF_REPOSITORY);
    own.push(...added.items);
    others.push(added.files);
  }
  if (folders.length > 0 && own.length === 0 && files.length === 0) {
    throw new InputError('The latest commits added no lines in a language that has a grammar.');
  }
  const data = files.length === 0 ? [] : stratifiedSample(await readItems(files, editItem), limit, seed);
  const ofData = await readContextFiles(context);
  if (ofData !== undefined) others.push(ofData);
  return {
    items: [...own, ...data],
    files: others.length === 0 ? undefined : { get: (id) => firstOf(others, id) },
    source: (lines, repositories) => (folders.length > 0 ? { lines } : { lines, repositories }),
  };
}

function firstOf(others: readonly FilesOfItems[], id: string): ReturnType<FilesOfItems['get']> {
  for (const files of others) {
    const found = files.get(id);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What the counts allow, for all lines together. */
function reportCalibration(calibration: Calibration) {
  const { n, model, source } = calibration;
  const all = groupOfAll(calibration)!;
  return {
    n,
    model,
    source: inEnglish(sourceWords(source)),
    clusters: all.clusters,
    epsilonAchievable: epsilonAchievable(all, DELTA, 'asMany'),
    thresholds: EPSILONS.map((epsilon) => ({
      epsilon,
      byHoles: all.misses.map((misses, place) => {
        const index = certifiedIndex(all, all, place + 1, epsilon, DELTA);
        return index === undefined ? null : { threshold: thresholds[index]!, misses: misses[index]! };
      }),
    })),
    delta: DELTA,
  };
}

function describe(report: ReturnType<typeof reportCalibration>, out: string | undefined): string {
  return [
    `${report.source}; at best ${percent(report.epsilonAchievable)} wrong can be promised with ${percent(1 - report.delta)} confidence.`,
    '',
    table([
      [
        'wrong at most',
        ...report.thresholds[0]!.byHoles.map((_, index) => `${index + 1} hole${index === 0 ? '' : 's'}`),
      ],
      ...report.thresholds.map(({ epsilon, byHoles }) => [
        percent(epsilon),
        ...byHoles.map((one) => (one === null ? '-' : `τ ${one.threshold.toFixed(2)}, ${one.misses} missed`)),
      ]),
    ]),
    ...(out === undefined ? ['', 'Nothing was kept; --out writes the calibration.'] : ['', `Written to ${out}.`]),
  ].join('\n');
}
