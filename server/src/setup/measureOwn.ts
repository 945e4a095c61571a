// Holes measured on the user's own lines: the model writes each again as it would have at that time, and what it wrote is
// held against what the user did.

import type { LanguageModel } from '../model/index.js';
import { evaluateLine, type CalibrationLine, type TrainedScore } from '../partial/index.js';
import type { Syntax } from '../syntax/index.js';
import type { EditItem } from '../measure/editItem.js';
import { writeLine } from '../measure/writeLine.js';

/** @throws AbortError; Error with one sentence when the model cannot answer */
export async function measureOwn(
  items: readonly EditItem[],
  model: LanguageModel,
  score: TrainedScore | undefined,
  syntax: Syntax,
  advance: () => void,
  signal: AbortSignal,
): Promise<readonly CalibrationLine[]> {
  const lines: CalibrationLine[] = [];
  for (const item of items) {
    signal.throwIfAborted();
    const { completion, author } = await writeLine(model, item, signal);
    const evaluated = await evaluateLine(completion, author, { syntax, score, methods: ['lacuna'] });
    lines.push({ languageId: completion.languageId, repository: item.repo, path: item.path, evaluated });
    advance();
  }
  return lines;
}
