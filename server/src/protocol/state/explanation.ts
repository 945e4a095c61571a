// How a suggestion came about: its tokens with layers and probabilities, and what it cost.

import { reasonSentence, type CompletionResult } from '../../completion/index.js';
import { calibrationWords, type GeneratedToken, type GenerationTiming, type ModelState } from '../../model/index.js';
import { decimal, joined, words, type Words } from '../../common/words.js';
import type { ExplainedToken } from '../messages.js';

export interface ExplainedSuggestion {
  readonly outcome: Words;
  readonly tokens: readonly (Omit<ExplainedToken, 'drafted'> & { readonly drafted?: Words })[];
  readonly figures: readonly Words[];
}

const draftWords: Readonly<Record<NonNullable<GeneratedToken['drafted']>, Words>> = {
  prompt: words('followed the same words above'),
  reference: words('followed the same words elsewhere'),
  layer: words('proposed by the draft layer'),
  both: words('followed the same words, and the draft layer agreed'),
};

/** @param state of the model, which says what its probabilities are worth */
export function explain(result: CompletionResult, latencyMs: number, state: ModelState): ExplainedSuggestion {
  const calibration = state.kind === 'ready' ? state.calibration : undefined;
  const worth = words('The probability is {0}.', calibrationWords(calibration));
  if (result.kind === 'none') {
    const { reason, attempt, timing } = result;
    return {
      outcome: reasonSentence(reason),
      tokens: attempt === undefined ? [] : explainTokens(attempt.text, attempt.tokens),
      figures: [
        ...(attempt === undefined ? [] : [worth]),
        ...describeTiming(timing, latencyMs),
        ...describeRead(result.read),
      ],
    };
  }
  const [first] = result.suggestions;
  return {
    outcome: words('Suggested, with a probability of {0} of being what you write.', percent(first?.probability ?? 0)),
    tokens: first === undefined ? [] : explainTokens(first.text, first.tokens),
    figures: [
      worth,
      ...(first?.holes === undefined ? [] : [first.holes.sentence]),
      ...(result.source === 'cache'
        ? [words('Known from an earlier request.')]
        : [...describeTiming(result.timing, latencyMs), ...describeRead(result.read)]),
    ],
  };
}

function explainTokens(text: string, tokens: readonly GeneratedToken[]): ExplainedSuggestion['tokens'] {
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

function describeTiming(timing: GenerationTiming | undefined, latencyMs: number): readonly Words[] {
  if (timing === undefined) return [];
  const { promptTokens, cachedTokens, promptMs, decodeMs, tokens, drafted, passes, layersPerToken, exits } = timing;
  const early = Object.entries(exits).map(([layer, count]) => words('{0} after layer {1}', count, layer));
  return [
    words('{0} ms in all.', Math.round(latencyMs)),
    words('Prompt: {0} tokens, {1} of them known, {2} ms.', promptTokens, cachedTokens, Math.round(promptMs)),
    words(
      'Decoding: {0} tokens in {1} passes, {2} of them drafted, {3} ms.',
      tokens,
      passes,
      drafted,
      Math.round(decodeMs),
    ),
    words('{0} layers a token on average ({1}).', decimal(layersPerToken, 1), joined(early, ', ')),
  ];
}

function describeRead(paths: readonly string[] = []): readonly Words[] {
  return paths.length === 0 ? [] : [words('The model was also shown pieces of {0}.', paths.join(', '))];
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
