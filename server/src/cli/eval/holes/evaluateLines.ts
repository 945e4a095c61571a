// Lines with their authors' text, evaluated one after the other: what `eval partial` and `calibrate` share. The lines come from
// a record, or the model writes them now.

import type { FileHandle } from 'node:fs/promises';
import { evaluateLine, type EvaluatedLine, type Method, type TrainedScore } from '../../../partial/index.js';
import type { EditItem } from '../../../measure/editItem.js';
import type { LineOfItem } from '../../../measure/lineOfItem.js';
import { promptsWith, type FilesOfItems } from '../../../measure/contextFiles.js';
import { writeLine } from '../../../measure/writeLine.js';
import { evaluateAll } from '../evaluate.js';
import { InputError } from '../../../common/inputError.js';
import { measuringSyntax } from '../../../setup/measuringSyntax.js';
import { withModel } from '../../terminal/openModel.js';
import type { ModelChoice } from '../../terminal/options.js';
import { readRecords, recordOf } from '../../../measure/partialRecords.js';

export interface EvaluatedItem {
  readonly item: EditItem;
  readonly languageId: string;
  readonly evaluated: EvaluatedLine;
  /** Milliseconds that choosing holes took, of all that was tried for this line. */
  readonly ms: number;
}

export interface LineEvaluationOptions extends ModelChoice {
  readonly records?: readonly string[];
  readonly out?: FileHandle;
  /** Lines that were written before; the model writes the others only. */
  readonly from?: readonly string[];
  /** Other files of the items' repositories. */
  readonly context?: FilesOfItems | undefined;
  readonly score: TrainedScore | undefined;
  readonly methods?: readonly Method[];
  readonly holes?: readonly number[];
}

export async function evaluateItems(
  items: readonly EditItem[],
  options: LineEvaluationOptions,
): Promise<{ readonly evaluated: readonly EvaluatedItem[]; readonly failed: number }> {
  const syntax = measuringSyntax();
  const evaluate = async ({ item, completion, author }: LineOfItem): Promise<EvaluatedItem> => {
    const { score, methods, holes } = options;
    const began = performance.now();
    const evaluated = await evaluateLine(completion, author, {
      syntax,
      score,
      ...(methods === undefined ? {} : { methods }),
      ...(holes === undefined ? {} : { holes }),
    });
    return { item, languageId: completion.languageId, evaluated, ms: performance.now() - began };
  };
  try {
    if (options.records !== undefined) {
      const lines = await readWholeLines(options.records, items, options.score);
      const { results, failed } = await evaluateAll(lines, evaluate);
      return { evaluated: results, failed };
    }
    const earlier = options.from === undefined ? [] : await readRecords(options.from, items);
    const known = new Map(earlier.map((line) => [line.item.id, line]));
    const promptOf = promptsWith(options.context, syntax);
    const { results, failed } = await withModel(options, (model) =>
      evaluateAll(items, async (item, signal) => {
        const written = known.get(item.id);
        if (written !== undefined) return evaluate(written);
        const { prompt } = await promptOf(item);
        const line = await writeLine(model, item, prompt, signal);
        await options.out?.write(`${JSON.stringify(recordOf(item.id, line.completion))}\n`);
        return evaluate(line);
      }),
    );
    return { evaluated: results, failed };
  } finally {
    syntax.dispose();
  }
}

/**
 * Lines from a record, for whose programs a score can speak.
 * @throws InputError where it lacks the branches that a score needs
 */
export async function readWholeLines(
  files: readonly string[],
  items: readonly EditItem[],
  score: TrainedScore | undefined,
): Promise<readonly LineOfItem[]> {
  const lines = (await readRecords(files, items)).filter(({ cut }) => cut === 0);
  const isBare = lines.length > 0 && lines.every(({ completion }) => completion.branches === undefined);
  if (score !== undefined && isBare) {
    throw new InputError('The lines were recorded without branches; eval partial --out writes them.');
  }
  return lines;
}
