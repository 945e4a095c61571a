// `eval merge`: conflicts of real merges, with what people committed: how often the first answer, or one of the first three,
// is theirs apart from white space. Whole files (items with `merged`) are merged by git first, and every conflict that is
// left is answered.

import { Command } from 'commander';
import * as z from 'zod';
import { readItems } from '../../../measure/data.js';
import { evaluateAll } from '../evaluate.js';
import { InputError } from '../../../common/inputError.js';
import { evaluateMerge, type MergeEvaluation } from './evaluateMerge.js';
import { evaluateMergedFile, mergedFile } from './evaluateMergedFile.js';
import { mergeCases, mergeHunk } from './mergeData.js';
import { describeMerge, describeMergedFiles, reportMerge, reportMergedFiles } from './mergeReport.js';
import { errorStreamLogger } from '../../terminal/openModel.js';
import { type SampleOptions, withSampleOptions } from '../../terminal/options.js';
import { printResult } from '../../terminal/output.js';
import { checkOutput, writeOutput } from '../../terminal/outputFile.js';
import { stratifiedSample } from '../../../measure/sample.js';
import { withResolver } from '../../terminal/withResolver.js';

interface EvalMergeOptions extends SampleOptions {
  readonly model?: string;
  readonly out?: string;
  readonly json?: true;
}

export function evalMergeCommand(): Command {
  const command = new Command('merge')
    .description(
      'Conflicts of merges, with what was committed: hunks {base, ours, theirs, resolution, before, after, language}, or whole files {base, ours, theirs, merged}.',
    )
    .argument('<data...>', 'data files: .jsonl, .jsonl.gz or .jsonl.xz')
    .option('--model <folder>', 'folder of the ranker (default: the one that ships with Lacuna)')
    .option('--out <file>', 'write what was found of each conflict, a line of JSON for each')
    .option('--json', 'print one JSON object on standard output')
    .action((files: string[], options: EvalMergeOptions) => run(files, options));
  return withSampleOptions(command);
}

const mergeItem = z.union([mergeHunk, mergedFile]);

async function run(files: readonly string[], options: EvalMergeOptions): Promise<void> {
  const items = await readItems(files, mergeItem);
  const whole = items.flatMap((item) => ('merged' in item ? [item] : []));
  const hunks = items.flatMap((item) => ('merged' in item ? [] : [item]));
  if (whole.length > 0 && hunks.length > 0) throw new InputError('The data mix hunks and whole files.');
  if (options.out !== undefined) {
    if (whole.length > 0) throw new InputError('--out is for hunks, not for whole files.');
    await checkOutput(options.out, files);
  }
  await withResolver(errorStreamLogger, options.model, async (resolver) => {
    if (whole.length > 0) {
      const { results } = await evaluateAll(stratifiedSample(whole, options.limit, options.seed), (item, signal) =>
        evaluateMergedFile(resolver, item, signal),
      );
      const report = reportMergedFiles(results);
      printResult(options.json === true, report, () => describeMergedFiles(report));
      return;
    }
    const cases = stratifiedSample(mergeCases(hunks), options.limit, options.seed);
    const { results, failed } = await evaluateAll(cases, (item, signal): Promise<MergeEvaluation> =>
      evaluateMerge(resolver, item, signal),
    );
    const report = { ...reportMerge(results), failed };
    printResult(options.json === true, report, () => describeMerge(report));
    if (options.out !== undefined)
      await writeOutput(options.out, results.map((result) => `${JSON.stringify(result)}\n`).join(''));
  });
}
