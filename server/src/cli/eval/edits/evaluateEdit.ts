// Continues one line that a commit added, and compares.

import type { ItemPrompt } from '../../../measure/contextFiles.js';
import type { EditItem } from '../../../measure/editItem.js';
import type { LanguageModel } from '../../../model/index.js';
import { generateInModes, type ModesOption } from '../modes.js';
import type { EditResult } from './editsReport.js';

/**
 * Generates the rest of an item's line and compares it with the line that was written, both without white space at their
 * ends: a mid-line item may begin with the space that the model, rightly, puts at the end of the token before.
 */
export async function evaluateEdit(
  model: LanguageModel,
  item: EditItem,
  { prompt, references }: Pick<ItemPrompt, 'prompt' | 'references'>,
  options: ModesOption,
  signal: AbortSignal,
): Promise<EditResult> {
  const isRight = (text: string): boolean => text.trim() === item.target_line.trim();
  const { continuation, timing, ms, modes } = await generateInModes(
    model,
    prompt,
    references,
    options,
    isRight,
    signal,
  );
  return {
    id: item.id,
    repo: item.repo,
    language: item.language,
    kind: item.kind,
    generated: continuation.text,
    target: item.target_line,
    right: isRight(continuation.text),
    logProbability: continuation.logProbability,
    probability: continuation.probability,
    list: [...continuation.tokens],
    modes: [...modes],
    promptTokens: timing.promptTokens,
    tokens: timing.tokens,
    drafted: timing.drafted,
    layersPerToken: timing.layersPerToken,
    promptMs: timing.promptMs,
    decodeMs: timing.decodeMs,
    ms,
  };
}
