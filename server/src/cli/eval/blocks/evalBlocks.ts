// `eval blocks`: partial programs of several lines at a guarantee, at places where commits added lines.

import { Command, Option } from 'commander';
import { isPlaceOfBlock, blockItem, type BlockItem } from '../../../measure/blockItem.js';
import { readBlocks } from '../../../measure/blockRecords.js';
import { readContextFiles } from '../../../measure/contextFiles.js';
import { readItems } from '../../../measure/data.js';
import { stratifiedSample } from '../../../measure/sample.js';
import { InputError } from '../../../common/inputError.js';
import { blockScoreNames, type BlockScoreName } from '../../../partial/index.js';
import { readBlockCalibration, scoreFor } from '../../../setup/holesData.js';
import { folderOfModel } from '../../../setup/models/modelsFolder.js';
import {
  type GuaranteeOptions,
  type ResplitsOption,
  withGuaranteeOptions,
  withResplitsOption,
} from '../../terminal/guaranteeOptions.js';
import {
  type ContextOption,
  withContextOption,
  modelChoice,
  type ModelCommandOptions,
  type SampleOptions,
  type ServerCommandOptions,
  withModelOptions,
  withSampleOptions,
  withServerOptions,
} from '../../terminal/options.js';
import { percent, printResult, table } from '../../terminal/output.js';
import { reportBlocks, resplitBlocks, type BlockScores, type Wanted } from './blocksReport.js';
import { evaluateBlocks } from './evaluateBlocks.js';
import { writeBlocks } from './writeBlocks.js';

type Options = ModelCommandOptions &
  ServerCommandOptions &
  SampleOptions &
  GuaranteeOptions &
  ResplitsOption &
  ContextOption & {
    readonly records?: string[];
    readonly out?: string;
    readonly score?: BlockScoreName;
  };

export function evalBlocksCommand(): Command {
  const command = new Command('blocks')
    .description('Blocks with holes, where commits added lines: items as for eval edits, with target_block.')
    .argument('<data...>', 'data files: .jsonl, .jsonl.gz or .jsonl.xz')
    .option('--records <file...>', 'blocks that were written before (--out), instead of running the model')
    .option(
      '--out <file>',
      'write the model’s blocks with their tokens; those that the file holds are not written again',
    )
    .addOption(
      new Option('--score <name>', 'what makes probabilities: the trained score of parts, or tokens alone').choices(
        blockScoreNames,
      ),
    )
    .action((files: string[], options: Options) => run(files, options));
  return withServerOptions(
    withModelOptions(withGuaranteeOptions(withContextOption(withSampleOptions(withResplitsOption(command))))),
  );
}

/** The places of data files where a block may begin. @throws InputError where there is none */
export async function placesIn(
  files: readonly string[],
  { limit, seed }: SampleOptions,
): Promise<readonly BlockItem[]> {
  const places = (await readItems(files, blockItem)).filter(isPlaceOfBlock);
  if (places.length === 0) throw new InputError(`There are no places where a block may begin in ${files.join(', ')}.`);
  return stratifiedSample(places, limit, seed);
}

async function run(files: readonly string[], options: Options): Promise<void> {
  const modelFolder = folderOfModel(options.model);
  const calibration = await readBlockCalibration(modelFolder, options.calibration);
  const name = options.score ?? calibration?.score ?? 'parts';
  const score = name === 'parts' ? await scoreFor(modelFolder) : undefined;
  const items = await placesIn(files, options);
  const written =
    options.records === undefined
      ? await writeBlocks(items, options.out, {
          ...modelChoice(options),
          context: await readContextFiles(options.context),
        })
      : { blocks: await readBlocks(options.records, items), failed: 0 };
  const { evaluated, failed } = await evaluateBlocks(written.blocks, score?.parts);
  if (evaluated.length === 0) throw new InputError('No block could be measured.');
  const { epsilon, delta, holes, resplits } = options;
  const wanted = { epsilon, delta, holes };
  const counts = { score: name, failed: written.failed + failed };
  if (resplits !== undefined) {
    const splits = resplitBlocks(evaluated, wanted, resplits, options.seed ?? 1);
    const report = { n: evaluated.length, ...wanted, ...counts, splits: resplits, methods: splits };
    printResult(options.json === true, report, () => describeSplits(splits));
    return;
  }
  const report = { ...reportBlocks(evaluated, calibration, wanted), ...counts };
  printResult(options.json === true, report, () => describe(report, wanted));
}

const names: Readonly<Record<string, string>> = {
  editor: 'blocks with holes alone',
  holes: 'the same, whatever is suggested without',
  lines: 'fewer lines, no holes',
  whole: 'all of the block or nothing',
};

function describe(report: ReturnType<typeof reportBlocks>, { epsilon, delta, holes }: Wanted): string {
  const row = (name: string, scores: BlockScores): string[] => [
    name,
    ...[scores.shown, scores.exactFirstLine, scores.exactBlock, scores.coverage].map(percent),
    ...[scores.linesKept, scores.linesRight].map(lines),
  ];
  const { guarantee, n, blocks, repositories } = report;
  return [
    table([
      ['', 'shown', 'first line exact', 'block exact', 'covered of shown', 'lines kept', 'right'],
      row('the editor without holes', report.withoutHoles),
      row('the editor with holes', report.withHoles),
      [''],
      ...Object.entries(report.methods).map(([method, scores]) => row(names[method]!, scores)),
    ]),
    '',
    `${n} places of ${repositories} repositories; the model wrote ${blocks} blocks.`,
    guarantee === null
      ? 'No promise: there is no calibration of blocks, or it has too few of them.'
      : `At most ${holes} holes; promised is that at least ${percent(1 - epsilon)} of what is shown with holes is right outside of them, ` +
        `with ${percent(1 - delta)} confidence (${guarantee.missed} of ${guarantee.offered} were wrong).`,
  ].join('\n');
}

function describeSplits(splits: ReturnType<typeof resplitBlocks>): string {
  return table([
    ['', 'shown', 'covered of shown', 'promise kept', 'lines kept', 'right'],
    ...splits.map((one) => [
      names[one.method]!,
      ...[one.shown, one.coverage, one.guaranteeKept].map(percent),
      ...[one.linesKept, one.linesRight].map(lines),
    ]),
  ]);
}

function lines(value: number | undefined): string {
  return value?.toFixed(2) ?? '-';
}
