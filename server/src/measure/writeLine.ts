// The model writes the line of an item, with what holes in it are chosen by.

import type { LanguageModel, Prompt } from '../model/index.js';
import { BRANCHES, branchesOf, type Completion } from '../partial/index.js';
import { generateLine } from './generateLine.js';
import type { EditItem } from './editItem.js';
import { lineFrom, type LineOfItem } from './lineOfItem.js';

/**
 * The model writes an item's line.
 * @throws AbortError; Error with one sentence when the model cannot answer
 */
export async function writeLine(
  model: LanguageModel,
  item: EditItem,
  prompt: Prompt,
  signal: AbortSignal,
): Promise<LineOfItem> {
  const { text, tokens, branches } = await writeCompletion(model, prompt, signal);
  return lineFrom(item, 0, text, tokens, branches);
}

export interface WrittenLine extends Pick<Completion, 'text' | 'tokens' | 'branches'> {
  /** Probability (0-1) that the line is right, as `complete` gives it: calibrated, where the model can say. */
  readonly probability: number;
}

/** The model's line and the branches off it that holes are chosen by. @throws as writeLine */
export async function writeCompletion(model: LanguageModel, prompt: Prompt, signal: AbortSignal): Promise<WrittenLine> {
  const asked = { prompt, branches: { count: BRANCHES } };
  const { continuation, branches } = await generateLine(model, asked, signal);
  const { text, tokens, logProbability } = continuation;
  const probability = continuation.probability ?? Math.exp(logProbability);
  return {
    text,
    tokens,
    probability,
    ...(branches === undefined ? {} : { branches: branchesOf(tokens, branches) }),
  };
}
