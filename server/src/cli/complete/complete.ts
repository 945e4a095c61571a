// `complete`: what the editor would show at a place, with the same rules after the model has answered.

import { Command, InvalidArgumentError, Option } from 'commander';
import {
  type CompletionResult,
  type CompletionSettings,
  defaultCompletionSettings,
  reasonSentence,
} from '../../completion/index.js';
import { viewSuggestions } from './completeView.js';
import { contextOf } from './contextOfFolder.js';
import { BAD_INPUT, NOTHING_FOUND } from '../terminal/exitStatus.js';
import { interruptible } from '../terminal/interrupt.js';
import { withCompleter } from '../terminal/openCompleter.js';
import { errorStreamLogger, withModel } from '../terminal/openModel.js';
import { type ModesOption, withExits } from '../eval/modes.js';
import {
  type ModelCommandOptions,
  type ServerCommandOptions,
  wholeNumber,
  withModelOptions,
  withServerOptions,
} from '../terminal/options.js';
import { printResult, say } from '../terminal/output.js';
import { offsetOf, parsePosition } from '../terminal/position.js';
import { readSourceFile } from '../terminal/sourceFile.js';
import { inEnglish } from '../../common/words.js';
import type { CalibrationNote } from '../../model/index.js';

/** The most suggestions that are asked for. */
const MOST = 3;

/** A terminal can wait longer than ghost text, and a slow machine should still give the whole line. */
const MAXIMUM_MS = 10_000;
/** No time limit is longer than this, in milliseconds. */
const LONGEST_MS = 600_000;

type Options = ModelCommandOptions &
  ServerCommandOptions &
  Pick<ModesOption, 'exits'> & {
    readonly number: number;
    readonly lines: CompletionSettings['lines'];
    readonly certainty: CompletionSettings['certainty'];
    readonly context?: string;
    readonly time: number;
  };

export function completeCommand(): Command {
  const command = new Command('complete')
    .description('Show what the editor would suggest at a place of a file.')
    .argument('<file:line:col>', 'the place; line and column from 1, columns in UTF-16 units')
    .option('-n, --number <number>', 'how many different suggestions (1 to 3)', wholeNumber(1, MOST), 1)
    .option('--lines <auto|number>', 'lines that a suggestion may have', parseLines, defaultCompletionSettings.lines)
    .addOption(
      new Option(
        '--certainty <word>',
        'how sure it must be, as the editor asks while typing; any: as when asked by hand',
      )
        .choices(['any', 'eager', 'balanced', 'quiet'])
        .default('any'),
    )
    .option(
      '--time <ms>',
      'the time limit in milliseconds, once the model is loaded',
      wholeNumber(1, LONGEST_MS),
      MAXIMUM_MS,
    )
    .option('--context <folder>', 'read this folder, and show the model pieces of its files')
    .addHelpText(
      'after',
      '\nThe ranges of --json are offsets into the file’s text, in UTF-16 units from 0. Status 1: there is nothing to suggest, or the file may hold secrets and is not read.',
    )
    .action((place: string, options: Options) => run(place, options));
  return withServerOptions(withModelOptions(withExits(command)));
}

async function run(argument: string, options: Options): Promise<void> {
  const position = parsePosition(argument);
  const document = await readSourceFile(position.file);
  const offset = offsetOf(document.text, position);
  const settings = {
    ...defaultCompletionSettings,
    lines: options.lines,
    exits: options.exits,
    certainty: options.certainty,
    maximumMs: options.time,
  };
  // On a blank line the probability is summed over the spellings of its indentation, however many are shown.
  const isBlank = /(?:^|[\r\n])[ \t]*$/.test(document.text.slice(0, offset));
  const spellings = isBlank ? MOST : options.number;
  const trigger = options.certainty === 'any' ? 'manual' : 'automatic';
  let isFailureSaid = false;
  const error = (message: string): void => {
    isFailureSaid = true;
    say(message);
  };
  const found = await interruptible((signal) =>
    withModel(options, async (model) => {
      const parts = options.context === undefined ? [] : await contextOf(options.context, document, offset, signal);
      return withCompleter(
        model,
        async (completer) => {
          if (parts.length > 0) await completer.prepare(document, offset, settings);
          const request = { document, offset, trigger, alternatives: spellings, settings } as const;
          const result = await completer.complete(request, signal);
          return { ...result, calibration: model.state.kind === 'ready' ? model.state.calibration : undefined };
        },
        { context: () => () => Promise.resolve(parts), logger: { ...errorStreamLogger, error } },
      );
    }),
  );
  const { calibration } = found;
  const result: CompletionResult =
    found.kind === 'none' ? found : { ...found, suggestions: found.suggestions.slice(0, options.number) };
  if (options.json === true || result.kind === 'suggestions') {
    printResult(options.json === true, jsonOf(result, calibration), () =>
      result.kind === 'suggestions' ? viewSuggestions(document.text, result, calibration) : '',
    );
  }
  if (result.kind === 'none') {
    const isLate = result.reason === 'outOfTime';
    if (isLate) say(`Nothing was ready within ${options.time} ms; a longer --time gives the model more.`);
    // The failure itself says more than that there was one.
    else if (!isFailureSaid) say(inEnglish(reasonSentence(result.reason)));
    // What the completer will not read is bad input; what it read and found no answer for is not.
    const unreadable = ['tooLarge', 'binary', 'modelFailed'].includes(result.reason);
    process.exitCode = unreadable ? BAD_INPUT : NOTHING_FOUND;
  }
}

function jsonOf(result: CompletionResult, calibration: CalibrationNote | undefined): object {
  const { timing } = result;
  return {
    suggestions: result.kind === 'suggestions' ? result.suggestions : [],
    // Null where the model's probabilities are not calibrated.
    calibration: calibration ?? null,
    ...(result.read === undefined ? {} : { read: result.read }),
    ...(result.kind === 'none' ? { reason: result.reason } : {}),
    timing: {
      promptMs: timing?.promptMs ?? 0,
      decodeMs: timing?.decodeMs ?? 0,
      tokens: timing?.tokens ?? 0,
      layersPerToken: timing?.layersPerToken ?? 0,
      passes: timing?.passes ?? 0,
      draftedShare: timing === undefined || timing.tokens === 0 ? 0 : timing.drafted / timing.tokens,
      exits: timing?.exits ?? {},
    },
  };
}

function parseLines(text: string): CompletionSettings['lines'] {
  if (text === 'auto') return text;
  try {
    return wholeNumber(1, 50)(text);
  } catch {
    throw new InvalidArgumentError('It is neither "auto" nor a whole number from 1 to 50.');
  }
}
