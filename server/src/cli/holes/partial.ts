// `partial`: the completion at a place of a file, with holes where the model is unsure.

import { Command } from 'commander';
import {
  buildPrompt,
  isSecretFile,
  looksSecretAt,
  reasonSentence,
  type NoSuggestionReason,
} from '../../completion/index.js';
import { choosePartial } from '../../partial/index.js';
import { createSyntax } from '../../syntax/index.js';
import { fillHoles } from './fillHoles.js';
import { NOTHING_FOUND } from '../terminal/exitStatus.js';
import { calibrationFor, type GuaranteeOptions, withGuaranteeOptions } from '../terminal/guaranteeOptions.js';
import { scoreFor } from '../../setup/holesData.js';
import { findInstallation } from '../../setup/installation.js';
import { folderOfModel } from '../../setup/models/modelsFolder.js';
import { interruptible } from '../terminal/interrupt.js';
import { writeCompletion } from '../../measure/writeLine.js';
import { withModel } from '../terminal/openModel.js';
import {
  type ModelCommandOptions,
  type ServerCommandOptions,
  withModelOptions,
  withServerOptions,
} from '../terminal/options.js';
import { percent, printResult } from '../terminal/output.js';
import { offsetOf, parsePosition } from '../terminal/position.js';
import { readSourceFile } from '../terminal/sourceFile.js';
import { inEnglish } from '../../common/words.js';

/** Nothing less likely (0-1) is shown. */
const LEAST_SHOWN = 0.01;

const NOTHING_KEPT = 'Nothing is promised, since nothing is kept.';

const SERVER_UNMEASURED =
  "Nothing is promised: holes of the server's model were not measured. lacuna calibrate --server URL --out FILE does it, for --calibration.";

type Options = ModelCommandOptions & ServerCommandOptions & GuaranteeOptions;

export function partialCommand(): Command {
  const command = new Command('partial')
    .description('Show the completion at a place of a file, with holes where it is unsure.')
    .argument('<file:line:col>', 'the place; line and column from 1, columns in UTF-16 units')
    .addHelpText(
      'after',
      '\nThe ranges of --json are offsets into "text", in UTF-16 units from 0. Status 1: nothing is sure, or the file may hold secrets and is not read.',
    )
    .action((place: string, options: Options) => run(place, options));
  return withServerOptions(withModelOptions(withGuaranteeOptions(command)));
}

async function run(argument: string, options: Options): Promise<void> {
  const position = parsePosition(argument);
  const document = await readSourceFile(position.file);
  const offset = offsetOf(document.text, position);
  if (isSecretFile(document.uri)) return nothing('secretFile', options);
  const { grammarFolder } = findInstallation();
  const modelFolder = folderOfModel(options.model);
  const calibration = await calibrationFor(modelFolder, options);
  const score = await scoreFor(modelFolder);
  const syntax = createSyntax({ grammarFolder });
  const { prompt, seen, restOfLine } = buildPrompt(document, offset);
  const { epsilon, delta, holes } = options;
  // The calibration of the model's folder says nothing of a model on a server.
  const isMeasured = options.server === undefined || options.calibration !== undefined;
  try {
    const result = await interruptible((signal) =>
      withModel(options, async (model) => {
        const { probability, ...line } = await writeCompletion(model, prompt, signal);
        const completion = {
          ...line,
          languageId: seen.languageId,
          prefix: seen.text.slice(0, offset),
          suffix: seen.text.slice(offset + restOfLine.length),
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
        if (looksSecretAt(document, offset, completion.text)) return 'looksSecret' as const;
        const fillings = await fillHoles(model, prompt, completion, partial, syntax, signal);
        return { partial, fillings, probability, written: completion.text };
      }),
    );
    if (result === 'looksSecret') return nothing(result, options);
    const { partial, fillings, probability: ofLine, written } = result;
    const json = {
      text: partial.text,
      probability: ofLine,
      holes: partial.holes.map(({ range, replaced, kind, probability, reason }, index) => {
        // Of the whole line more is known than of its parts.
        const isLine = replaced.start === 0 && replaced.end >= written.trimEnd().length;
        return {
          range,
          kind: inEnglish(kind),
          probability: isLine ? ofLine : probability,
          reason: isLine
            ? `The whole line is left to you: it would be right with ${percent(ofLine)}.`
            : inEnglish(reason),
          alternatives: (fillings[index] ?? []).filter((filling) => filling.probability >= LEAST_SHOWN),
        };
      }),
      epsilon,
      delta,
      guarantee:
        partial.program.isEverything && partial.guarantee.kind === 'certified'
          ? NOTHING_KEPT
          : isMeasured
            ? partial.sentence
            : SERVER_UNMEASURED,
    };
    printResult(options.json === true, json, () => view(json));
    if (partial.program.isEverything) process.exitCode = NOTHING_FOUND;
  } finally {
    syntax.dispose();
  }
}

/** The answer where there is none, with the reason that `complete` would give. */
function nothing(reason: NoSuggestionReason, { epsilon, delta, json }: Options): void {
  if (json === true) {
    const empty = { text: '', probability: 0, holes: [], epsilon, delta, guarantee: NOTHING_KEPT, reason };
    printResult(true, empty, () => '');
  }
  console.error(inEnglish(reasonSentence(reason)));
  process.exitCode = NOTHING_FOUND;
}

interface View {
  readonly text: string;
  readonly probability: number;
  readonly holes: readonly {
    readonly reason: string;
    readonly alternatives: readonly { readonly text: string; readonly probability: number }[];
  }[];
  readonly guarantee: string;
}

function view({ text, probability, holes, guarantee }: View): string {
  const lines = holes.flatMap(({ reason, alternatives }) => [
    `- ${reason}`,
    ...alternatives.map((other) => `    ${other.text} (${percent(other.probability)})`),
  ]);
  return [
    text === '' ? 'Nothing of the line is sure enough.' : text,
    '',
    ...lines,
    `The whole line as the model would write it: ${percent(probability)} likely.`,
    guarantee,
  ].join('\n');
}
