// `partial`: the completion at a place of a file, with holes where the model is unsure.

import { Command } from 'commander';
import { buildPrompt } from '../completion/index.js';
import { choosePartial } from '../partial/index.js';
import { createSyntax } from '../syntax/index.js';
import { fillHoles } from './fillHoles.js';
import { NOTHING_FOUND } from './exitStatus.js';
import { type GuaranteeOptions, withGuaranteeOptions } from './guaranteeOptions.js';
import { readCalibration, readScore } from './holesData.js';
import { findInstallation } from './installation.js';
import { interruptible } from './interrupt.js';
import { writeCompletion } from './judgeLines.js';
import { withModel } from './openModel.js';
import { type ModelCommandOptions, type ServerCommandOptions, withModelOptions, withServerOptions } from './options.js';
import { percent, printResult } from './output.js';
import { offsetOf, parsePosition } from './position.js';
import { readSourceFile } from './sourceFile.js';

type Options = ModelCommandOptions & ServerCommandOptions & GuaranteeOptions;

export function partialCommand(): Command {
  const command = new Command('partial')
    .description('Show the completion at a place of a file, with holes where it is unsure.')
    .argument('<file:line:col>', 'the place; line and column from 1, columns in UTF-16 units')
    .addHelpText(
      'after',
      '\nThe ranges of --json are offsets into "text", in UTF-16 units from 0. Status 1: nothing is sure.',
    )
    .action((place: string, options: Options) => run(place, options));
  return withServerOptions(withModelOptions(withGuaranteeOptions(command)));
}

async function run(argument: string, options: Options): Promise<void> {
  const position = parsePosition(argument);
  const document = await readSourceFile(position.file);
  const offset = offsetOf(document.text, position);
  const { grammarFolder, modelFolder: ownFolder } = findInstallation();
  const modelFolder = options.model ?? ownFolder;
  const calibration = await readCalibration(modelFolder, options.calibration);
  const score = await readScore(modelFolder);
  const syntax = createSyntax({ grammarFolder });
  const { prompt, restOfLine } = buildPrompt(document, offset);
  const { epsilon, delta, holes } = options;
  try {
    const result = await interruptible((signal) =>
      withModel(options, async (model) => {
        const completion = {
          ...(await writeCompletion(model, prompt, signal)),
          languageId: document.languageId,
          prefix: document.text.slice(0, offset),
          suffix: document.text.slice(offset + restOfLine.length),
        };
        const partial = await choosePartial(completion, {
          syntax,
          score,
          calibration,
          epsilon,
          delta,
          holes,
          key: position.file,
        });
        return { partial, fillings: await fillHoles(model, prompt, completion, partial, syntax, signal) };
      }),
    );
    const { partial, fillings } = result;
    const json = {
      text: partial.text,
      holes: partial.holes.map(({ range, kind, probability, reason }, index) => ({
        range,
        kind,
        probability,
        reason,
        alternatives: fillings[index] ?? [],
      })),
      epsilon,
      delta,
      guarantee: partial.sentence,
    };
    printResult(options.json === true, json, () => view(json));
    if (partial.program.isEverything) process.exitCode = NOTHING_FOUND;
  } finally {
    syntax.dispose();
  }
}

interface View {
  readonly text: string;
  readonly holes: readonly {
    readonly reason: string;
    readonly alternatives: readonly { readonly text: string; readonly probability: number }[];
  }[];
  readonly guarantee: string;
}

function view({ text, holes, guarantee }: View): string {
  const lines = holes.flatMap(({ reason, alternatives }) => [
    `- ${reason}`,
    ...alternatives.map((other) => `    ${other.text} (${percent(other.probability)})`),
  ]);
  return [text === '' ? 'Nothing of the line is sure enough.' : text, '', ...lines, guarantee].join('\n');
}
