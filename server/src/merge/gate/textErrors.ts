// Faults that a grammar for editing does not see, or for which there is none here: indentation of Python, YAML and JSON.
// An answer is compared with the sides, each between the lines of context, since these are often cut off.

import { parseDocument } from 'yaml';
import type { MergeInput } from '../types.js';
import { indentationErrors } from './pythonIndentation.js';

/** UTF-16 units; longer texts are not read again. */
const LONGEST = 100_000;

const counters: Readonly<Record<string, (text: string) => number>> = {
  python: indentationErrors,
  yaml: yamlErrors,
  // JSON is YAML, but for a comma behind the last entry.
  json: (text) => yamlErrors(text) + lastCommas(text),
  jsonc: (text) => yamlErrors(withoutComments(text)),
};

/** Whether the text has more such faults than each of the sides has. */
export function addsTextErrors({ ours, theirs, before, after, languageId }: MergeInput, text: string): boolean {
  const count = Object.hasOwn(counters, languageId) ? counters[languageId]! : undefined;
  if (count === undefined || before.length + text.length + after.length > LONGEST) return false;
  const errors = (middle: string): number => count(before + middle + after);
  const found = errors(text);
  return found > 0 && found > Math.min(errors(ours), errors(theirs));
}

function yamlErrors(text: string): number {
  return parseDocument(text, { logLevel: 'silent', uniqueKeys: true }).errors.length;
}

const string = /"(?:\\.|[^"\\\n])*"/g;

function lastCommas(text: string): number {
  return text.replace(string, '""').match(/,\s*[}\]]/g)?.length ?? 0;
}

function withoutComments(text: string): string {
  return text.replace(/"(?:\\.|[^"\\\n])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (found) =>
    found.startsWith('"') ? found : ' ',
  );
}
