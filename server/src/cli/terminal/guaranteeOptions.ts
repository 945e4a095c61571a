// The options of the commands that make partial programs: how often they may be wrong, how sure that is, how many holes.

import { type Command, InvalidArgumentError } from 'commander';
import { MOST_HOLES } from '../../partial/index.js';
import { wholeNumber } from './options.js';

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
