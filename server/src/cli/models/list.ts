// `model list`: the models that are there, and the files of other programs that could become one.

import { Command } from 'commander';
import { inEnglish } from '../../common/words.js';
import { listModels } from '../../setup/models/listModels.js';
import { modelsFolder } from '../../setup/models/modelsFolder.js';
import { saidFolderOf } from '../terminal/openModel.js';
import { printResult, table } from '../terminal/output.js';

export function modelListCommand(): Command {
  return new Command('list')
    .description('List the models that are there, and files of other programs that could become one.')
    .option('--json', 'print one JSON object on standard output')
    .action(({ json }: { readonly json?: true }) => run(json === true));
}

async function run(json: boolean): Promise<void> {
  const listed = await listModels(saidFolderOf(undefined));
  const { models } = listed;
  const found = listed.found.map(({ problem, weights: _, ...file }) => ({
    ...file,
    fits: problem === undefined,
    why: problem === undefined ? null : inEnglish(problem),
  }));
  const isMeasured = models.some(({ ghostTextMs }) => ghostTextMs !== undefined);
  printResult(json, { folder: modelsFolder(), models, found }, () =>
    [
      table([
        ['  model', 'size', 'family', 'calibrated', 'ghost text'],
        ...models.map(({ name, used, bytes, family, calibrated, ghostTextMs }) => [
          ...[`${used ? '*' : ' '} ${name}`, megabytes(bytes), family, calibrated ? 'yes' : 'no', seconds(ghostTextMs)],
        ]),
      ]),
      ...(found.length === 0
        ? []
        : [
            '',
            'Files of other programs (lacuna model add FILE):',
            ...found.map(({ name, program, file, bytes, why, ghostTextMs }) =>
              [
                `  ${name}  ${[program, ...(bytes === 0 ? [] : [megabytes(bytes)]), why ?? `ghost text ${seconds(ghostTextMs)}`].join(', ')}`,
                `    ${file}`,
              ].join('\n'),
            ),
          ]),
      ...(!isMeasured ? ['', 'lacuna doctor measures how fast they would be here.'] : []),
    ].join('\n'),
  );
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

function seconds(ms: number | undefined): string {
  return ms === undefined ? '-' : `${(ms / 1000).toFixed(1)} s`;
}
