// Asks the model for a place: how much, how long, and whether to go on when the first line opens a block.

import type { Continuation, BranchesRequest, Generation, GenerationTiming, LanguageModel } from '../../model/index.js';
import { openAfter } from '../cut/brackets.js';
import { withRecalibratedTokens } from './certainty.js';
import { joinLines } from '../cut/continuation.js';
import { cutLines } from '../cut/cutLines.js';
import { mostLines, opensBlock, severalLines, type Extent } from '../cut/extent.js';
import type { Place } from '../place/place.js';
import { aroundWindow, promptOf, type PromptStart } from './prompt.js';
import type { CompletionSettings } from '../types.js';

export interface Question {
  readonly place: Place;
  readonly extent: Extent;
  readonly alternatives: number;
  readonly settings: CompletionSettings;
  /** Where a line is less likely right than this (0-1), decoding stops. */
  readonly earlyStopBelow: number;
  readonly nearby: readonly string[];
  readonly start: PromptStart;
}

export interface AskedAnswer {
  readonly continuations: readonly Continuation[];
  readonly timing: GenerationTiming;
}

const TOKENS_OF_ONE_LINE = 64;
const TOKENS_OF_A_FURTHER_LINE = 20;
const MAXIMUM_TOKENS = 200;

/** A line that opens a block is continued when it is at least this likely: else the block would hang in the air. */
const LIKELY_OPENER = 0.7;

/** The block is added only where the line came within so many milliseconds, and if it comes within so many more. */
const FIRST_LINE_MS = 500;
const BLOCK_MS = 800;

export async function ask(
  model: LanguageModel,
  question: Question,
  now: () => number,
  signal: AbortSignal,
): Promise<AskedAnswer> {
  const { place, extent, settings } = question;
  const began = now();
  const generation = await generate(model, question, signal);
  const continuations = generation.continuations.map((continuation) =>
    cutLines(withRecalibratedTokens(continuation), place, extent),
  );
  const [first, ...others] = continuations;
  const takenMs = now() - began;
  const leftMs = Math.min(BLOCK_MS, settings.maximumMs - takenMs);
  if (first === undefined || takenMs > FIRST_LINE_MS || leftMs <= 0 || !opensLikelyBlock(first, question)) {
    return { continuations, timing: generation.timing };
  }
  const more = await continueBlock(model, first, question, leftMs, signal);
  return { continuations: [more.continuation, ...others], timing: addTimings(generation.timing, more.timing) };
}

/** Asks for a place as it is; what comes is not cut. */
export function generate(model: LanguageModel, question: Question, signal: AbortSignal): Promise<Generation> {
  const { place, extent, alternatives, settings, earlyStopBelow, nearby, start } = question;
  const { maximumLines, minimumLineProbability } = extent;
  return model.generate(
    {
      prompt: promptOf(place, start),
      alternatives,
      maximumLines,
      maximumTokens: Math.min(MAXIMUM_TOKENS, TOKENS_OF_ONE_LINE + TOKENS_OF_A_FURTHER_LINE * (maximumLines - 1)),
      maximumMs: settings.maximumMs,
      exits: settings.exits,
      earlyStopBelow,
      references: [...aroundWindow(place), ...nearby],
      ...(minimumLineProbability === undefined ? {} : { minimumLineProbability }),
      ...(maximumLines === 1 ? {} : { indentation: /^[ \t]*/.exec(place.linePrefix)![0] }),
    },
    signal,
  );
}

/**
 * Other lines that the model might have written in place of one; undefined where there was no time, or it would now write
 * another one.
 */
export async function askBranches(
  model: LanguageModel,
  { place, settings, start }: Pick<Question, 'place' | 'settings' | 'start'>,
  line: Continuation,
  wanted: BranchesRequest,
  signal: AbortSignal,
): Promise<readonly Continuation[] | undefined> {
  const { continuations, branches } = await model.generate(
    {
      prompt: promptOf(place, start),
      alternatives: 1,
      maximumLines: 1,
      maximumTokens: TOKENS_OF_ONE_LINE,
      maximumMs: settings.maximumMs,
      exits: settings.exits,
      branches: wanted,
      // The line is known, so it is only to be verified; and most branches come back to it.
      references: [place.linePrefix + line.text],
    },
    signal,
  );
  return continuations[0]?.text === line.text ? branches : undefined;
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
): Promise<{ readonly continuation: Continuation; readonly timing: GenerationTiming }> {
  const { place, settings } = question;
  const extent = severalLines('body', mostLines(settings.lines));
  const { continuations, timing } = await generate(
    model,
    {
      ...question,
      place: { ...place, prefix: `${place.prefix}${first.text}\n` },
      extent: { ...extent, maximumLines: extent.maximumLines - 1 },
      alternatives: 1,
      settings: { ...settings, maximumMs: leftMs },
    },
    signal,
  );
  const [block] = continuations;
  if (block === undefined || block.text.trim() === '') return { continuation: first, timing };
  const joined = cutLines(joinLines(first, withRecalibratedTokens(block)), place, extent);
  return { continuation: isClosed(joined, place) ? joined : first, timing };
}

function isClosed({ text }: Continuation, { linePrefix, document }: Place): boolean {
  const { brackets, strings } = openAfter(linePrefix + text, document.languageId);
  return brackets.length === 0 && strings.length === 0 && text.includes('\n');
}

function addCounts(first: GenerationTiming['exits'], second: GenerationTiming['exits']): GenerationTiming['exits'] {
  const sum: Record<number, number> = { ...first };
  for (const [layer, count] of Object.entries(second)) sum[Number(layer)] = (sum[Number(layer)] ?? 0) + count;
  return sum;
}

function addTimings(first: GenerationTiming, second: GenerationTiming): GenerationTiming {
  const tokens = first.tokens + second.tokens;
  const layers = first.layersPerToken * first.tokens + second.layersPerToken * second.tokens;
  return {
    promptTokens: first.promptTokens,
    cachedTokens: first.cachedTokens,
    queueMs: first.queueMs + second.queueMs,
    promptMs: first.promptMs + second.promptMs,
    decodeMs: first.decodeMs + second.decodeMs,
    tokens,
    drafted: first.drafted + second.drafted,
    layersPerToken: tokens === 0 ? 0 : layers / tokens,
    passes: first.passes + second.passes,
    exits: addCounts(first.exits, second.exits),
  };
}
