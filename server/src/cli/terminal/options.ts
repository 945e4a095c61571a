// Options that several commands share, and how their values are read.

import { type Command, Option } from 'commander';
import { DEFAULT_BUDGET } from '../../completion/index.js';
import { promptFormatNames, type PromptFormatName } from '../../remote/index.js';
import { wholeNumber } from './numbers.js';
import { serverKeyVariable } from '../../setup/serverKey.js';

export { wholeNumber } from './numbers.js';

export interface ModelCommandOptions {
  readonly model?: string;
  readonly threads: number;
  readonly json?: true;
}

/** A model behind a server in place of one in a folder. */
export interface ServerCommandOptions {
  readonly server?: string;
  readonly serverModel?: string;
  readonly serverFormat?: PromptFormatName;
}

/** What of a command's options chooses the model. */
export type ModelChoice = Pick<ModelCommandOptions, 'model' | 'threads'> & ServerCommandOptions;

export function modelChoice({ model, threads, server, serverModel, serverFormat }: ModelChoice): ModelChoice {
  return {
    threads,
    ...(model === undefined ? {} : { model }),
    ...(server === undefined ? {} : { server }),
    ...(serverModel === undefined ? {} : { serverModel }),
    ...(serverFormat === undefined ? {} : { serverFormat }),
  };
}

/** Adds --server, --server-model and --server-format. */
export function withServerOptions(command: Command): Command {
  return command
    .option(
      '--server <url>',
      `ask a model server with OpenAI-compatible completions instead; a key is taken from ${serverKeyVariable}`,
    )
    .option('--server-model <name>', 'the name of the model there')
    .addOption(
      new Option('--server-format <family>', 'how the model there is asked to fill a gap')
        .choices(promptFormatNames)
        .default('qwen'),
    );
}

/** Adds --model, --threads and --json. */
export function withModelOptions(command: Command, defaultThreads = 0): Command {
  return command
    .option(
      '--model <folder>',
      'name or folder of the model (default: the one chosen by model use, or the one that ships)',
    )
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

export interface ContextOption {
  readonly context?: string[];
}

export interface BudgetOption {
  readonly budget: number;
}

/** Adds --budget: how much of other files is shown. */
export function withBudgetOption(command: Command): Command {
  const limit = wholeNumber(0, 100_000);
  return command.option('--budget <number>', 'UTF-16 code units of all pieces together', limit, DEFAULT_BUDGET);
}

/** Adds --context. */
export function withContextOption(command: Command): Command {
  return command.option(
    '--context <file...>',
    'other files of the items’ repositories, {id, files: [{path, relation, text}]}, as the workspace',
  );
}
