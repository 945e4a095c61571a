// The human view of a suggestion: the file's lines around the cursor with the suggestion in place, and what it cost.

import { styleText } from 'node:util';
import type { CompletionResult, Suggestion } from '../../completion/index.js';
import { calibrationWords, type CalibrationNote } from '../../model/index.js';
import { inEnglish } from '../../common/words.js';
import { milliseconds, percent, shortened } from '../terminal/output.js';

type Suggested = Extract<CompletionResult, { kind: 'suggestions' }>;

/** Lines shown before and after the suggestion. */
const AROUND = 3;

/** @param calibration of the model; where it has none, its probabilities are called so */
export function viewSuggestions(
  text: string,
  result: Suggested,
  calibration: CalibrationNote | undefined,
  coloured = mayColour(),
): string {
  const [first, ...others] = result.suggestions;
  if (first === undefined) return '';
  const likely = (probability: number): string =>
    `${percent(probability)} likely${calibration === undefined ? ` (${inEnglish(calibrationWords(undefined))})` : ''}`;
  return [
    viewInPlace(text, first, coloured),
    '',
    [likely(first.probability), ...describeTiming(result)].join(', '),
    ...(calibration?.date === undefined ? [] : [`The probability is ${inEnglish(calibrationWords(calibration))}.`]),
    ...others.map((other, index) => `${index + 2}: ${mark(other.text, coloured)} (${likely(other.probability)})`),
  ].join('\n');
}

/** Lines with their numbers; what is suggested is coloured, or stands between «». */
function viewInPlace(text: string, { range, text: suggested }: Suggestion, coloured: boolean): string {
  const before = text.slice(0, range.start).split(/\r\n|\r|\n/);
  const after = text.slice(range.end).split(/\r\n|\r|\n/);
  const shownBefore = before
    .slice(-AROUND - 1)
    .map((line, index, all) => shortened(line, index === all.length - 1 ? 'end' : 'start'));
  const shownAfter = after.slice(0, AROUND + 1).map((line) => shortened(line));
  const shown = shownBefore.join('\n') + mark(suggested.replaceAll('\r\n', '\n'), coloured) + shownAfter.join('\n');
  const firstNumber = before.length - shownBefore.length + 1;
  const lines = shown.split('\n');
  const width = String(firstNumber + lines.length - 1).length;
  return lines.map((line, index) => `${String(firstNumber + index).padStart(width)} | ${line}`.trimEnd()).join('\n');
}

function mark(suggested: string, coloured: boolean): string {
  if (!coloured) return `«${suggested}»`;
  // Line by line, since each line gets its number in front.
  return suggested
    .split('\n')
    .map((line) => styleText('green', line))
    .join('\n');
}

function describeTiming({ source, timing }: Suggested): string[] {
  if (source === 'cache' || timing === undefined) return ['known from before'];
  const { promptMs, decodeMs, tokens, layersPerToken } = timing;
  return [
    `${milliseconds(promptMs + decodeMs)} (prompt ${milliseconds(promptMs)})`,
    `${tokens} tokens`,
    // The first token comes out of the prompt's pass, so decoding computed one less.
    ...(tokens > 1 && decodeMs > 0 ? [`${(((tokens - 1) / decodeMs) * 1000).toFixed(1)} tokens/s`] : []),
    `${layersPerToken.toFixed(1)} layers a token`,
  ];
}

function mayColour(): boolean {
  return process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '';
}
