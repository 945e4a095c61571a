// `eval edits`: lines that a commit really added, asked for with the prompt that the editor would make.

import { Command } from 'commander';
import { thresholdsOf } from '../../../completion/index.js';
import type { Certainty } from '../../../model/index.js';
import { editItem } from '../../../measure/editItem.js';
import { promptsWith, readContextFiles } from '../../../measure/contextFiles.js';
import { readItems } from '../../../measure/data.js';
import { type EditResult, editResult, isShown, reportEdits, standardOf } from './editsReport.js';
import { describe, describePaired } from './editsView.js';
import { evaluateEdit } from './evaluateEdit.js';
import { evaluateAll } from '../evaluate.js';
import { measuringSyntax } from '../../../setup/measuringSyntax.js';
import { withModel } from '../../terminal/openModel.js';
import {
  type ContextOption,
  withBudgetOption,
  withContextOption,
  type BudgetOption,
  type ModelCommandOptions,
  type ServerCommandOptions,
  type SampleOptions,
  withModelOptions,
  withServerOptions,
  withSampleOptions,
} from '../../terminal/options.js';
import { type ModesOption, withModes } from '../modes.js';
import { printResult } from '../../terminal/output.js';
import { openOutput } from '../../terminal/outputFile.js';
import { reportPaired } from './pairedReport.js';
import { stratifiedSample } from '../../../measure/sample.js';

const CERTAINTIES: readonly Certainty[] = ['eager', 'balanced', 'quiet'];

type Options = ModelCommandOptions &
  ServerCommandOptions &
  SampleOptions &
  ContextOption &
  BudgetOption &
  ModesOption & {
    readonly out?: string;
    readonly from?: string[];
    readonly baseline?: string[];
  };

export function evalEditsCommand(): Command {
  const command = new Command('edits')
    .description('Lines that commits added: items {id, repo, path, language, kind, prefix, suffix, target_line}.')
    .argument('<data...>', 'data files: .jsonl, .jsonl.gz or .jsonl.xz')
    .option('--out <file>', 'write one line of JSON for each item, as soon as it is evaluated')
    .option('--from <file...>', 'take items that --out wrote as evaluated, and evaluate the others only')
    .option('--baseline <file...>', 'compare with what --out wrote of the same items another time')
    .action((files: string[], options: Options) => run(files, options));
  return withServerOptions(
    withModelOptions(withModes(withBudgetOption(withContextOption(withSampleOptions(command))))),
  );
}

async function run(files: readonly string[], options: Options): Promise<void> {
  const all = stratifiedSample(await readItems(files, editItem), options.limit, options.seed);
  const known = options.from === undefined ? [] : await readItems(options.from, editResult);
  const baseline = options.baseline === undefined ? undefined : await readItems(options.baseline, editResult);
  const wanted = new Set(all.map(({ id }) => id));
  const evaluated = new Map(known.filter(({ id }) => wanted.has(id)).map((result) => [result.id, result]));
  const items = all.filter(({ id }) => !evaluated.has(id));
  const others = await readContextFiles(options.context);
  const syntax = measuringSyntax();
  const promptOf = promptsWith(others, syntax, options.budget);
  const out =
    options.out === undefined
      ? undefined
      : await openOutput(options.out, files, options.from, options.baseline, options.context);
  try {
    const { results, failed, thresholds } = await withModel(options, async (model) => ({
      ...(await evaluateAll(items, async (item, signal) => {
        const result = await evaluateEdit(model, item, await promptOf(item), options, signal);
        await out?.write(`${JSON.stringify(result)}\n`);
        return result;
      })),
      thresholds: CERTAINTIES.map((certainty) => ({ certainty, ...thresholdsOf(model, certainty) })),
    }));
    const everything = [...evaluated.values(), ...results];
    const report = { ...reportEdits(everything, thresholds), failed };
    const standard = standardOf(thresholds);
    const marked = (of: readonly EditResult[]) => of.map((one) => ({ ...one, shown: isShown(one, standard) }));
    const paired = baseline === undefined ? undefined : reportPaired(marked(everything), marked(baseline));
    printResult(options.json === true, paired === undefined ? report : { ...report, paired }, () =>
      [describe(report), ...(paired === undefined ? [] : [describePaired(paired)])].join('\n'),
    );
  } finally {
    await out?.close();
    syntax.dispose();
  }
}
