// What might fill a hole: the model's own best beginnings there, each continued, and cut where the hole's subtree ends. They
// are asked for one hole after the other, with the prompt in the cache.

import type { Prompt, LanguageModel } from '../../model/index.js';
import { fillingsOf, type Completion, type Filling, type PartialCompletion } from '../../partial/index.js';
import type { Syntax } from '../../syntax/index.js';

/** Continuations asked for at a hole, and how long each may be. */
const ALTERNATIVES = 3;
const MAXIMUM_TOKENS = 24;
const MAXIMUM_MS = 5_000;

/** For each hole up to five fillings, the likeliest first; none for the rest of a line. */
export async function fillHoles(
  model: LanguageModel,
  prompt: Prompt,
  completion: Completion,
  { holes }: PartialCompletion,
  syntax: Syntax,
  signal: AbortSignal,
): Promise<readonly (readonly Filling[])[]> {
  const fillings: (readonly Filling[])[] = [];
  for (const { replaced, isRest } of holes) {
    if (isRest) {
      fillings.push([]);
      continue;
    }
    const { continuations } = await model.generate(
      {
        prompt: { ...prompt, prefix: prompt.prefix + completion.text.slice(0, replaced.start) },
        alternatives: ALTERNATIVES,
        maximumLines: 1,
        maximumTokens: MAXIMUM_TOKENS,
        maximumMs: MAXIMUM_MS,
      },
      signal,
    );
    fillings.push(await fillingsOf(completion, replaced, continuations, syntax));
  }
  return fillings;
}
