// The options of the commands that make partial programs: how often they may be wrong, how sure that is, how many holes.

import { type Command, InvalidArgumentError } from 'commander';
import { InputError } from '../../common/inputError.js';
import { type Calibration, MOST_HOLES } from '../../partial/index.js';
import { hasOwnController } from '../../setup/calibrateModel.js';
import { nameInCalibrations, readCalibration } from '../../setup/holesData.js';
import { type ServerCommandOptions, wholeNumber } from './options.js';

export interface GuaranteeOptions {
  readonly epsilon: number;
  readonly delta: number;
  readonly holes: number;
  readonly calibration?: string;
}

/** Adds --epsilon, --delta, --holes and --calibration. */
export function withGuaranteeOptions(command: Command): Command {
  return command
    .option('--epsilon <share>', 'how often what is kept may be wrong (0 to 1)', share, 0.2)
    .option('--delta <share>', 'how likely the promise itself may fail (0 to 1)', share, 0.1)
    .option('--holes <number>', `the most holes (1 to ${MOST_HOLES})`, wholeNumber(1, MOST_HOLES), 2)
    .option('--calibration <file>', 'a calibration of your own (lacuna calibrate)');
}

/** What wrote the lines of a calibration: a promise holds for nothing else. */
export async function nameOfWriter(
  modelFolder: string,
  { server, serverModel = '' }: ServerCommandOptions,
): Promise<string> {
  if (server === undefined) return nameInCalibrations(modelFolder);
  return serverModel === '' ? 'model server' : `model server, ${serverModel}`;
}

/**
 * The calibration that the options name, or the one of the model's folder.
 * @throws InputError where there is none, or another model was measured
 */
export async function calibrationFor(
  modelFolder: string,
  options: ServerCommandOptions & Pick<GuaranteeOptions, 'calibration'>,
): Promise<Calibration> {
  const calibration = await readCalibration(modelFolder, options.calibration);
  const isOwn = options.calibration === undefined;
  const writer = await nameOfWriter(modelFolder, isOwn ? {} : options);
  if ((!isOwn || !hasOwnController(modelFolder)) && calibration.model !== writer)
    throw new InputError(`The calibration was measured with ${calibration.model}, not with ${writer}.`);
  return calibration;
}

export interface ResplitsOption {
  readonly resplits?: number;
}

/** Adds --resplits. */
export function withResplitsOption(command: Command): Command {
  return command.option(
    '--resplits <number>',
    'instead of a calibration, let random halves of the repositories promise for the others, so many times',
    wholeNumber(1, 100_000),
  );
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value < 1)) {
    throw new InvalidArgumentError('It is not a number between 0 and 1.');
  }
  return value;
}
