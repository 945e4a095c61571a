// Says in words what a resolution is made of, and why it is likely or not.

import { asIs, inside, joined, words, type Words } from '../../common/words.js';
import { linesOf } from '../diff/material.js';
import { refusalSentence } from './reasons.js';
import type { Attribution, Derivation, Origin, Piece, Refusal, Rename } from '../types.js';

/** For one side with white space that the other changed. */
const spelledAnew: Readonly<Record<string, Words>> = {
  ours: words('Takes ours, with the white space that the other side changed'),
  theirs: words('Takes theirs, with the white space that the other side changed'),
};

/** Reasons that are named on either side. */
const MOST_REASONS = 3;

const patternWords: Readonly<Record<string, Words>> = {
  ours: words('Takes ours'),
  theirs: words('Takes theirs'),
  base: words('Goes back to the base'),
  'ours+theirs': words('Takes both, ours first'),
  'theirs+ours': words('Takes both, theirs first'),
  'ours-without-base': words('Takes ours without what stood in the base'),
  'theirs-without-base': words('Takes theirs without what stood in the base'),
  'ours+theirs-without-base': words('Takes both without what stood in the base, ours first'),
  'theirs+ours-without-base': words('Takes both without what stood in the base, theirs first'),
  merge: words('Joins both changes, which do not touch each other'),
  mixed: words('Decides each place where the changes meet by itself'),
};

const ruleWords: readonly (readonly [beginning: string, words: Words])[] = [
  ['ours+theirs-additions', words('Takes what both sides added, ours first')],
  ['theirs+ours-additions', words('Takes what both sides added, theirs first')],
  ['ours-additions', words('Takes what ours added')],
  ['theirs-additions', words('Takes what theirs added')],
  ['union-imports', words('Joins the imports of both sides')],
  ['union-members', words('Joins the members of both sides')],
  ['union-parameters', words('Joins the parameters or arguments of both sides')],
  ['union-list', words('Joins the lists of both sides')],
  ['union-statements', words('Joins the statements of both sides')],
  ['union', words('Takes both sides, and what they have in common once')],
  ['both-edits', words('Makes both edits inside one construct')],
  ['sections', words('Joins what both sides have under each heading')],
  ['line-set', words('Takes the lines that either side added, without those that either side removed')],
  ['merge-with-renames', words('Joins both changes, and renames in the new lines of one side what the other renamed')],
  ['ours-with-renames', words('Takes ours with the names that theirs changed')],
  ['theirs-with-renames', words('Takes theirs with the names that ours changed')],
  ['ours-with-habits', words('Takes ours, changed as theirs changed lines like these')],
  ['theirs-with-habits', words('Takes theirs, changed as ours changed lines like these')],
  ['merge-with-habits', words('Joins both changes, and changes new lines as the other side changed lines like these')],
  ['ours+theirs-with-habits', words('Takes both, and changes new lines as the other side changed lines like these')],
  ['added-counts', words('Counts both changes of a number')],
  ['ours+comma+theirs', words('Takes both, ours first, with a comma between them')],
  ['theirs+comma+ours', words('Takes both, theirs first, with a comma between them')],
];

export interface Explained {
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly parses: boolean | undefined;
  readonly confidence: number;
  readonly attributions: readonly Attribution[];
  readonly refusal: Refusal | undefined;
  /** Whether structure alone settles the conflict so. */
  readonly isSettled: boolean;
  /** Whether it is one side with white space that the other changed. */
  readonly isSpelledAnew: boolean;
  /** Renames elsewhere in the file that it follows. */
  readonly renames: readonly Rename[];
  /** A function that it calls with arguments that it no longer takes. */
  readonly misfit: string | undefined;
}

/** The pattern in a few words, without a full stop. */
export function patternPhrase({ source, pattern }: Derivation): Words {
  const phrase = patternWords[pattern];
  if (phrase === undefined) {
    return ruleWords.find(([beginning]) => pattern.startsWith(beginning))?.[1] ?? words('Joins both');
  }
  if (source !== 'token' || pattern === 'merge' || pattern === 'mixed') return phrase;
  return words('Joins both changes; where they meet: {0}', inside(phrase));
}

/** What the answer is made of and why it is likely or not, in a few sentences. */
export function explain(derivation: Derivation, explained: Explained): Words {
  const { parses, attributions, refusal, isSettled, isSpelledAnew, renames, misfit } = explained;
  const { source, pattern } = derivation;
  const speaksFor = reasonsOf(attributions, (weight) => weight > 0);
  const speaksAgainst = reasonsOf(attributions, (weight) => weight < 0);
  const spelled = source === 'line' && isSpelledAnew ? spelledAnew[pattern] : undefined;
  const sentences = [
    joined([spelled ?? patternPhrase(derivation), asIs('.')], ''),
    compositionSentence(explained),
    ...(isSettled ? [words('No edit of one side meets an edit of the other, and it has them all.')] : []),
    ...renames.map(({ old, renamed }) => words('“{0}” was renamed to “{1}” elsewhere in the file.', old, renamed)),
    ...(misfit === undefined
      ? []
      : [
          words(
            'A side changed the parameters of “{0}”, and a call in it has the number of arguments from before.',
            misfit,
          ),
        ]),
    ...(speaksFor === undefined ? [] : [words('For it: {0}.', speaksFor)]),
    ...(speaksAgainst === undefined ? [] : [words('Against it: {0}.', speaksAgainst)]),
    ...(parses === false ? [words('It leaves a syntax error that neither side has.')] : []),
    ...(refusal === undefined || (refusal === 'syntaxError' && parses === false) ? [] : [refusalSentence(refusal)]),
  ];
  return joined(sentences, ' ');
}

function reasonsOf(attributions: readonly Attribution[], isWanted: (weight: number) => boolean): Words | undefined {
  const wanted = attributions.filter(({ weight }) => isWanted(weight)).slice(0, MOST_REASONS);
  if (wanted.length === 0) return undefined;
  return joined(
    wanted.map(({ reason }) => reason),
    '; ',
  );
}

type Counted = Record<Origin | 'mixed', number>;

const lineWords: readonly (readonly [keyof Counted, one: Words, several: (count: number) => Words])[] = [
  ['both', words('1 line of both sides'), (count) => words('{0} lines of both sides', count)],
  ['ours', words('1 line of ours'), (count) => words('{0} lines of ours', count)],
  ['theirs', words('1 line of theirs'), (count) => words('{0} lines of theirs', count)],
  ['base', words('1 line of the base alone'), (count) => words('{0} lines of the base alone', count)],
  ['mixed', words('1 line put together from several'), (count) => words('{0} lines put together from several', count)],
  ['new', words('1 line that no side has'), (count) => words('{0} lines that no side has', count)],
];

function compositionSentence({ text, pieces }: Explained): Words {
  if (text.trim() === '') return words('Nothing is left of the conflict.');
  const counts = countLines(text, pieces);
  const found = lineWords
    .filter(([kind]) => counts[kind] > 0)
    .map(([kind, one, several]) => (counts[kind] === 1 ? one : several(counts[kind])));
  const most = joined(found.slice(0, -1), ', ');
  return words('It has {0}.', found.length < 2 ? joined(found, '') : words('{0} and {1}', most, found.at(-1)!));
}

function countLines(text: string, pieces: readonly Piece[]): Counted {
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
