// `model remove`: away with a model that was added.

import { join } from 'node:path';
import { Command } from 'commander';
import { isName, modelsFolder, removeModel } from '../../setup/models/modelsFolder.js';
import { removePrefill } from '../../setup/models/prefillForms.js';
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
      // Found by the model's own files, so before these go.
      if (isName(name)) await removePrefill(join(modelsFolder(), name));
      await removeModel(name);
      printResult(json === true, { name }, () => `${name} is removed.`);
    });
}
