// A suggestion with holes as a snippet of the language server protocol: a tab stop for each hole, and the last one behind it
// all. Editors differ in what a choice may escape, so what is written depends on the client.

import type { InitializeParams } from 'vscode-languageserver';
import type { OffsetRange } from '../../common/range.js';
import type { Suggestion } from '../../completion/index.js';

/**
 * `standard`: a comma, a bar and a backslash are escaped in a choice, and nothing else can be; so says version 3.18, so read
 * VS Code and Helix. `neovim`: a dollar sign and a closing brace have to be escaped as well, or nothing is inserted at all.
 */
export type SnippetForm = 'standard' | 'neovim';

export interface SnippetHole {
  /** Of its placeholder in the text; empty where the rest of the line is left out. */
  readonly range: OffsetRange;
  readonly isRest: boolean;
  readonly choices: readonly string[];
}

/** How a client's snippets are written; undefined where it takes none. */
export function snippetFormOf(
  { textDocument }: InitializeParams['capabilities'],
  clientInfo: InitializeParams['clientInfo'],
): SnippetForm | undefined {
  if (textDocument?.completion?.completionItem?.snippetSupport !== true) return undefined;
  return clientInfo?.name === 'Neovim' ? 'neovim' : 'standard';
}

/**
 * The placeholder is the first choice of its hole: it is what an editor shows before anything is chosen, and what is unsure
 * must not look as if it were sure. An editor ends the lines of a snippet as it does those of the document: some take a
 * carriage return for a part of the line.
 * @param text with placeholders
 */
export function snippetOf(text: string, holes: readonly SnippetHole[], form: SnippetForm): string {
  let snippet = '';
  let at = 0;
  for (const [index, { range, choices }] of holes.filter(({ isRest }) => !isRest).entries()) {
    const shown = text.slice(range.start, range.end);
    snippet += escapeText(text.slice(at, range.start));
    snippet +=
      choices.length > 0
        ? `\${${index + 1}|${[shown, ...choices].map((choice) => escapeChoice(choice, form)).join(',')}|}`
        : `\${${index + 1}:${escapeText(shown)}}`;
    at = range.end;
  }
  return `${snippet}${escapeText(text.slice(at))}$0`.replace(/\r\n?/g, '\n');
}

/**
 * An editor indents the further lines of a snippet as deep as the line that it is inserted in, so what they have of that already
 * is taken away. None where a line is less deep. Suggestions without holes are as they were.
 * @param linePrefix the document's line up to the suggestion
 */
export function withoutIndentation(suggestion: Suggestion, linePrefix: string): readonly Suggestion[] {
  const { text, holes } = suggestion;
  if (holes === undefined || !text.includes('\n')) return [suggestion];
  const indentation = /^[ \t]*/.exec(linePrefix)![0];
  const [first = '', ...others] = text.split('\n');
  if (others.some((line) => line.trim() !== '' && !line.startsWith(indentation))) return [];
  const taken = others.map((line) => (line.startsWith(indentation) ? indentation.length : 0));
  const moved = (at: number): number => {
    const lines = text.slice(0, at).split('\n').length - 1;
    return at - taken.slice(0, lines).reduce((sum, length) => sum + length, 0);
  };
  return [
    {
      ...suggestion,
      text: [first, ...others.map((line, index) => line.slice(taken[index]))].join('\n'),
      holes: {
        ...holes,
        holes: holes.holes.map((hole) => ({
          ...hole,
          range: { start: moved(hole.range.start), end: moved(hole.range.end) },
        })),
      },
    },
  ];
}

/**
 * The same for VS Code, which shows a snippet as it is written: it takes the place of its line from the start on, so that there
 * is nothing to indent by.
 */
export function withLineStart(suggestion: Suggestion, linePrefix: string): Suggestion {
  const { text, range, holes } = suggestion;
  if (holes === undefined || !text.includes('\n')) return suggestion;
  const { length } = linePrefix;
  return {
    ...suggestion,
    text: linePrefix + text,
    range: { start: range.start - length, end: range.end },
    holes: {
      ...holes,
      holes: holes.holes.map((hole) => ({
        ...hole,
        range: { start: hole.range.start + length, end: hole.range.end + length },
      })),
    },
  };
}

/** Text outside of choices: a dollar sign, a closing brace and a backslash are the snippet's own. */
function escapeText(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

function escapeChoice(text: string, form: SnippetForm): string {
  return text.replace(form === 'neovim' ? /[\\$},|]/g : /[\\,|]/g, '\\$&');
}

/**
 * Some editors heed no range behind the cursor, so that a bracket that stands there would be there twice. So a suggestion
 * replaces nothing: what it repeats of the text behind the cursor is left where it stands. Where that cannot be, one with
 * holes is none, and another one stays as it is.
 * @param text of the document
 */
export function withoutTail(suggestion: Suggestion, text: string, cursor: number): readonly Suggestion[] {
  const { range, holes } = suggestion;
  if (range.start === cursor && range.end === cursor) return [suggestion];
  const tail = text.slice(cursor, range.end);
  const end = suggestion.text.length - tail.length;
  const lastHole = Math.max(0, ...(holes?.holes ?? []).map((hole) => hole.range.end));
  if (range.start !== cursor || !suggestion.text.endsWith(tail) || lastHole > end) {
    return holes === undefined ? [suggestion] : [];
  }
  return [{ ...suggestion, text: suggestion.text.slice(0, end), range: { start: cursor, end: cursor } }];
}
