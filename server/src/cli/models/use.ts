// `model use`: which model is used where nobody names another.

import { Command } from 'commander';
import { chooseModel } from '../../setup/models/modelsFolder.js';
import { printResult } from '../terminal/output.js';

interface Options {
  readonly json?: true;
}

export function modelUseCommand(): Command {
  return new Command('use')
    .description('Choose the model that is used where no other is named.')
    .argument('<name>', 'its name in lacuna model list')
    .option('--json', 'print one JSON object on standard output')
    .action(async (name: string, { json }: Options) => {
      await chooseModel(name);
      printResult(json === true, { name }, () => `${name} is used from now on, where no other model is named.`);
    });
}
