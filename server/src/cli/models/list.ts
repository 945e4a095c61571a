// `model list`: the models that are there.

import { Command } from 'commander';
import { chosenName, installedModels, modelsFolder } from '../../setup/models/modelsFolder.js';
import { printResult, table } from '../terminal/output.js';

export function modelListCommand(): Command {
  return new Command('list')
    .description('List the models that are there.')
    .option('--json', 'print one JSON object on standard output')
    .action(async ({ json }: { readonly json?: true }) => {
      const chosen = chosenName();
      const models = (await installedModels()).map((model) => ({ ...model, used: model.name === chosen }));
      printResult(json === true, { folder: modelsFolder(), models }, () =>
        table(models.map(({ name, used, bytes, family }) => [`${used ? '*' : ' '} ${name}`, megabytes(bytes), family])),
      );
    });
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
