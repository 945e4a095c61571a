// Finds for the elements of one list their counterparts in another: equal ones, then those of one shape, of one head, and
// at last those that are merely alike.

import { countsOf } from '../../common/countsOf.js';
import type { Element, OutlineNode } from './outline.js';

/** Lists with more unmatched elements are not searched for similar ones, which takes the product of their lengths. */
const MOST_COMPARED = 40;

/** The share of words that two elements must have in common to be taken for versions of each other. */
const ALIKE = 0.6;

/**
 * For each element its counterpart's index, or -1; no counterpart is used twice.
 * @param opener the bracket in which the elements stand
 */
export function matchElements(
  elements: readonly Element[],
  others: readonly Element[],
  opener: string | undefined,
): number[] {
  const matches: number[] = elements.map(() => -1);
  const taken = new Set<number>();
  for (const keyOf of [(element: Element) => element.key, shapeOf, headOf]) {
    if (taken.size === others.length) return matches;
    const waiting = new Map<string, number[]>();
    others.forEach((other, index) => {
      if (taken.has(index)) return;
      const key = keyOf(other);
      if (key === '') return;
      const queue = waiting.get(key);
      if (queue === undefined) waiting.set(key, [index]);
      else queue.push(index);
    });
    elements.forEach((element, index) => {
      if (matches[index] !== -1) return;
      const found = waiting.get(keyOf(element))?.shift();
      if (found === undefined) return;
      matches[index] = found;
      taken.add(found);
    });
  }
  matchAlike(elements, others, matches, taken);
  if (opener === '(' || opener === '[') matchByPlace(elements, others, matches, taken);
  return matches;
}

/** Of two lists of equal length, what has another value at the same place: an argument is what its place makes it. */
function matchByPlace(
  elements: readonly Element[],
  others: readonly Element[],
  matches: number[],
  taken: Set<number>,
): void {
  if (elements.length !== others.length) return;
  if (matches.some((match, index) => match !== -1 && match !== index)) return;
  for (const index of matches.keys()) {
    if (matches[index] !== -1 || taken.has(index)) continue;
    matches[index] = index;
    taken.add(index);
  }
}

function matchAlike(
  elements: readonly Element[],
  others: readonly Element[],
  matches: number[],
  taken: Set<number>,
): void {
  const free = matches.flatMap((match, index) => (match === -1 ? [index] : []));
  const freeOthers = others.flatMap((_, index) => (taken.has(index) ? [] : [index]));
  if (free.length === 0 || freeOthers.length === 0) return;
  if (free.length > MOST_COMPARED || freeOthers.length > MOST_COMPARED) return;
  const otherWords = new Map(freeOthers.map((index) => [index, wordsOf(others[index]!)]));
  for (const index of free) {
    const words = wordsOf(elements[index]!);
    let best = -1;
    let bestShare = ALIKE;
    for (const other of freeOthers) {
      if (taken.has(other)) continue;
      const share = shareInCommon(words, otherWords.get(other)!);
      if (share <= bestShare) continue;
      best = other;
      bestShare = share;
    }
    if (best === -1) continue;
    matches[index] = best;
    taken.add(best);
  }
}

function wordsOf({ key }: Element): readonly string[] {
  return key.match(/[\p{L}\p{N}_$]+|[^\p{L}\p{N}_$\s]/gu) ?? [];
}

/** Words in common, of all words of both; 1 for equal ones. */
function shareInCommon(words: readonly string[], others: readonly string[]): number {
  if (words.length === 0 || others.length === 0) return 0;
  const left = countsOf(words);
  let common = 0;
  for (const word of others) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    left.set(word, count - 1);
    common++;
  }
  return (2 * common) / (words.length + others.length);
}

/** The words outside groups: `import {} from 'm'`, `function f() {}`. Empty where there is no group or no word. */
function shapeOf({ nodes }: Element): string {
  if (!nodes.some(({ kind }) => kind === 'group')) return '';
  if (!nodes.some(({ kind }) => kind === 'leaf')) return '';
  return nodes.map((node) => (node.kind === 'leaf' ? node.word : `${node.open.word} `)).join(' ');
}

/** What is defined: the words up to the first `=`, `:` or bracket. Empty where nothing of the kind follows. */
function headOf({ nodes }: Element): string {
  const end = nodes.findIndex((node) => node.kind === 'group' || node.word === '=' || node.word === ':');
  if (end < 1) return '';
  return nodes.slice(0, end).map(wordOf).join(' ');
}

function wordOf(node: OutlineNode): string {
  return node.kind === 'leaf' ? node.word : '';
}
