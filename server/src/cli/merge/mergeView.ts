// What `merge` prints: for every conflict its answers, with what they are made of and how likely they are.

import {
  brokenSentence,
  type Conflict,
  noResolutionSentence,
  patternPhrase,
  type Resolution,
} from '../../merge/index.js';
import { inEnglish } from '../../common/words.js';
import { percent, shortened } from '../terminal/output.js';
import { namesClause } from './resolvedConflicts.js';
import type { AnsweredConflict, ResolvedText } from './resolveText.js';

export interface MergedFileResult {
  readonly name: string;
  /** What the file holds already; undefined where three versions make it. */
  readonly onDisk: string | undefined;
  readonly resolved: ResolvedText;
  /** Why nothing was resolved, where the reason is no answer's. */
  readonly note?: string;
}

export type FileResult = MergedFileResult | FailedFile;

/** A file that could not be used, and why, in a sentence. */
export interface FailedFile {
  readonly name: string;
  readonly error: string;
}

/** Answers that are listed where none is certain. */
const LISTED = 3;

/** Lines of an answer that are shown. */
const SHOWN_LINES = 12;

export function failedFileJson({ name, error }: FailedFile): object {
  return { file: name, conflicts: [], broken: [], left: null, text: null, error };
}

export function mergedFileJson({ name, resolved, note }: MergedFileResult): object {
  const { answers, broken, text, left } = resolved;
  return {
    file: name,
    conflicts: answers.map(({ conflict, result, applied }) => ({
      line: conflict.line + 1,
      names: conflict.labels,
      resolutions: result.resolutions.map(
        ({ text: resolution, pattern, confidence, parses, explanation, refusal, settled }) => ({
          text: resolution,
          pattern,
          confidence,
          parses,
          explanation: inEnglish(explanation),
          ...(refusal === undefined ? {} : { refused: refusal }),
          ...(settled === undefined ? {} : { settled: { ours: settled.ours, theirs: settled.theirs } }),
        }),
      ),
      ...(result.reason === undefined ? {} : { reason: inEnglish(noResolutionSentence(result.reason)) }),
      applied: applied !== undefined,
    })),
    broken: broken.map(({ line, reason }) => ({ line: line + 1, reason: inEnglish(brokenSentence(reason)) })),
    left,
    text,
    ...(note === undefined ? {} : { note }),
  };
}

export function viewMergedFiles(results: readonly FileResult[], written: boolean): string {
  return results.map((result) => ('error' in result ? result.error : viewMergedFile(result, written))).join('\n\n');
}

function viewMergedFile({ name, resolved, note }: MergedFileResult, written: boolean): string {
  if (note !== undefined) return `${name}: ${note}`;
  const { answers, broken, left } = resolved;
  const found = answers.length + broken.length;
  if (found === 0) return `${name}: no conflicts.`;
  const resolvedCount = found - left;
  const can = written ? 'resolved' : 'certain';
  return [
    `${name}: ${found} ${found === 1 ? 'conflict' : 'conflicts'}, ${resolvedCount} ${can}, ${left} left.`,
    ...answers.flatMap((answer) => ['', ...viewAnswer(answer)]),
    ...broken.map(({ line, reason }) => `\nLine ${line + 1}: ${inEnglish(brokenSentence(reason))}`),
    ...(written || resolvedCount === 0 ? [] : ['', 'Nothing was written; --write does it.']),
  ].join('\n');
}

function viewAnswer({ conflict, result, applied }: AnsweredConflict): string[] {
  const place = `Line ${conflict.line + 1}`;
  if (applied !== undefined)
    return [`${place}: ${describe(applied, conflict)}`, ...textOf(applied), `  ${inEnglish(applied.explanation)}`];
  if (result.reason !== undefined) return [`${place}: ${inEnglish(noResolutionSentence(result.reason))}`];
  if (result.resolutions.length === 0) return [`${place}: there is no answer.`];
  return [
    `${place}: left, since no answer is certain enough.`,
    ...result.resolutions
      .slice(0, LISTED)
      .flatMap((resolution, index) => [`  ${index + 1}: ${describe(resolution, conflict)}`, ...textOf(resolution)]),
  ];
}

function describe(resolution: Resolution, { labels }: Conflict): string {
  const { confidence, parses } = resolution;
  const words = inEnglish(patternPhrase(resolution));
  const breaks = parses === false ? ', breaks the syntax' : '';
  return `${words} (${percent(confidence)} likely${breaks})${namesClause(labels, words)}`;
}

function textOf({ text }: Resolution): string[] {
  const lines = text.replaceAll('\r\n', '\n').replace(/\n$/, '').split('\n');
  const shown = lines.slice(0, SHOWN_LINES).map((line) => `    | ${shortened(line)}`.trimEnd());
  return lines.length > SHOWN_LINES ? [...shown, `    | and ${lines.length - SHOWN_LINES} more lines`] : shown;
}
