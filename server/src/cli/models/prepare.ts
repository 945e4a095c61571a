// `model prepare`: makes the form of a model that prompts are read with faster, where it pays on this machine.

import { Command } from 'commander';
import { isAbortError } from '../../common/abort.js';
import { InputError } from '../../common/inputError.js';
import { inEnglish } from '../../common/words.js';
import { folderOfModel } from '../../setup/models/modelsFolder.js';
import { preparePrefill, valueOf, wholePrefill } from '../../setup/models/prefillForms.js';
import { interruptible } from '../terminal/interrupt.js';
import { printResult } from '../terminal/output.js';
import { startProgress } from '../terminal/progress.js';

interface Options {
  readonly json?: true;
}

export function modelPrepareCommand(): Command {
  return new Command('prepare')
    .description('Make a form of a model with which prompts are read faster, where this machine gains by it.')
    .argument('[name]', 'its name in lacuna model list (default: the one that is used)')
    .option('--json', 'print one JSON object on standard output')
    .action((name: string | undefined, options: Options) => run(name, options));
}

/** Steps of the bar. */
const STEPS = 1000;

async function run(name: string | undefined, { json }: Options): Promise<void> {
  const folder = folderOfModel(name);
  const progress = startProgress(STEPS);
  let shown = 0;
  const tell = (done: number, total: number): void => {
    for (const wanted = Math.floor((STEPS * done) / total); shown < wanted; shown++) progress.advance();
  };
  const began = performance.now();
  try {
    const made = await interruptible((signal) => preparePrefill(folder, tell, signal));
    progress.end();
    const found = (await wholePrefill(folder))!;
    const seconds = (performance.now() - began) / 1000;
    const { timeRatio, segments } = found;
    const result = { folder: found.folder, isUsed: segments.length > 0, timeRatio, isNew: made !== undefined, seconds };
    printResult(json === true, result, () => `Prompts are ${inEnglish(valueOf(found))}.`);
  } catch (error) {
    progress.end();
    if (isAbortError(error)) throw new InputError('Stopped; nothing was made.');
    throw error;
  }
}
