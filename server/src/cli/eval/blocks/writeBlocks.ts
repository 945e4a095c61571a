// Has the model write the blocks that `eval blocks` measures, and keeps them in a file as soon as each is written: a run that
// was stopped goes on where it ended.

import { ZodError } from 'zod';
import {
  type ContextPart,
  createCompleter,
  defaultCompletionSettings,
  thresholdsOf,
} from '../../../completion/index.js';
import { abortError } from '../../../common/abort.js';
import { InputError } from '../../../common/inputError.js';
import { messageOf } from '../../../common/messageOf.js';
import type { BlockItem } from '../../../measure/blockItem.js';
import {
  blockOfItem,
  blockRecord,
  blockRecordOf,
  type BlockOfItem,
  type BlockRecord,
} from '../../../measure/blockRecords.js';
import { contextOfItem, type FilesOfItems } from '../../../measure/contextFiles.js';
import { documentOf } from '../../../measure/editItem.js';
import { UNHURRIED_MS } from '../../../measure/generateLine.js';
import { openLineFile, type LineFile } from '../../../measure/lineFile.js';
import type { LanguageModel } from '../../../model/index.js';
import { measuringSyntax } from '../../../setup/measuringSyntax.js';
import { errorStreamLogger, withModel } from '../../terminal/openModel.js';
import type { ModelChoice } from '../../terminal/options.js';
import { evaluateAll } from '../evaluate.js';

/** On a busy machine a prompt is computed in several goes; where nothing is suggested, in none. */
const MOST_GOES = 20;

export interface WrittenBlocks {
  readonly blocks: readonly BlockOfItem[];
  readonly failed: number;
}

/** @param out a file to keep them in; those that it holds are not written again */
export async function writeBlocks(
  items: readonly BlockItem[],
  out: string | undefined,
  options: ModelChoice & { readonly context?: FilesOfItems | undefined },
): Promise<WrittenBlocks> {
  const file = out === undefined ? undefined : await openRecords(out);
  const records = new Map(file?.earlier.map((record) => [record.id, record]));
  const left = items.filter(({ id }) => !records.has(id));
  try {
    const { results, failed } =
      left.length === 0
        ? { results: [], failed: 0 }
        : await withModel(options, (model) => recordAll(left, model, file, options.context));
    for (const record of results) records.set(record.id, record);
    const blocks = items.flatMap((item) => {
      const record = records.get(item.id);
      return record === undefined ? [] : [blockOfItem(item, record)];
    });
    return { blocks, failed };
  } finally {
    await file?.close();
  }
}

async function recordAll(
  items: readonly BlockItem[],
  model: LanguageModel,
  file: LineFile<BlockRecord> | undefined,
  others: FilesOfItems | undefined,
) {
  const syntax = measuringSyntax();
  let context: readonly ContextPart[] = [];
  const completer = createCompleter({
    model,
    syntax,
    context: () => Promise.resolve(context),
    logger: errorStreamLogger,
    // No time passes, so that a busy machine does not change the result.
    now: () => 0,
    sleep: (_ms, signal) => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(abortError()))),
  });
  const settings = { ...defaultCompletionSettings, holes: 'off', maximumMs: UNHURRIED_MS } as const;
  const { shown } = thresholdsOf(model, settings.certainty);
  try {
    return await evaluateAll(items, async (item, signal) => {
      const document = documentOf(item);
      const offset = item.prefix.length;
      const request = { document, offset, trigger: 'manual', alternatives: 1, settings } as const;
      context = await contextOfItem(others, item.id, document, offset, syntax);
      for (let go = 0; go < MOST_GOES && !completer.isPrepared(document.uri); go++) {
        await completer.prepare(document, offset, settings);
      }
      const plain = await completer.complete(request, signal);
      const [first] = plain.kind === 'suggestions' ? plain.suggestions : [];
      const block = await completer.writeBlock(document, offset, settings, signal);
      completer.closed(document.uri);
      const said = first === undefined ? null : { text: first.text, probability: first.probability };
      const record = blockRecordOf(item.id, block, said, shown);
      await file?.append([record]);
      return record;
    });
  } finally {
    syntax.dispose();
  }
}

/** @throws InputError where the file cannot be written, or holds something else */
async function openRecords(path: string): Promise<LineFile<BlockRecord>> {
  const read = (value: unknown): BlockRecord => blockRecord.parse(value);
  return openLineFile(path, read).catch((error: unknown) => {
    const isOther = error instanceof SyntaxError || error instanceof ZodError;
    throw new InputError(`${path} cannot be written: ${isOther ? 'it holds something else' : messageOf(error)}.`);
  });
}
