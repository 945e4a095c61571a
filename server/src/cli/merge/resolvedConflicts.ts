// What was resolved in a text, as entries of the log and as lines for standard error.

import { inEnglish } from '../../common/words.js';
import { patternPhrase, type Conflict } from '../../merge/index.js';
import type { LoggedResolution } from './mergeLog.js';
import { percent } from '../terminal/output.js';
import type { ResolvedText } from './resolveText.js';

export function resolvedConflicts(
  { answers }: ResolvedText,
  document: string,
  path: string,
  by: LoggedResolution['by'],
): LoggedResolution[] {
  const time = new Date().toISOString();
  const found: LoggedResolution[] = [];
  /** How many lines the text has gained so far. */
  let gained = 0;
  for (const { conflict, applied, isCertain } of answers) {
    if (applied === undefined) continue;
    const { text, pattern, confidence } = applied;
    const { ours, theirs } = conflict.labels;
    const marked = document.slice(conflict.range.start, conflict.range.end);
    found.push({
      time,
      by,
      path,
      line: conflict.line + 1 + gained,
      answer: inEnglish(patternPhrase(applied)),
      ...(isCertain ? {} : { settled: true }),
      pattern,
      confidence,
      names: { ours, theirs },
      conflict: marked,
      text,
    });
    gained += lineCount(text) - lineCount(marked);
  }
  return found;
}

/** Path, line, answer, confidence and which side is which. */
export function resolvedLine({ path, line, answer, confidence, settled, names }: LoggedResolution): string {
  const why = settled === true ? 'each edit in a part of its own' : `${percent(confidence)} likely`;
  return `${path}:${line}: ${answer} (${why})${namesClause(names, answer)}`;
}

/** Which side is which, where the words name a side: a rebase swaps them. */
export function namesClause({ ours, theirs }: Pick<Conflict['labels'], 'ours' | 'theirs'>, words: string): string {
  const named = [
    ...(/\bours\b|\bboth\b/i.test(words) && isName(ours, 'ours') ? [`ours is ${ours}`] : []),
    ...(/\btheirs\b|\bboth\b/i.test(words) && isName(theirs, 'theirs') ? [`theirs is ${theirs}`] : []),
  ];
  return named.length === 0 ? '' : `; ${named.join(', ')}`;
}

function isName(label: string, side: string): boolean {
  return label !== '' && label !== side;
}

function lineCount(text: string): number {
  return text.split('\n').length - 1;
}
