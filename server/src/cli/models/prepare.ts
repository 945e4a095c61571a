// `model prepare`: makes the form of a model that prompts are read with faster, where it pays on this machine.

import { Command } from 'commander';
import { inEnglish } from '../../common/words.js';
import { preparePrefill, valueOf } from '../../setup/models/prefillForms.js';
import { saidFolderOf } from '../terminal/openModel.js';
import { printResult } from '../terminal/output.js';
import { makeWithBar } from './makeWithBar.js';

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

async function run(name: string | undefined, { json }: Options): Promise<void> {
  const began = performance.now();
  const folder = saidFolderOf(name);
  const prepared = await makeWithBar(
    (tell, signal) => preparePrefill(folder, tell, signal),
    'Stopped; nothing was made.',
  );
  const seconds = (performance.now() - began) / 1000;
  const { bytes, timeRatio, isNew } = prepared;
  const result = { folder: prepared.folder, isUsed: bytes > 0, timeRatio, isNew, seconds };
  printResult(json === true, result, () => `Prompts are ${inEnglish(valueOf(prepared))}.`);
}
