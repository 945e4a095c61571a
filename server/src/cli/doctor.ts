// `doctor`: examines the installation and says what is wrong and what to do. Status 1 when something is.

import { Command } from 'commander';
import { runtimeProblem } from '../model/index.js';
import { inEnglish } from '../common/words.js';
import { examine } from '../setup/examine.js';
import { NOTHING_FOUND } from './terminal/exitStatus.js';
import { findInstallation, runtimeVersion, version } from '../setup/installation.js';
import { folderOfModel, goneChoice } from '../setup/models/modelsFolder.js';
import { compareModels } from '../setup/models/compareModels.js';
import { examinePrefill } from '../setup/models/prefillForms.js';
import { interruptible } from './terminal/interrupt.js';
import { withModel } from './terminal/openModel.js';
import { type ModelCommandOptions, withModelOptions } from './terminal/options.js';
import { printResult } from './terminal/output.js';

export function doctorCommand(): Command {
  const command = new Command('doctor')
    .description(
      'Check the installation: model, checksums, versions, machine and speed; status 1 when something is wrong.',
    )
    .action((options: ModelCommandOptions) => run(options));
  return withModelOptions(command);
}

async function run(options: ModelCommandOptions): Promise<void> {
  const { grammarFolder } = findInstallation();
  const modelFolder = folderOfModel(options.model);
  const examination = await interruptible((signal) =>
    examine(
      {
        lacunaVersion: version,
        runtimeVersion: runtimeVersion(),
        runtimeProblem: runtimeProblem(),
        modelFolder,
        goneChoice: goneChoice(options.model),
        grammarFolder,
        prompts: () => examinePrefill(modelFolder),
        withModel: (work) => withModel({ ...options, model: modelFolder }, work),
        compare: (speed) => compareModels(modelFolder, speed),
      },
      signal,
    ),
  );
  const lines = examination.lines.map(({ name, value, ok, advice }) => ({
    name: inEnglish(name),
    value: inEnglish(value),
    ok,
    ...(advice === undefined ? {} : { advice: inEnglish(advice) }),
  }));
  const ok = lines.every((line) => line.ok);
  printResult(options.json === true, { ok, lines }, () => describe(lines));
  if (!ok) process.exitCode = NOTHING_FOUND;
}

interface Line {
  readonly name: string;
  readonly value: string;
  readonly ok: boolean;
  readonly advice?: string;
}

function describe(lines: readonly Line[]): string {
  const problems = lines.filter(({ ok }) => !ok);
  const width = Math.max(...lines.map(({ name }) => name.length));
  return [
    ...lines.map(({ name, value, ok }) => `${ok ? '  ' : '! '}${name.padEnd(width)}  ${value}`),
    '',
    ...(problems.length === 0
      ? ['Nothing is wrong.']
      : problems.map(({ name, advice }) => `${name}: ${advice ?? 'This is wrong.'}`)),
  ].join('\n');
}
