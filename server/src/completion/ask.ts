// Asks the model for a place: how much, how long, and whether to go on when the first line opens a block.

import type { Continuation, Generation, LanguageModel } from '../model/index.js';
import { joinLines } from './continuation.js';
import { cutLines } from './cutLines.js';
import { mostLines, opensBlock, severalLines, type Extent } from './extent.js';
import type { Place } from './place.js';
import { promptOf } from './prompt.js';
import type { CompletionSettings } from './types.js';

export interface Question {
  readonly place: Place;
  readonly extent: Extent;
  readonly alternatives: number;
  readonly settings: CompletionSettings;
}

export interface AskedAnswer {
  readonly continuations: readonly Continuation[];
  readonly timing: Generation['timing'];
}

const TOKENS_OF_ONE_LINE = 64;
const TOKENS_OF_A_FURTHER_LINE = 20;
const MAXIMUM_TOKENS = 200;

/** A line that opens a block is continued when it is at least this likely: else the block would hang in the air. */
const LIKELY_OPENER = 0.7;

/** Share of the time that the first line may have taken for there to be time for more. */
const SHARE_OF_FIRST_LINE = 0.4;

export async function ask(
  model: LanguageModel,
  question: Question,
  now: () => number,
  signal: AbortSignal,
): Promise<AskedAnswer> {
  const { place, extent, settings } = question;
  const began = now();
  const generation = await generate(model, question, signal);
  const continuations = generation.continuations.map((continuation) => cutLines(continuation, place, extent));
  const leftMs = settings.maximumMs - (now() - began);
  const [first, ...others] = continuations;
  if (first === undefined || leftMs < (1 - SHARE_OF_FIRST_LINE) * settings.maximumMs) {
    return { continuations, timing: generation.timing };
  }
  if (!opensLikelyBlock(first, question)) return { continuations, timing: generation.timing };
  const more = await continueBlock(model, first, question, leftMs, signal);
  return { continuations: [more, ...others], timing: generation.timing };
}

function generate(model: LanguageModel, question: Question, signal: AbortSignal): Promise<Generation> {
  const { place, extent, alternatives, settings } = question;
  const { maximumLines, minimumLineProbability } = extent;
  return model.generate(
    {
      prompt: promptOf(place),
      alternatives,
      maximumLines,
      maximumTokens: Math.min(MAXIMUM_TOKENS, TOKENS_OF_ONE_LINE + TOKENS_OF_A_FURTHER_LINE * (maximumLines - 1)),
      maximumMs: settings.maximumMs,
      ...(minimumLineProbability === undefined ? {} : { minimumLineProbability }),
    },
    signal,
  );
}

function opensLikelyBlock(first: Continuation, { place, extent, settings }: Question): boolean {
  return (
    extent.kind === 'line' &&
    settings.lines !== 1 &&
    place.rest.trim() === '' &&
    first.finish === 'lines' &&
    Math.exp(first.logProbability) >= LIKELY_OPENER &&
    opensBlock(place.linePrefix + first.text, place.document.languageId)
  );
}

/** The line with its block, or the line alone where the block is not likely enough or does not end. */
async function continueBlock(
  model: LanguageModel,
  first: Continuation,
  question: Question,
  leftMs: number,
  signal: AbortSignal,
): Promise<Continuation> {
  const { place, settings } = question;
  const extent = severalLines('body', mostLines(settings.lines));
  const prefix = `${place.prefix}${first.text}\n`;
  const { continuations } = await generate(
    model,
    {
      ...question,
      place: { ...place, prefix },
      extent: { ...extent, maximumLines: extent.maximumLines - 1 },
      alternatives: 1,
      settings: { ...settings, maximumMs: leftMs },
    },
    signal,
  );
  const [block] = continuations;
  if (block === undefined || block.text.trim() === '') return first;
  return cutLines(joinLines(first, block), place, extent);
}
