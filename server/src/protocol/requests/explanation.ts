// How a suggestion came about: its tokens with layers and probabilities, and what it cost.

import { reasonSentence, type CompletionResult } from '../../completion/index.js';
import type { GeneratedToken, GenerationTiming } from '../../model/index.js';
import type { ExplainedToken, Explanation } from '../messages.js';

const draftWords: Readonly<Record<NonNullable<GeneratedToken['drafted']>, string>> = {
  prompt: 'followed the same words above',
  reference: 'followed the same words elsewhere',
  layer: 'proposed by the draft layer',
  both: 'followed the same words, and the draft layer agreed',
};

export function explain(result: CompletionResult, latencyMs: number): Explanation {
  if (result.kind === 'none') {
    const { reason, attempt, timing } = result;
    return {
      outcome: reasonSentence(reason),
      tokens: attempt === undefined ? [] : explainTokens(attempt.text, attempt.tokens),
      figures: [...describeTiming(timing, latencyMs), ...describeRead(result.read)],
    };
  }
  const [first] = result.suggestions;
  return {
    outcome: `Suggested, with a probability of ${percent(first?.probability ?? 0)} of being what you write.`,
    tokens: first === undefined ? [] : explainTokens(first.text, first.tokens),
    figures:
      result.source === 'cache'
        ? ['Known from an earlier request.']
        : [...describeTiming(result.timing, latencyMs), ...describeRead(result.read)],
  };
}

function explainTokens(text: string, tokens: readonly GeneratedToken[]): readonly ExplainedToken[] {
  return tokens
    .filter(({ start, end }, i) => end > start || i === tokens.length - 1)
    .map(({ start, end, layers, logProbability, right, drafted }) => ({
      // The last token may be the line end, which is not part of the text.
      text: end > start ? text.slice(start, end) : '⏎',
      layers,
      probability: Math.exp(logProbability),
      ...(right === undefined ? {} : { right }),
      ...(drafted === undefined ? {} : { drafted: draftWords[drafted] }),
    }));
}

function describeTiming(timing: GenerationTiming | undefined, latencyMs: number): readonly string[] {
  if (timing === undefined) return [];
  const { promptTokens, cachedTokens, promptMs, decodeMs, tokens, drafted, passes, layersPerToken, exits } = timing;
  const early = Object.entries(exits).map(([layer, count]) => `${count} after layer ${layer}`);
  return [
    `${Math.round(latencyMs)} ms in all.`,
    `Prompt: ${promptTokens} tokens, ${cachedTokens} of them known, ${Math.round(promptMs)} ms.`,
    `Decoding: ${tokens} tokens in ${passes} passes, ${drafted} of them drafted, ${Math.round(decodeMs)} ms.`,
    `${layersPerToken.toFixed(1)} layers a token on average (${early.join(', ')}).`,
  ];
}

function describeRead(paths: readonly string[] = []): readonly string[] {
  return paths.length === 0 ? [] : [`The model was also shown pieces of ${paths.join(', ')}.`];
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
