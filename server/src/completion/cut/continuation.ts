// Cutting and joining what the model generated, with tokens and probabilities kept in step with the text.

import type { Continuation, GeneratedToken } from '../../model/index.js';

/** The text up to an offset; a line end that is cut off there counts towards the probability, as it was predicted. */
export function cutContinuation(continuation: Continuation, end: number): Continuation {
  if (end >= continuation.text.length) return continuation;
  const text = continuation.text.slice(0, end);
  const isLineEnd = continuation.text[end] === '\n';
  const tokens = continuation.tokens
    .filter((token) => token.start < end || (isLineEnd && token.start === end))
    .map((token) => ({ ...token, end: Math.min(token.end, end) }));
  return { text, tokens, logProbability: sumOf(tokens), finish: isLineEnd ? 'lines' : continuation.finish };
}

/** What is left when the first `count` code units have been typed. A token that is partly left counts in full. */
export function dropTyped(continuation: Continuation, count: number): Continuation {
  if (count === 0) return continuation;
  const finishing = continuation.logProbability - sumOf(continuation.tokens);
  const tokens = continuation.tokens
    .filter((token) => token.end > count || token.start >= count)
    .map((token) => ({ ...token, start: Math.max(0, token.start - count), end: Math.max(0, token.end - count) }));
  return {
    text: continuation.text.slice(count),
    tokens,
    logProbability: sumOf(tokens) + finishing,
    finish: continuation.finish,
  };
}

/** A finished line and the lines that were generated after it. */
export function joinLines(first: Continuation, second: Continuation): Continuation {
  const shift = first.text.length + 1;
  return {
    text: `${first.text}\n${second.text}`,
    tokens: [
      ...first.tokens,
      ...second.tokens.map((token) => ({ ...token, start: token.start + shift, end: token.end + shift })),
    ],
    logProbability: first.logProbability + second.logProbability,
    finish: second.finish,
  };
}

/** Logarithm of the probability of tokens, calibrated where that is known. */
export function sumOf(tokens: readonly GeneratedToken[]): number {
  return tokens.reduce((sum, { share, logProbability }) => sum + (share ?? logProbability), 0);
}
