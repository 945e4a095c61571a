// Options that several commands share, and how their values are read.

import { type Command, InvalidArgumentError } from 'commander';

export interface ModelCommandOptions {
  readonly model?: string;
  readonly threads: number;
  readonly json?: true;
}

/** Adds --model, --threads and --json. */
export function withModelOptions(command: Command, defaultThreads = 0): Command {
  return command
    .option('--model <folder>', 'folder of the model (default: the one that ships with Lacuna)')
    .option(
      '--threads <number>',
      'threads of the model; 0 lets the number of cores decide',
      wholeNumber(0, 256),
      defaultThreads,
    )
    .option('--json', 'print one JSON object on standard output');
}

export interface SampleOptions {
  readonly limit?: number;
  readonly seed?: number;
}

/** Adds --limit and --seed. */
export function withSampleOptions(command: Command): Command {
  return command
    .option('--limit <number>', 'take so many items, spread evenly', wholeNumber(1))
    .option('--seed <number>', 'choose within each stretch of items by this seed', wholeNumber(0));
}

/** A parser for commander: whole numbers within bounds. */
export function wholeNumber(from: number, to: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < from || value > to) {
      const bounds = to === Number.MAX_SAFE_INTEGER ? `of at least ${from}` : `from ${from} to ${to}`;
      throw new InvalidArgumentError(`It is not a whole number ${bounds}.`);
    }
    return value;
  };
}
