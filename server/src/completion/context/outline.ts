// A declaration as the model is shown it: its head, and of a type the members that the question is about.

import type { Declaration } from './declarations.js';
import { namesOf } from './identifiers.js';
import type { Question } from './question.js';

/** UTF-16 code units of an outline. */
const LONGEST_OUTLINE = 400;
const INDENT = '  ';

/** Members keep their order; where not all fit, those whose names are asked for stay, and of the others the first. */
export function outlineOf({ head, members }: Declaration, question: Question): string {
  const weightOf = (line: string): number => Math.max(0, ...namesOf(line).map((name) => question.get(name) ?? 0));
  const weighed = members.map((line, at) => ({ at, length: line.length + INDENT.length + 1, weight: weightOf(line) }));
  const kept = new Set<number>();
  let left = LONGEST_OUTLINE - head.length;
  for (const { at, length } of weighed.sort((a, b) => b.weight - a.weight || a.at - b.at)) {
    if (length > left) continue;
    kept.add(at);
    left -= length;
  }
  return [head, ...members.filter((_, at) => kept.has(at)).map((line) => `${INDENT}${line}`)].join('\n');
}
