// A partial program as text that a person reads, and as a snippet that an editor walks through.

import { fill, piecesAround, type Filled } from '../tree/fill.js';
import type { PartialProgram } from '../types.js';

/** What a hole is called, and what may fill it. */
export interface NamedHole {
  /** A readable name of what is missing, such as `condition`. */
  readonly name: string;
  /** Texts to choose from beside the placeholder, the likeliest first. */
  readonly choices: readonly string[];
}

/** In brackets that no programming language uses. */
export function placeholder(name: string): string {
  return `⟨${name}⟩`;
}

/** The completion with a placeholder for each hole. A rest of the line that is left out gets none: the text ends there. */
export function renderText(text: string, { holes }: PartialProgram, names: readonly NamedHole[]): Filled {
  const filled = fill(text, holes, (index) =>
    holes[index]!.isRest ? '' : placeholder(names[index]?.name ?? 'something'),
  );
  return { ...filled, text: holes.at(-1)?.isRest === true ? filled.text.trimEnd() : filled.text };
}

/**
 * The completion as a snippet of the language server protocol: a tab stop for each hole, with a choice where there are
 * texts to choose from, and the last stop behind it all. The placeholder is the first choice: it is what an editor shows
 * before anything is chosen, and what is unsure must not look as if it were sure.
 */
export function renderSnippet(text: string, { holes }: PartialProgram, names: readonly NamedHole[]): string {
  const pieces = piecesAround(text, holes);
  let snippet = escapeText(pieces[0] ?? '');
  for (const [index, { isRest }] of holes.entries()) {
    if (isRest) return `${snippet.trimEnd()}$0`;
    const { name, choices } = names[index] ?? { name: 'something', choices: [] };
    const number = index + 1;
    const shown = placeholder(name);
    snippet +=
      choices.length > 0
        ? `\${${number}|${[shown, ...choices].map(escapeChoice).join(',')}|}`
        : `\${${number}:${escapeText(shown)}}`;
    snippet += escapeText(pieces[index + 1] ?? '');
  }
  return `${snippet}$0`;
}

/** Text outside of choices: a dollar sign, a closing brace and a backslash are the snippet's own. */
function escapeText(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** Inside a choice a comma and a bar are the snippet's own as well. */
function escapeChoice(text: string): string {
  return text.replace(/[\\$},|]/g, '\\$&');
}
