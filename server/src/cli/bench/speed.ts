// How fast a model reads and writes, measured through the interface that the completer uses, so that one measurement
// serves every model.

import type { GenerateRequest, GenerationTiming, LanguageModel } from '../../model/index.js';
import { mean, percentile } from '../../measure/statistics.js';

/** Context at which decoding is measured, in tokens. */
const CONTEXT_TOKENS = 512;
const DECODED_TOKENS = 48;
/** A first guess; the probe puts it right. */
const CHARACTERS_PER_TOKEN = 3.5;

export interface Speed {
  readonly prompt: { readonly tokens: number | undefined; readonly tokensPerSecond: number | undefined };
  readonly decode: {
    readonly context: number | undefined;
    readonly tokens: number;
    readonly msPerToken: number | undefined;
  };
}

/** Requests of about CONTEXT_TOKENS tokens, no two of which begin alike, so that every prompt is cold. */
export async function speedRequests(
  model: LanguageModel,
  text: string,
  count: number,
  signal: AbortSignal,
): Promise<GenerateRequest[]> {
  const guess = requestOf(text, 0, Math.round(CONTEXT_TOKENS * CHARACTERS_PER_TOKEN), 1);
  const probe = await model.generate(guess, signal);
  const length = Math.round((guess.prompt.prefix.length / probe.timing.promptTokens) * CONTEXT_TOKENS);
  return Array.from({ length: count }, (_, i) => requestOf(text, i + 1, length, DECODED_TOKENS));
}

/** Nothing follows the cursor: a model that has something to join would end its text too soon to be timed. */
function requestOf(text: string, number: number, length: number, maximumTokens: number): GenerateRequest {
  const start = (number * 97) % text.length;
  const source = text.slice(start) + text.repeat(Math.ceil(length / text.length));
  return {
    prompt: { key: `speed-${number}`, path: `speed${number}.ts`, prefix: source.slice(0, length), suffix: '' },
    alternatives: 1,
    maximumLines: 1000,
    maximumTokens,
    maximumMs: 60_000,
    // The text repeats itself more than code does, which would flatter the drafts.
    exits: 'off',
  };
}

/** Medians over several requests. The first token comes out of the prompt's pass, so decoding begins with the second. */
export function speedOf(timings: readonly GenerationTiming[]): Speed {
  const decoded = timings.filter(({ tokens }) => tokens > 1);
  return {
    prompt: {
      tokens: mean(timings.map(({ promptTokens, cachedTokens }) => promptTokens - cachedTokens)),
      tokensPerSecond: percentile(
        timings.map(({ promptTokens, cachedTokens, promptMs }) => ((promptTokens - cachedTokens) / promptMs) * 1000),
        0.5,
      ),
    },
    decode: {
      context: mean(timings.map(({ promptTokens }) => promptTokens)),
      tokens: decoded.reduce((sum, { tokens }) => sum + tokens - 1, 0),
      msPerToken: percentile(
        decoded.map(({ decodeMs, tokens }) => decodeMs / (tokens - 1)),
        0.5,
      ),
    },
  };
}
