// `model remove`: away with a model that was added.

import { Command } from 'commander';
import { removeModel } from '../../setup/models/modelsFolder.js';
import { printResult } from '../terminal/output.js';

interface Options {
  readonly json?: true;
}

export function modelRemoveCommand(): Command {
  return new Command('remove')
    .description('Remove a model that was added, or what is there of one that was not finished.')
    .argument('<name>', 'its name in lacuna model list')
    .option('--json', 'print one JSON object on standard output')
    .action(async (name: string, { json }: Options) => {
      await removeModel(name);
      printResult(json === true, { name }, () => `${name} is removed.`);
    });
}
