// Whether the answer gives one name to two things, as each side did with it: two values of a key or a constant, two imports of
// different modules, two functions. Each side by itself is sound, and no line of it stands there twice.

import { lineDefinitions } from './lineDefinitions.js';
import { proseLanguages } from './mixedSentences.js';
import type { GateCheck } from './types.js';

/** UTF-16 units; longer lines are data. */
const LONGEST_LINE = 400;

/** Words in front of a name, the name, bare or in quotes, and its value in the same line. An element of markup is none. */
const assignment =
  /^(?!<)(?:[\p{L}\p{N}_$<>[\]&]+[ \t]+)*((?!(?:else|try|except|finally)\b)["'`]?[\p{L}\p{N}_.$@/-]+["'`]?)\s*(?:=>|->|:=|=(?![=>~])|:(?=\s))\s*(\S.*)$/u;

const fromModule = /^import\s+(?:type\s+)?(.+?)\s+from\s/;
const fromPackage = /^from\s+\S+\s+import\s+\(?([^#]+)/;
const ofPath = /^(?:pub\s+)?(?:import|use)\s+(?!static\s)[^;{]*?([\p{L}\p{N}_]+)\s*;?$/u;
const imported = /(?:type\s+)?([\p{L}\p{N}_$]+|\*)(?:\s+as\s+([\p{L}\p{N}_$]+))?/gu;

/** Languages in which an import brings in the last name of its path. */
const importsByPath = new Set(['java', 'kotlin', 'scala', 'groovy', 'rust', 'php']);

/** Languages in which a small letter begins the name of a function, of which there may be one for each type. */
const importsFunctions = new Set(['kotlin', 'scala']);

/** The names that a line defines. */
type NamesIn = (line: string, above: string, below: string) => readonly string[];

export const definedTwice: GateCheck = ({
  input: { before, ours, theirs, after, languageId, path },
  candidate: { text },
}) => {
  const byLine = lineDefinitions(languageId, path);
  const isProse = proseLanguages.has(languageId);
  if (isProse && byLine === undefined) return undefined;
  const namesIn: NamesIn = (line, above, below) => {
    const defined = byLine?.(line, above, below);
    if (defined !== undefined) return defined === '' ? [] : [defined];
    return isProse ? [] : namesDefinedBy(line, languageId);
  };
  const read = (middle: string): string[] => `${before}\n${middle}\n${after}`.split('\n');
  const [inOurs, inTheirs] = [ours, theirs].map((side) => definitionsIn(read(side), namesIn));
  const lines = read(text);
  for (const [key, [first, second]] of definitionsIn(lines, namesIn)) {
    // What a side by itself has twice may well stand there several times.
    if (second === undefined || inOurs!.get(key)?.length !== 1 || inTheirs!.get(key)?.length !== 1) continue;
    if (isOneBlock(lines.slice(first, second + 1))) return 'definedTwice';
  }
  return undefined;
};

/** The lines that define a name, by their white space in front and the name. */
function definitionsIn(lines: readonly string[], namesIn: NamesIn): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const [place, line] of lines.entries()) {
    const code = line.trim();
    if (code.length > LONGEST_LINE) continue;
    for (const name of namesIn(code, lines[place - 1]?.trim() ?? '', lines[place + 1] ?? '')) {
      const key = indentOf(line) + name;
      const places = found.get(key);
      if (places === undefined) found.set(key, [place]);
      else places.push(place);
    }
  }
  return found;
}

function namesDefinedBy(line: string, languageId: string): readonly string[] {
  const list = (fromModule.exec(line) ?? fromPackage.exec(line))?.[1];
  if (list !== undefined) return [...list.matchAll(imported)].map(([, name, alias]) => `import ${alias ?? name}`);
  const last = importsByPath.has(languageId) ? ofPath.exec(line)?.[1] : undefined;
  if (last !== undefined) return importsFunctions.has(languageId) && /^\p{Ll}/u.test(last) ? [] : [`import ${last}`];
  const [, name, value] = assignment.exec(line) ?? [];
  return name === undefined || name === '_' || isMadeOf(name, value!) ? [] : [name];
}

/** A value that is made of the one before, such as a longer path, stands well behind it. */
function isMadeOf(name: string, value: string): boolean {
  const code = value.replace(/'[^']*'|"[^"$]*"/g, ' ');
  return code.match(/[\p{L}\p{N}_]+/gu)?.includes(name) === true;
}

/** Whether no line between the first and the last stands less deep or begins a section, as `FROM` and `#if` do. */
function isOneBlock([first, ...others]: readonly string[]): boolean {
  const depth = indentOf(first!).length;
  return others.every(
    (line) => line.trim() === '' || (indentOf(line).length >= depth && !/^(?:\[|FROM\s|#(?:if|el))/.test(line)),
  );
}

const indentOf = (line: string): string => /^\s*/.exec(line)![0];
