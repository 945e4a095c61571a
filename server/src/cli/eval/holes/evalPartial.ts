// `eval partial`: partial programs at a guarantee, on lines whose author is known, beside what they are compared with.

import { Command } from 'commander';
import { choosingTimes, type ChoosingTime } from './choosingTime.js';
import { readContextFiles } from '../../../measure/contextFiles.js';
import { readItems } from '../../../measure/data.js';
import { editItem } from '../../../measure/editItem.js';
import { scoreFor } from '../../../setup/holesData.js';
import { folderOfModel } from '../../../setup/models/modelsFolder.js';
import { InputError } from '../../../common/inputError.js';
import { evaluateItems, readWholeLines } from './evaluateLines.js';
import {
  type ContextOption,
  withContextOption,
  modelChoice,
  type ModelCommandOptions,
  type ServerCommandOptions,
  type SampleOptions,
  withModelOptions,
  wholeNumber,
  withServerOptions,
  withSampleOptions,
} from '../../terminal/options.js';
import { percent, printResult, table } from '../../terminal/output.js';
import { openOutput } from '../../terminal/outputFile.js';
import {
  calibrationFor,
  type GuaranteeOptions,
  type ResplitsOption,
  withGuaranteeOptions,
  withResplitsOption,
} from '../../terminal/guaranteeOptions.js';
import { byEpsilon, curvesOf, EVEN_EPSILONS, type PartialScores, reportPartial } from './partialReport.js';
import { resplit, type Resplit } from './resplit.js';
import { resplitOffers, type ResplitOffers } from './resplitOffers.js';
import { stratifiedSample } from '../../../measure/sample.js';
import { percentile } from '../../../measure/statistics.js';

type Options = ModelCommandOptions &
  ServerCommandOptions &
  SampleOptions &
  GuaranteeOptions &
  ResplitsOption &
  ContextOption & {
    readonly records?: string[];
    readonly out?: string;
    readonly from?: string[];
    readonly curves?: true;
    readonly times?: number;
  };

export function evalPartialCommand(): Command {
  const command = new Command('partial')
    .description('Completions with holes, on lines that commits added: items as for eval edits.')
    .argument('<data...>', 'data files: .jsonl, .jsonl.gz or .jsonl.xz')
    .option('--records <file...>', 'lines that were written before (--out), instead of running the model')
    .option('--out <file>', 'write the model’s lines with their tokens, to be read with --records')
    .option('--from <file...>', 'take lines that --out wrote, and let the model write the others only')
    .option('--curves', 'coverage and share removed against epsilon too, for every number of holes (with --json)')
    .option(
      '--times <runs>',
      'instead, how long choosing takes: of each recorded line the median of so many runs',
      wholeNumber(1, 1000),
    )
    .action((files: string[], options: Options) => run(files, options));
  return withServerOptions(
    withModelOptions(withGuaranteeOptions(withContextOption(withSampleOptions(withResplitsOption(command))))),
  );
}

async function run(files: readonly string[], options: Options): Promise<void> {
  const modelFolder = folderOfModel(options.model);
  const calibration = await calibrationFor(modelFolder, options);
  const score = await scoreFor(modelFolder);
  const items = stratifiedSample(await readItems(files, editItem), options.limit, options.seed);
  if (options.times !== undefined) {
    if (options.records === undefined)
      throw new InputError('--times needs lines that were written before (--records).');
    const lines = await readWholeLines(options.records, items, score);
    const { epsilon, delta, times: runs } = options;
    const choosing = await choosingTimes(lines, { score, calibration, epsilon, delta, runs });
    printResult(options.json === true, { n: lines.length, epsilon, delta, runs, choosing }, () =>
      describeTimes(choosing),
    );
    return;
  }
  const { records, from, context } = options;
  const out = options.out === undefined ? undefined : await openOutput(options.out, files, records, from, context);
  try {
    const { evaluated, failed } = await evaluateItems(items, {
      ...modelChoice(options),
      score,
      ...(options.curves === undefined ? { holes: [options.holes] } : {}),
      ...(options.records === undefined ? {} : { records: options.records }),
      ...(options.from === undefined ? {} : { from: options.from }),
      context: await readContextFiles(options.context),
      ...(out === undefined ? {} : { out }),
    });
    const { epsilon, delta, holes, resplits } = options;
    if (resplits !== undefined) {
      const splits = EVEN_EPSILONS.flatMap((even) =>
        resplit(evaluated, { epsilon: even, delta, holes }, resplits, options.seed ?? 1),
      );
      const offers = EVEN_EPSILONS.map((even) =>
        resplitOffers(evaluated, { epsilon: even, delta, holes }, resplits, options.seed ?? 1),
      );
      const report = { n: evaluated.length, delta, holes, splits: resplits, byEpsilon: splits, offers, failed };
      printResult(options.json === true, report, () => describeSplits(splits, report));
      return;
    }
    const report = {
      ...reportPartial(evaluated, calibration, { epsilon, delta, holes }),
      byEpsilon: byEpsilon(evaluated, calibration, delta),
      ...(options.curves === undefined ? {} : { curves: curvesOf(evaluated, calibration, delta) }),
      failed,
      msPerItem: percentile(
        evaluated.map(({ ms }) => ms),
        0.5,
      ),
    };
    printResult(options.json === true, report, () => describe(report));
  } finally {
    await out?.close();
  }
}

function describe(report: ReturnType<typeof reportPartial>): string {
  const row = (name: string, scores: PartialScores | undefined): string[] =>
    scores === undefined
      ? [name, '-', '-', '-', '-']
      : [
          name,
          String(scores.n),
          percent(scores.coverage),
          percent(scores.nodesRemoved),
          percent(scores.charactersKept),
        ];
  const title = ['', 'lines', 'covered', 'nodes removed', 'characters kept'];
  const { guarantee, epsilon, delta, holes, offers } = report;
  return [
    table([
      title,
      row('Lacuna', report),
      ...Object.entries(report.baseline).map(([name, scores]) => row(name, scores)),
      [''],
      ...Object.entries(report.byLanguage).map(([name, scores]) => row(name, scores)),
      [''],
      ...Object.entries(report.byRepository).map(([name, scores]) => row(name, scores)),
    ]),
    '',
    'kind' in guarantee
      ? `No promise: ${guarantee.n} calibrated lines are too few for this; ${guarantee.needed} are needed.`
      : `At most ${holes} holes; promised is at least ${percent(1 - epsilon)} covered, with ${percent(1 - delta)} confidence.`,
    offers === undefined
      ? 'In the editor no holes would be offered: nothing could be promised of them.'
      : `In the editor ${percent(offers.share)} of the lines would be offered with holes, ` +
        `${percent(offers.coverage)} of these right outside of them, with ${percent(offers.charactersKept)} of their characters.`,
  ].join('\n');
}

function describeTimes(choosing: readonly ChoosingTime[]): string {
  const ms = (value: number | undefined): string => value?.toFixed(1) ?? '-';
  return table([
    ['holes', 'p50, ms', 'p95, ms', 'with parsing: p50', 'p95'],
    ...choosing.map(({ holes, p50, p95, withParsing }) =>
      [String(holes)].concat([p50, p95, withParsing.p50, withParsing.p95].map(ms)),
    ),
  ]);
}

function describeSplits(
  splits: readonly Resplit[],
  of: { readonly delta: number; readonly splits: number; readonly offers: readonly ResplitOffers[] },
): string {
  return [
    table([
      ['ε', '', 'promise kept', 'missed', 'in 9 of 10 at most', 'nodes removed', 'characters kept'],
      ...splits.map((one) => [
        String(one.epsilon),
        one.method,
        ...[one.kept, one.missed, one.missedAtMost, one.nodesRemoved, one.charactersKept].map(percent),
      ]),
    ]),
    '',
    table([
      ['ε', 'something promised', 'promise kept', 'offered with holes', 'right outside of them'],
      ...of.offers.map((one) => [
        String(one.epsilon),
        ...[one.certified, one.kept, one.offered, one.coverage].map(percent),
      ]),
    ]),
    '',
    `In ${of.splits} random halves of the repositories; the others are promised at most ε missed, with ${percent(1 - of.delta)} ` +
      'confidence.',
  ].join('\n');
}
