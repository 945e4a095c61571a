// `model add`: makes a model of a GGUF file, with a bar where somebody looks. Stopped, it goes on when it is called again.

import { Command } from 'commander';
import { addModel } from '../../setup/models/addModel.js';
import { fileToAdd } from '../../setup/models/foundModels.js';
import { printResult } from '../terminal/output.js';
import { makeWithBar } from './makeWithBar.js';

interface AddOptions {
  readonly name?: string;
  readonly json?: true;
}

export function modelAddCommand(): Command {
  return new Command('add')
    .description('Make a model of a GGUF file of the families Qwen2, Qwen3, Llama, Granite or StarCoder2.')
    .argument('<file>', 'the GGUF file, or a name that lacuna model list shows')
    .option('--name <name>', "what to call the model (default: the file's name)")
    .option('--json', 'print one JSON object on standard output')
    .action((file: string, options: AddOptions) => run(file, options));
}

async function run(file: string, { name, json }: AddOptions): Promise<void> {
  const began = performance.now();
  const adding = { ...(await fileToAdd(file)), ...(name === undefined ? {} : { name }) };
  const stopped = 'Stopped; the same command goes on where this one ended.';
  const added = await makeWithBar((tell, signal) => addModel(adding, tell, signal), stopped);
  const seconds = (performance.now() - began) / 1000;
  printResult(json === true, { ...added, seconds }, () =>
    [
      `${added.name} is made: ${Math.round(added.bytes / 1e6)} MB in ${added.folder}, in ${Math.round(seconds)} s.`,
      `lacuna model use ${added.name} makes it the one that is used; its probabilities are ${added.calibrated ? '' : 'not '}calibrated.`,
      ...(added.calibrated ? [] : [`lacuna calibrate --model ${added.name} calibrates them.`]),
    ].join('\n'),
  );
}
