#!/usr/bin/env node
// Lacuna without an editor: the same rooms behind commands. This file only knows which commands there are and how a
// command ends; each command is a file in cli/.

import { Command, CommanderError } from 'commander';
import { benchCommand } from './cli/bench.js';
import { benchIndexCommand } from './cli/benchIndex.js';
import { calibrateCommand } from './cli/calibrate.js';
import { completeCommand } from './cli/complete.js';
import { doctorCommand } from './cli/doctor.js';
import { evalCommand } from './cli/eval.js';
import { BAD_INPUT } from './cli/exitStatus.js';
import { holeFeaturesCommand } from './cli/holeFeatures.js';
import { version } from './cli/installation.js';
import { mergeCommand } from './cli/merge.js';
import { mergeDriverCommand } from './cli/mergeDriver.js';
import { recordCommand } from './cli/record.js';
import { recordMergeCommand } from './cli/recordMerge.js';
import { recordSignalsCommand } from './cli/recordSignals.js';
import { partialCommand } from './cli/partial.js';
import { serveCommand } from './cli/serve.js';

void main(process.argv);

async function main(argv: readonly string[]): Promise<void> {
  // Whoever reads our output may stop reading (`| head`); that is no error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  try {
    await program().parseAsync(argv);
  } catch (error) {
    process.exitCode = exitStatusOf(error);
  }
}

function program(): Command {
  const lacuna = new Command('lacuna')
    .description('Local code assistance that knows what it does not know.')
    .version(version)
    .addCommand(completeCommand())
    .addCommand(mergeCommand())
    .addCommand(mergeDriverCommand())
    .addCommand(partialCommand())
    .addCommand(calibrateCommand())
    .addCommand(evalCommand())
    .addCommand(benchCommand())
    .addCommand(benchIndexCommand())
    .addCommand(doctorCommand())
    .addCommand(serveCommand())
    .addCommand(recordCommand(), { hidden: true })
    .addCommand(recordSignalsCommand(), { hidden: true })
    .addCommand(recordMergeCommand(), { hidden: true })
    .addCommand(holeFeaturesCommand(), { hidden: true });
  settle(lacuna);
  return lacuna;
}

/** Makes a command and those below it throw instead of ending the process, and say one sentence instead of several. */
function settle(command: Command): void {
  command
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({ outputError: () => undefined, writeErr: () => undefined });
  for (const child of command.commands) settle(child);
}

/** Says what went wrong, once, and gives the exit status. */
function exitStatusOf(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    const isHelp = error.code === 'commander.help';
    console.error(isHelp ? 'No command was given; --help lists them.' : sentence(error.message));
  } else if (error instanceof Error) {
    // What the rooms throw is a sentence; a bug of ours is better told with the place where it happened.
    const isBug = [TypeError, ReferenceError, RangeError].some((bug) => error instanceof bug);
    console.error(isBug ? error.stack : error.message);
  } else {
    console.error(error);
  }
  return BAD_INPUT;
}

function sentence(commanderMessage: string): string {
  const text = commanderMessage.replace(/^error: /, '').replaceAll('\n', ' ');
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
