// Says in words what a resolution is made of, and why it is likely or not.

import { linesOf } from '../diff/material.js';
import { refusalSentence } from './reasons.js';
import type { Attribution, Derivation, Origin, Piece, Refusal } from '../types.js';

const SPELLED = ', with the white space that the other side changed';

/** Reasons that are named on either side. */
const MOST_REASONS = 3;

const patternWords: Readonly<Record<string, string>> = {
  ours: 'Takes ours',
  theirs: 'Takes theirs',
  base: 'Goes back to the base',
  'ours+theirs': 'Takes both, ours first',
  'theirs+ours': 'Takes both, theirs first',
  'ours-without-base': 'Takes ours without what stood in the base',
  'theirs-without-base': 'Takes theirs without what stood in the base',
  'ours+theirs-without-base': 'Takes both without what stood in the base, ours first',
  'theirs+ours-without-base': 'Takes both without what stood in the base, theirs first',
  merge: 'Joins both changes, which do not touch each other',
  mixed: 'Decides each place where the changes meet by itself',
};

const ruleWords: readonly (readonly [beginning: string, words: string])[] = [
  ['ours+theirs-additions', 'Takes what both sides added, ours first'],
  ['theirs+ours-additions', 'Takes what both sides added, theirs first'],
  ['ours-additions', 'Takes what ours added'],
  ['theirs-additions', 'Takes what theirs added'],
  ['union-imports', 'Joins the imports of both sides'],
  ['union-members', 'Joins the members of both sides'],
  ['union-parameters', 'Joins the parameters or arguments of both sides'],
  ['union-list', 'Joins the lists of both sides'],
  ['union-statements', 'Joins the statements of both sides'],
  ['union', 'Takes both sides, and what they have in common once'],
  ['both-edits', 'Makes both edits inside one construct'],
  ['line-set', 'Takes the lines that either side added, without those that either side removed'],
  ['merge-with-renames', 'Joins both changes, and renames in the new lines of one side what the other renamed'],
  ['ours-with-renames', 'Takes ours with the names that theirs changed'],
  ['theirs-with-renames', 'Takes theirs with the names that ours changed'],
  ['ours-with-habits', 'Takes ours, changed as theirs changed lines like these'],
  ['theirs-with-habits', 'Takes theirs, changed as ours changed lines like these'],
  ['merge-with-habits', 'Joins both changes, and changes new lines as the other side changed lines like these'],
  ['ours+theirs-with-habits', 'Takes both, and changes new lines as the other side changed lines like these'],
  ['added-counts', 'Counts both changes of a number'],
  ['ours+comma+theirs', 'Takes both, ours first, with a comma between them'],
  ['theirs+comma+ours', 'Takes both, theirs first, with a comma between them'],
];

export interface Explained {
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly parses: boolean | undefined;
  readonly confidence: number;
  readonly attributions: readonly Attribution[];
  readonly refusal: Refusal | undefined;
  /** Whether it is one side with white space that the other changed. */
  readonly isSpelledAnew: boolean;
}

/** The pattern in a few words, without a full stop. */
export function patternPhrase({ source, pattern }: Derivation): string {
  const words = patternWords[pattern];
  if (words === undefined) return ruleWords.find(([beginning]) => pattern.startsWith(beginning))?.[1] ?? 'Joins both';
  if (source !== 'token' || pattern === 'merge' || pattern === 'mixed') return words;
  return `Joins both changes; where they meet: ${words.charAt(0).toLowerCase()}${words.slice(1)}`;
}

/** What the answer is made of and why it is likely or not, in a few sentences. */
export function explain(derivation: Derivation, explained: Explained): string {
  const { parses, attributions, refusal, isSpelledAnew } = explained;
  const { source } = derivation;
  const speaksFor = reasonsOf(attributions, (weight) => weight > 0);
  const speaksAgainst = reasonsOf(attributions, (weight) => weight < 0);
  return [
    `${patternPhrase(derivation)}${source === 'line' && isSpelledAnew ? SPELLED : ''}.`,
    compositionSentence(explained),
    ...(speaksFor === '' ? [] : [`For it: ${speaksFor}.`]),
    ...(speaksAgainst === '' ? [] : [`Against it: ${speaksAgainst}.`]),
    ...(parses === false ? ['It leaves a syntax error that neither side has.'] : []),
    ...(refusal === undefined || (refusal === 'syntaxError' && parses === false) ? [] : [refusalSentence(refusal)]),
  ].join(' ');
}

function reasonsOf(attributions: readonly Attribution[], isWanted: (weight: number) => boolean): string {
  return attributions
    .filter(({ weight }) => isWanted(weight))
    .slice(0, MOST_REASONS)
    .map(({ reason }) => reason)
    .join('; ');
}

function compositionSentence({ text, pieces }: Explained): string {
  if (text.trim() === '') return 'Nothing is left of the conflict.';
  const counts = countLines(text, pieces);
  const lines = (count: number): string => (count === 1 ? '1 line' : `${count} lines`);
  const parts = [
    ...(counts.both > 0 ? [`${lines(counts.both)} of both sides`] : []),
    ...(counts.ours > 0 ? [`${lines(counts.ours)} of ours`] : []),
    ...(counts.theirs > 0 ? [`${lines(counts.theirs)} of theirs`] : []),
    ...(counts.base > 0 ? [`${lines(counts.base)} of the base alone`] : []),
    ...(counts.mixed > 0 ? [`${lines(counts.mixed)} put together from several`] : []),
    ...(counts.new > 0 ? [`${lines(counts.new)} that no side has`] : []),
  ];
  const list = parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
  return `It has ${list}.`;
}

function countLines(text: string, pieces: readonly Piece[]): Record<Origin | 'mixed', number> {
  const counts = { ours: 0, theirs: 0, both: 0, base: 0, new: 0, mixed: 0 };
  let start = 0;
  let first = 0;
  for (const line of linesOf(text)) {
    const end = start + line.length;
    const origins = new Set<Origin>();
    while (first < pieces.length && pieces[first]!.range.end <= start) first++;
    for (let index = first; index < pieces.length && pieces[index]!.range.start < end; index++) {
      origins.add(pieces[index]!.origin);
    }
    start = end;
    if (line.trim() === '' || origins.size === 0) continue;
    const [only] = origins;
    counts[origins.size === 1 ? only! : 'mixed']++;
  }
  return counts;
}
