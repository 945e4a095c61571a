// `calibrate --blocks`: how often blocks with holes miss. What comes of it lies beside the calibration of lines.

import { InputError } from '../../common/inputError.js';
import { readBlocks } from '../../measure/blockRecords.js';
import {
  blockGuaranteeFor,
  calibrateBlocks,
  DELTA,
  riskLevels,
  type BlockCalibration,
  type BlockScoreName,
} from '../../partial/index.js';
import { markedName, scoreFor } from '../../setup/holesData.js';
import { calibrationBlocks } from '../eval/blocks/blocksReport.js';
import { evaluateBlocks } from '../eval/blocks/evaluateBlocks.js';
import { placesIn } from '../eval/blocks/evalBlocks.js';
import { writeBlocks } from '../eval/blocks/writeBlocks.js';
import {
  modelChoice,
  type ModelCommandOptions,
  type SampleOptions,
  type ServerCommandOptions,
} from '../terminal/options.js';
import { percent, printResult, table } from '../terminal/output.js';
import { writeOutput } from '../terminal/outputFile.js';

type Options = ModelCommandOptions &
  ServerCommandOptions &
  SampleOptions & { readonly out?: string; readonly records?: string[]; readonly score?: BlockScoreName };

const HOLES = [1, 2, 3, 4];

export async function calibrateBlocksOf(
  files: readonly string[],
  modelFolder: string,
  options: Options,
): Promise<void> {
  if (files.length === 0)
    throw new InputError('--blocks needs data files; commits of a repository are measured line by line.');
  const items = await placesIn(files, options);
  const blocks =
    options.records === undefined
      ? (await writeBlocks(items, undefined, modelChoice(options))).blocks
      : await readBlocks(options.records, items);
  const score = options.score === 'tokens' ? undefined : await scoreFor(modelFolder);
  const { evaluated } = await evaluateBlocks(blocks, score?.parts);
  if (evaluated.length === 0) throw new InputError('No block could be measured.');
  const calibration = calibrateBlocks(
    calibrationBlocks(evaluated),
    await markedName(modelFolder),
    score === undefined ? 'tokens' : 'parts',
  );
  if (options.out !== undefined) await writeOutput(options.out, `${JSON.stringify(calibration)}\n`);
  const report = reportOf(calibration);
  printResult(options.json === true, report, () => describe(report, options.out));
}

/** What the counts allow, for each word of the setting. */
function reportOf(calibration: BlockCalibration) {
  const { n, model, score, repositories } = calibration;
  return {
    n,
    model,
    score,
    repositories,
    delta: DELTA,
    levels: Object.entries(riskLevels).map(([word, epsilon]) => ({
      word,
      epsilon,
      byHoles: HOLES.map(
        (holes) => blockGuaranteeFor(calibration, { method: 'editor', holes, epsilon, delta: DELTA }) ?? null,
      ),
    })),
  };
}

function describe({ n, repositories, levels }: ReturnType<typeof reportOf>, out: string | undefined): string {
  return [
    `Measured at ${n} places of ${repositories} repositories.`,
    '',
    table([
      ['wrong at most', ...HOLES.map((holes) => `${holes} hole${holes === 1 ? '' : 's'}`)],
      ...levels.map(({ word, epsilon, byHoles }) => [
        `${word}, ${percent(epsilon)}`,
        ...byHoles.map((one) =>
          one === null ? '-' : `${one.level.toFixed(2)}: ${one.missed} of ${one.offered} wrong`,
        ),
      ]),
    ]),
    '',
    out === undefined ? 'Nothing was kept; --out writes the calibration.' : `Written to ${out}.`,
  ].join('\n');
}
