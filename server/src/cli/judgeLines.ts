// Lines with their authors' text, judged one after the other: what `eval partial` and `calibrate` share. The lines come from
// a record, or the model writes them now.

import type { FileHandle } from 'node:fs/promises';
import type { LanguageModel, Prompt } from '../model/index.js';
import {
  DEPARTURES,
  departuresOf,
  judgeLine,
  type Completion,
  type JudgedLine,
  type Method,
  type TrainedScore,
} from '../partial/index.js';
import { promptOf, type EditItem } from './evalEdits.js';
import { evaluateAll } from './evaluate.js';
import { InputError } from './exitStatus.js';
import { generateLine } from './generateLine.js';
import { measuringSyntax } from './measuringSyntax.js';
import { withModel } from './openModel.js';
import type { ModelChoice } from './options.js';
import { lineFrom, readRecords, type LineOfItem } from './partialRecords.js';

export interface JudgedItem {
  readonly item: EditItem;
  readonly languageId: string;
  readonly judged: JudgedLine;
  /** Milliseconds that choosing holes took, of all that was tried for this line. */
  readonly ms: number;
}

export interface JudgingOptions extends ModelChoice {
  readonly records?: readonly string[];
  readonly out?: FileHandle;
  readonly score: TrainedScore | undefined;
  readonly methods?: readonly Method[];
  readonly holes?: readonly number[];
}

export async function judgeItems(
  items: readonly EditItem[],
  options: JudgingOptions,
): Promise<{ readonly judged: readonly JudgedItem[]; readonly failed: number }> {
  const syntax = measuringSyntax();
  const judge = async ({ item, completion, author }: LineOfItem): Promise<JudgedItem> => {
    const { score, methods, holes } = options;
    const began = performance.now();
    const judged = await judgeLine(completion, author, {
      syntax,
      score,
      ...(methods === undefined ? {} : { methods }),
      ...(holes === undefined ? {} : { holes }),
    });
    return { item, languageId: completion.languageId, judged, ms: performance.now() - began };
  };
  try {
    if (options.records !== undefined) {
      const lines = await readWholeLines(options.records, items, options.score);
      const { results, failed } = await evaluateAll(lines, judge);
      return { judged: results, failed };
    }
    const { results, failed } = await withModel(options, (model) =>
      evaluateAll(items, async (item, signal) => {
        const line = await writeLine(model, item, signal);
        const { text, tokens, departures } = line.completion;
        await options.out?.write(`${JSON.stringify({ id: item.id, generated: text, list: tokens, departures })}\n`);
        return judge(line);
      }),
    );
    return { judged: results, failed };
  } finally {
    syntax.dispose();
  }
}

/**
 * Lines from a record, for whose programs a score can speak.
 * @throws InputError where it lacks the departures that a score needs
 */
export async function readWholeLines(
  files: readonly string[],
  items: readonly EditItem[],
  score: TrainedScore | undefined,
): Promise<readonly LineOfItem[]> {
  const lines = (await readRecords(files, items)).filter(({ cut }) => cut === 0);
  const isBare = lines.length > 0 && lines.every(({ completion }) => completion.departures === undefined);
  if (score !== undefined && isBare) {
    throw new InputError('The lines were recorded without departures; eval partial --out writes them.');
  }
  return lines;
}

/**
 * The model writes an item's line.
 * @throws AbortError; Error with one sentence when the model cannot answer
 */
export async function writeLine(model: LanguageModel, item: EditItem, signal: AbortSignal): Promise<LineOfItem> {
  const { text, tokens, departures } = await writeCompletion(model, promptOf(item), signal);
  return lineFrom(item, 0, text, tokens, departures);
}

export interface WrittenLine extends Pick<Completion, 'text' | 'tokens' | 'departures'> {
  /** Probability (0-1) that the line is right, as `complete` gives it: calibrated, where the model can say. */
  readonly probability: number;
}

/** The model's line and the departures from it that holes are chosen by. @throws as writeLine */
export async function writeCompletion(model: LanguageModel, prompt: Prompt, signal: AbortSignal): Promise<WrittenLine> {
  const asked = { prompt, departures: { count: DEPARTURES } };
  const { continuation, departures } = await generateLine(model, asked, signal);
  const { text, tokens, logProbability } = continuation;
  const probability = continuation.probability ?? Math.exp(logProbability);
  return {
    text,
    tokens,
    probability,
    ...(departures === undefined ? {} : { departures: departuresOf(tokens, departures) }),
  };
}
