// What a resolution does, in the few words that fit a title.

import { words, type Words } from '../../common/words.js';
import { withoutSpace, type Conflict, type Resolution } from '../../merge/index.js';
import type { Say } from '../state/language.js';

/** UTF-16 units of a side's name in a title. */
const LONGEST_NAME = 40;

export interface ResolutionWords {
  readonly words: Words;
  /** The sides that the words speak of. */
  readonly sides: readonly Side[];
}

type Side = 'ours' | 'theirs';

/** Where a resolution is one of the texts that can be seen in the conflict, that is said, however it was found. */
export function resolutionWords(
  { text, pattern, source }: Resolution,
  { ours, theirs, base }: Conflict,
): ResolutionWords {
  const plain = withoutSpace(text);
  if (plain === withoutSpace(ours.text)) return said(words('take ours'), 'ours');
  if (plain === withoutSpace(theirs.text)) return said(words('take theirs'), 'theirs');
  if (plain === withoutSpace(ours.text + theirs.text)) return said(words('take both, ours first'), 'ours');
  if (plain === withoutSpace(theirs.text + ours.text)) return said(words('take both, theirs first'), 'theirs');
  if (plain === '') return said(words('take neither, remove the lines'));
  if (base !== undefined && plain === withoutSpace(base.text)) return said(words('go back to the base'));
  const byRule = source === 'structural' || source === 'generated';
  const found = byRule ? ruleWords.find(([beginning]) => pattern.startsWith(beginning))?.[1] : patternWords[pattern];
  return found ?? said(words('join both changes'));
}

/**
 * Which side is which, where the words name a side: while git rebases, ours is not what the user wrote.
 * @returns a clause for the end of a title, empty where there is nothing to say
 */
export function sideNames({ sides }: ResolutionWords, { ours, theirs }: Conflict['labels'], say: Say): string {
  const ourName = sides.includes('ours') && ours !== '' ? cutName(ours) : undefined;
  const theirName = sides.includes('theirs') && theirs !== '' ? cutName(theirs) : undefined;
  if (ourName === undefined && theirName === undefined) return '';
  if (ourName === undefined) return ` · ${say(words('theirs: {0}', theirName!))}`;
  if (theirName === undefined) return ` · ${say(words('ours: {0}', ourName))}`;
  return ` · ${say(words('ours: {0}, theirs: {1}', ourName, theirName))}`;
}

/**
 * A commit's subject may be long, and a branch's name may hold what turns the direction of a text, or what editors read as
 * an icon; a sign that cannot be seen keeps the latter apart.
 */
function cutName(name: string): string {
  const line = name
    .replace(/[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replaceAll('$(', '$\u200b(');
  return line.length > LONGEST_NAME ? `${line.slice(0, LONGEST_NAME)}…` : line;
}

/** As a percentage, with a warning where there is one. Nothing is certain, and nothing that is shown is impossible. */
export function confidenceWords({ confidence, parses }: Pick<Resolution, 'confidence' | 'parses'>, say: Say): string {
  const percent = Math.round(confidence * 100);
  const shown = percent < 1 ? '< 1 %' : `${Math.min(percent, 99)} %`;
  return parses === false ? say(words('{0}, breaks the syntax', shown)) : shown;
}

function said(phrase: Words, ...sides: readonly Side[]): ResolutionWords {
  return { words: phrase, sides };
}

/**
 * For one pattern on all parts that clash; what does not clash is joined first. The room's own phrases are for
 * explanations, where there is more space.
 */
const patternWords: Readonly<Record<string, ResolutionWords>> = {
  merge: said(words('join both changes')),
  mixed: said(words('join both changes, each part by itself')),
  ours: said(words('join both changes, ours where they clash'), 'ours'),
  theirs: said(words('join both changes, theirs where they clash'), 'theirs'),
  base: said(words('join both changes, the base where they clash')),
  'ours+theirs': said(words('join both changes, ours before theirs'), 'ours', 'theirs'),
  'theirs+ours': said(words('join both changes, theirs before ours'), 'ours', 'theirs'),
  'ours-without-base': said(words('keep what ours adds'), 'ours'),
  'theirs-without-base': said(words('keep what theirs adds'), 'theirs'),
  'ours+theirs-without-base': said(words('keep what both add, ours first'), 'ours'),
  'theirs+ours-without-base': said(words('keep what both add, theirs first'), 'theirs'),
};

/** For rules, by how their names begin: the longer ones first. */
const ruleWords: readonly (readonly [beginning: string, words: ResolutionWords])[] = [
  ['ours+theirs-additions', said(words('take what both add, ours first'), 'ours')],
  ['theirs+ours-additions', said(words('take what both add, theirs first'), 'theirs')],
  ['ours+comma+theirs', said(words('take both with a comma, ours first'), 'ours')],
  ['theirs+comma+ours', said(words('take both with a comma, theirs first'), 'theirs')],
  ['ours-additions', said(words('take what ours adds'), 'ours')],
  ['theirs-additions', said(words('take what theirs adds'), 'theirs')],
  ['union-imports', said(words('join the imports'))],
  ['union-members', said(words('join the members'))],
  ['union-parameters', said(words('join the parameters'))],
  ['union-list', said(words('join the lists'))],
  ['union-statements', said(words('join the statements'))],
  ['union-theirs-first', said(words('take both, what they share once, theirs first'), 'theirs')],
  ['union', said(words('take both, what they share once'))],
  ['both-edits', said(words('make both edits'))],
  ['sections', said(words('join what both have under each heading'))],
  ['line-set', said(words('take the lines that were added, drop those removed'))],
  ['merge-with-renames', said(words('join both changes, with the new names everywhere'))],
  ['ours-with-renames', said(words('take ours with the new names of theirs'), 'ours', 'theirs')],
  ['theirs-with-renames', said(words('take theirs with the new names of ours'), 'ours', 'theirs')],
  ['ours-with-habits', said(words('take ours, changed as theirs changed such lines'), 'ours', 'theirs')],
  ['theirs-with-habits', said(words('take theirs, changed as ours changed such lines'), 'ours', 'theirs')],
  ['merge-with-habits', said(words('join both changes, new lines changed alike'))],
  ['ours+theirs-with-habits', said(words('take both, new lines changed alike'))],
  ['added-counts', said(words('count both changes of a number'))],
];
