// What a calibration measures: the model writes each line again as it would have at that time, and what it wrote is held
// against what the author did. A line that was written before is taken as it was.

import { generalLogit, logOddsOf, type LanguageModel } from '../model/index.js';
import { BRANCHES, branchesOf, evaluateLine, type CalibrationLine, type TrainedScore } from '../partial/index.js';
import type { Syntax } from '../syntax/index.js';
import { promptsWith, type FilesOfItems, type PromptOf } from '../measure/contextFiles.js';
import type { EditItem } from '../measure/editItem.js';
import { generateLine } from '../measure/generateLine.js';
import { lineOfItem, recordOf, writtenRecord } from '../measure/partialRecords.js';
import type { JudgedLine } from '../measure/recalibrate.js';
import type { CalibrationRecord, CalibrationRecords } from './calibrationRecords.js';

export interface Measuring {
  readonly model: LanguageModel;
  /** What holes are chosen by; undefined leaves holes out. */
  readonly score: TrainedScore | undefined;
  readonly syntax: Syntax;
  /** Other files of the items' repositories, which the model is shown as the editor would; undefined shows none. */
  readonly files: FilesOfItems | undefined;
  readonly records: CalibrationRecords;
  readonly advance: () => void;
}

export interface Measured {
  readonly judged: readonly JudgedLine[];
  /** None where holes were left out. */
  readonly holes: readonly CalibrationLine[];
}

/** @throws AbortError; Error with one sentence when the model cannot answer */
export async function measureOwn(
  items: readonly EditItem[],
  { model, score, syntax, files, records, advance }: Measuring,
  signal: AbortSignal,
): Promise<Measured> {
  const [judged, holes]: [JudgedLine[], CalibrationLine[]] = [[], []];
  const promptOf = promptsWith(files, syntax);
  for (const item of items) {
    signal.throwIfAborted();
    const known = records.known.get(item.id);
    const record = known ?? (await written(model, item, promptOf, score !== undefined, records, signal));
    judged.push(judgedOf(item, record));
    if (score !== undefined) {
      const { completion, author } = lineOfItem(item, record);
      const evaluated = await evaluateLine(completion, author, { syntax, score, methods: ['lacuna'] });
      holes.push({ languageId: completion.languageId, repository: item.repo, path: item.path, evaluated });
    }
    advance();
  }
  return { judged, holes };
}

async function written(
  model: LanguageModel,
  item: EditItem,
  promptOf: PromptOf,
  hasBranches: boolean,
  records: CalibrationRecords,
  signal: AbortSignal,
): Promise<CalibrationRecord> {
  const { prompt } = await promptOf(item);
  const asked = { prompt, signals: true, ...(hasBranches ? { branches: { count: BRANCHES } } : {}) };
  const { continuation, branches } = await generateLine(model, asked, signal);
  const { text, tokens } = continuation;
  const bare = tokens.map(({ start, end, entropy, logProbability }) => ({ start, end, entropy, logProbability }));
  const completion = {
    text,
    tokens: bare,
    ...(branches === undefined ? {} : { branches: branchesOf(tokens, branches) }),
  };
  const logits = tokens.flatMap(({ signals }) => (signals === undefined ? [] : generalLogit(signals)));
  const record = { ...recordOf(item.id, completion), logits };
  await records.append(record);
  return { ...writtenRecord.parse(record), logits };
}

function judgedOf(item: EditItem, { generated, list, logits }: CalibrationRecord): JudgedLine {
  let logProbability = 0;
  return {
    path: item.path,
    right: generated.trim() === item.target_line.trim(),
    tokens: logits.map((controller, at) => {
      logProbability += list[at]?.logProbability ?? 0;
      return { controller, product: logOddsOf(logProbability), isForced: (list[at]?.end ?? 0) === 0 };
    }),
  };
}
