// A block as the model writes it where nobody asks that each of its lines be likely. Most such blocks are wrong somewhere:
// they are what partial programs of several lines are made from.

import type { Continuation, LanguageModel } from '../../model/index.js';
import { linesOf } from '../../partial/index.js';
import { joinLines } from '../cut/continuation.js';
import { cutLines } from '../cut/cutLines.js';
import { mostLines, oneLine, opensBlock, type Extent } from '../cut/extent.js';
import type { Place } from '../place/place.js';
import { generate, type Question } from './ask.js';

export interface BlockQuestion extends Pick<Question, 'place' | 'settings' | 'start'> {
  /** Of the place; where it is a line, that line may open a block. */
  readonly kind: Extent['kind'];
  /** What is known of it already: it is only to be verified. */
  readonly known?: string;
}

/** As many lines as there may be are kept, however unlikely they are together. */
const LEAST_PROBABILITY = 0;

/**
 * @param maximumMs the lines that are whole by then are taken
 * @returns undefined where it is no block: a single line
 * @throws AbortError when the signal is aborted
 */
export async function askBlock(
  model: LanguageModel,
  { place, kind, settings, start, known }: BlockQuestion,
  maximumMs: number,
  signal: AbortSignal,
): Promise<Continuation | undefined> {
  const write = async (from: Place, extent: Extent, ms: number): Promise<Continuation | undefined> => {
    const question = {
      place: from,
      extent,
      alternatives: 1,
      settings: { ...settings, maximumMs: ms },
      earlyStopBelow: 0,
      nearby: known === undefined ? [] : [place.linePrefix + known],
      start,
    };
    return (await generate(model, question, signal)).continuations[0];
  };
  const most = mostLines(settings.lines);
  if (most === 1 || place.rest.trim() !== '') return undefined;
  const extent = blockExtent(kind, most, place);
  if (kind !== 'line') return several(await write(place, extent, maximumMs), place, extent);
  const first = await write(place, oneLine, maximumMs);
  if (first?.finish !== 'lines' || !opensBlock(place.linePrefix + first.text, place.document.languageId))
    return undefined;
  const below = { ...place, prefix: `${place.prefix}${first.text}\n` };
  const body = await write(below, { ...extent, maximumLines: extent.maximumLines - 1 }, maximumMs);
  return body === undefined ? undefined : several(joinLines(first, body), place, extent);
}

/** The kind that a line's block has is a body: the line opens it. */
function blockExtent(kind: Extent['kind'], most: number, { linePrefix }: Place): Extent {
  // Behind an opener the first newline only ends the opener's own line.
  return { kind: kind === 'line' ? 'body' : kind, maximumLines: linePrefix.trim() === '' ? most : most + 1 };
}

function several(written: Continuation | undefined, place: Place, extent: Extent): Continuation | undefined {
  if (written === undefined) return undefined;
  const cut = cutLines(written, place, extent, LEAST_PROBABILITY);
  return linesOf(cut.text).length > 1 ? cut : undefined;
}
