// How a program of commands runs and ends: one sentence where something was wrong, and an exit status.

import { Command, CommanderError } from 'commander';
import { BAD_INPUT, statuses } from './exitStatus.js';
import { version } from '../../setup/installation.js';
import { say } from './output.js';

const LONG_MS = 1_000_000;

/** @param hidden commands that the help does not list */
export async function runProgram(
  commands: readonly Command[],
  argv: readonly string[],
  hidden: readonly Command[] = [],
): Promise<void> {
  // Whoever reads our output may stop reading (`| head`); that is no error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    // The work goes on, since it may be a merge; only its status is none that a program could take for an answer.
    console.error(`The output cannot be written: ${error.message.replace(/\.$/, '')}.`);
    process.once('exit', () => (process.exitCode = BAD_INPUT));
  });
  // There is nowhere to say that nothing can be said any more (`2>&1 | head`); the work goes on all the same.
  process.stderr.on('error', () => undefined);
  // What waits for a model that is started again, or for a server that is looked for, has no timer that keeps the process
  // alive; it would end in the middle, with the status of success.
  const alive = setInterval(() => undefined, LONG_MS);
  try {
    await program(commands, hidden).parseAsync(argv);
  } catch (error) {
    process.exitCode = exitStatusOf(error);
  } finally {
    clearInterval(alive);
  }
}

const statusTable = `
Status:
${statuses.map(({ status, means }) => `  ${status}  ${means}`).join('\n')}`;

function program(commands: readonly Command[], hidden: readonly Command[]): Command {
  const lacuna = new Command('lacuna')
    .description('Local code assistance that knows what it does not know.')
    .version(version)
    .addHelpText('after', statusTable);
  for (const command of commands) lacuna.addCommand(command);
  for (const command of hidden) lacuna.addCommand(command, { hidden: true });
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
    say(isHelp ? 'No command was given; --help lists them.' : sentence(error.message));
  } else if ((error as NodeJS.ErrnoException | undefined)?.syscall === 'uv_cwd') {
    say('The folder that you are in is there no more.');
  } else if (error instanceof Error) {
    // What the rooms throw is a sentence; a bug of ours is better told with the place where it happened.
    const isBug = [TypeError, ReferenceError, RangeError].some((bug) => error instanceof bug);
    say(isBug ? (error.stack ?? error.message) : error.message);
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
