// From a continuation to what is shown: the filters change the text, and here tokens and probability follow it.

import type { Continuation, GeneratedToken } from '../../model/index.js';
import { cutContinuation } from '../cut/continuation.js';
import { postprocess, type Dropped, type FilterContext } from '../postprocess/index.js';
import { keepsBalance } from '../rest/balance.js';
import { fitRest } from '../rest/restOfLine.js';
import { breaksWord } from '../rest/spelling.js';
import type { Suggestion } from '../types.js';
import { isCutShort, wholePart } from '../cut/unfinished.js';

/** The suggestion that a continuation makes at its place, or why it makes none. */
export function showContinuation(continuation: Continuation, context: FilterContext): Suggestion | Dropped {
  const { place } = context;
  if (continuation.finish === 'time' && continuation.text === '') return { dropped: 'outOfTime' };
  if (continuation.finish === 'earlyStop') return { dropped: 'unsure' };
  const isShort = isCutShort(continuation);
  const generated = isShort ? wholePart(continuation.text, place) : continuation.text;
  if (isShort && generated.trim() === '')
    return { dropped: continuation.finish === 'time' ? 'outOfTime' : 'unfinished' };
  const filtered = postprocess(generated, context);
  if (typeof filtered !== 'string') return filtered;
  const { consumed } = fitRest(filtered, place);
  if (breaksWord(filtered + place.rest.slice(consumed), filtered.length)) return { dropped: 'joinsWords' };
  if (!keepsBalance(filtered, consumed, place)) return { dropped: 'unbalanced' };
  const text = withLineEnds(place.inserted + filtered, place.lineEnd);
  const { positions, aligned } = align(continuation.text, text, place.inserted.length);
  const shown = cutContinuation(continuation, aligned);
  return {
    text,
    range: { start: place.range.start, end: place.range.end + consumed },
    probability: Math.exp(shown.logProbability),
    tokens: shown.tokens.map((token) => moveToken(token, positions)),
  };
}

function withLineEnds(text: string, lineEnd: string): string {
  return lineEnd === '\n' ? text : text.replace(/\r?\n/g, lineEnd);
}

function moveToken(token: GeneratedToken, positions: readonly number[]): GeneratedToken {
  return { ...token, start: positions[token.start] ?? token.start, end: positions[token.end] ?? token.end };
}

/**
 * Where each code unit of the generated text stands in the shown one. The filters cut at the end, append closers, and
 * change white space; the rest is equal, so one walk along both suffices.
 * @param from where the generated text begins in the shown one
 */
function align(
  generated: string,
  shown: string,
  from: number,
): { readonly positions: readonly number[]; readonly aligned: number } {
  const positions: number[] = [];
  let at = 0;
  let to = from;
  while (at < generated.length) {
    const char = generated[at]!;
    if (to < shown.length && char === shown[to]) {
      positions[at++] = to++;
    } else if (isSpace(char)) {
      positions[at++] = to;
    } else if (to < shown.length && isSpace(shown[to]!)) {
      to++;
    } else {
      break;
    }
  }
  // White space that was trimmed at the end is not shown; the line end that finished the text still counts.
  const end = generated.slice(0, at).trimEnd().length;
  const aligned = end === generated.trimEnd().length ? generated.length : end;
  for (let rest = at; rest <= generated.length; rest++) positions[rest] = to;
  return { positions, aligned };
}

function isSpace(char: string): boolean {
  return /\s/.test(char);
}
