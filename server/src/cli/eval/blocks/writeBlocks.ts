// Has the model write the blocks that `eval blocks` measures, and keeps them in a file as soon as each is written: a run that
// was stopped goes on where it ended.

import { open, readFile, type FileHandle } from 'node:fs/promises';
import { createCompleter, defaultCompletionSettings, thresholdsOf, writeBlockAt } from '../../../completion/index.js';
import { abortError } from '../../../common/abort.js';
import { InputError } from '../../../common/inputError.js';
import { messageOf } from '../../../common/messageOf.js';
import { replaceFile } from '../../../common/replaceFile.js';
import type { BlockItem } from '../../../measure/blockItem.js';
import {
  blockOfItem,
  blockRecord,
  blockRecordOf,
  type BlockOfItem,
  type BlockRecord,
} from '../../../measure/blockRecords.js';
import { documentOf } from '../../../measure/editItem.js';
import type { LanguageModel } from '../../../model/index.js';
import { measuringSyntax } from '../../../setup/measuringSyntax.js';
import { errorStreamLogger, withModel } from '../../terminal/openModel.js';
import type { ModelChoice } from '../../terminal/options.js';
import { evaluateAll } from '../evaluate.js';

/** Far beyond what a suggestion takes, so that a busy machine does not change the result. */
const MAXIMUM_MS = 120_000;

export interface WrittenBlocks {
  readonly blocks: readonly BlockOfItem[];
  readonly failed: number;
}

/** @param out a file to keep them in; those that it holds are not written again */
export async function writeBlocks(
  items: readonly BlockItem[],
  out: string | undefined,
  options: ModelChoice,
): Promise<WrittenBlocks> {
  const { known, file } = out === undefined ? { known: [], file: undefined } : await openRecords(out);
  const records = new Map(known.map((record) => [record.id, record]));
  const left = items.filter(({ id }) => !records.has(id));
  try {
    const { results, failed } =
      left.length === 0
        ? { results: [], failed: 0 }
        : await withModel(options, (model) => recordAll(left, model, file));
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

async function recordAll(items: readonly BlockItem[], model: LanguageModel, file: FileHandle | undefined) {
  const syntax = measuringSyntax();
  const completer = createCompleter({
    model,
    syntax,
    logger: errorStreamLogger,
    // No time passes, so that a busy machine does not change the result.
    now: () => 0,
    sleep: (_ms, signal) => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(abortError()))),
  });
  const settings = { ...defaultCompletionSettings, holes: 'off', maximumMs: MAXIMUM_MS } as const;
  const { shown } = thresholdsOf(model, settings.certainty);
  try {
    return await evaluateAll(items, async (item, signal) => {
      const document = documentOf(item);
      const offset = item.prefix.length;
      const request = { document, offset, trigger: 'manual', alternatives: 1, settings } as const;
      const plain = await completer.complete(request, signal);
      completer.closed(document.uri);
      const [first] = plain.kind === 'suggestions' ? plain.suggestions : [];
      const block = await writeBlockAt(model, syntax, document, offset, signal);
      const said = first === undefined ? null : { text: first.text, probability: first.probability };
      const record = blockRecordOf(item.id, block, said, shown);
      await file?.write(`${JSON.stringify(record)}\n`);
      return record;
    });
  } finally {
    syntax.dispose();
  }
}

/** What a file holds already, and the file to go on with. */
async function openRecords(path: string): Promise<{ known: readonly BlockRecord[]; file: FileHandle }> {
  const text = await readFile(path, 'utf8').catch(() => '');
  // What stands behind the last line end was not written to its own.
  const lines = text.split('\n').slice(0, -1);
  try {
    const known = lines.map((line) => blockRecord.parse(JSON.parse(line)));
    await replaceFile(path, lines.map((line) => `${line}\n`).join(''));
    return { known, file: await open(path, 'a') };
  } catch (error) {
    const reason = text === '' ? messageOf(error) : 'it holds something else';
    throw new InputError(`${path} cannot be written: ${reason}.`);
  }
}
