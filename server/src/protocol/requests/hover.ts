// textDocument/hover on a conflict: the likeliest resolution, line by line with what each comes from, why it is sure or
// not, and the runners-up. On markers that make no conflict: what is wrong with them.

import { HoverRequest, MarkupKind, type Hover, type HoverParams } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { brokenSentence, noResolutionSentence, type Conflict, type ResolutionResult } from '../../merge/index.js';
import { conflictAt } from '../state/conflicts.js';
import { toRange } from '../state/convert.js';
import { answered, openConflicts } from './openConflicts.js';
import { linesWithOrigins } from './resolutionLines.js';
import { confidenceWords, resolutionWords } from './resolutionWords.js';
import type { Handler } from './handler.js';
import { words } from '../../common/words.js';
import type { Say } from '../state/language.js';

/** Runners-up that are named. */
const MOST_OTHERS = 2;

export const hover: Handler<HoverParams, Hover | null> = {
  method: HoverRequest.method,
  empty: () => null,
  async run(state, { textDocument: { uri }, position }, signal) {
    const open = await openConflicts(state, uri);
    const place = open?.current();
    if (open === undefined || place === undefined) return null;
    const offset = place.offsetAt(position);
    const conflict = conflictAt(open.file, open.snapshot.text, { start: offset, end: offset });
    if (conflict === undefined) {
      const broken = open.file.broken.find(({ range }) => range.start <= offset && offset <= range.end);
      return broken === undefined
        ? null
        : said(`**Lacuna**: ${state.say(brokenSentence(broken.reason))}`, place, position.line);
    }
    const answer = await answered(state, open, conflict, signal);
    return answer === undefined
      ? null
      : said(description(answer.result, conflict, state.say), answer.document, position.line);
  },
};

/** Over the line, since the whole conflict would be highlighted otherwise. */
function said(value: string, document: TextDocument, line: number): Hover {
  const start = document.offsetAt({ line, character: 0 });
  const end = document.offsetAt({ line: line + 1, character: 0 });
  return { contents: { kind: MarkupKind.Markdown, value }, range: toRange(document, { start, end }) };
}

function description({ resolutions, reason }: ResolutionResult, conflict: Conflict, say: Say): string {
  const [best, ...others] = resolutions;
  if (best === undefined) return `**Lacuna**: ${say(noResolutionSentence(reason))}`;
  const runnersUp = others
    .slice(0, MOST_OTHERS)
    .map(
      (other) =>
        `${say(resolutionWords(other, conflict).words)} (${confidenceWords({ ...other, parses: undefined }, say)})`,
    );
  return [
    `**Lacuna: ${say(resolutionWords(best, conflict).words)}** (${confidenceWords(best, say)})`,
    say(best.explanation),
    sidesSentence(conflict, say),
    fenced(linesWithOrigins(best)),
    runnersUp.length === 0 ? '' : say(words('Otherwise: {0}.', runnersUp.join('; '))),
  ]
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

/** Which side is which: while git rebases, ours is not what the user wrote. */
function sidesSentence({ labels: { ours, theirs } }: Conflict, say: Say): string {
  if (ours === '' || theirs === '') return '';
  return say(words('Ours is {0}, theirs {1}.', code(ours), code(theirs)));
}

/** A name of a branch may hold what Markdown would read. */
const code = (text: string): string => {
  const fence = '`'.repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)));
  return `${fence}${fence.length > 1 ? ' ' : ''}${text}${fence.length > 1 ? ' ' : ''}${fence}`;
};

/** The fence is longer than any inside. */
function fenced(lines: readonly string[]): string {
  if (lines.length === 0) return '';
  const longest = Math.max(2, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}text`, ...lines, fence].join('\n');
}
