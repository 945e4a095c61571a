// What a resolution does, in the few words that fit a title.

import { withoutSpace, type Conflict, type Resolution } from '../../merge/index.js';

/** UTF-16 units of a side's name in a title. */
const LONGEST_NAME = 40;

/** Where a resolution is one of the texts that can be seen in the conflict, that is said, however it was found. */
export function resolutionWords({ text, pattern, source }: Resolution, { ours, theirs, base }: Conflict): string {
  const plain = withoutSpace(text);
  if (plain === withoutSpace(ours.text)) return 'take ours';
  if (plain === withoutSpace(theirs.text)) return 'take theirs';
  if (plain === withoutSpace(ours.text + theirs.text)) return 'take both, ours first';
  if (plain === withoutSpace(theirs.text + ours.text)) return 'take both, theirs first';
  if (plain === '') return 'take neither, remove the lines';
  if (base !== undefined && plain === withoutSpace(base.text)) return 'go back to the base';
  const byRule = source === 'structural' || source === 'generated';
  const words = byRule ? ruleWords.find(([beginning]) => pattern.startsWith(beginning))?.[1] : patternWords[pattern];
  return words ?? 'join both changes';
}

/**
 * Which side is which, where the words name a side: while git rebases, ours is not what the user wrote.
 * @returns a clause for the end of a title, empty where there is nothing to say
 */
export function sideNames(words: string, { ours, theirs }: Conflict['labels']): string {
  const names = [
    ...(/\bours\b/.test(words) && ours !== '' ? [`ours: ${cutName(ours)}`] : []),
    ...(/\btheirs\b/.test(words) && theirs !== '' ? [`theirs: ${cutName(theirs)}`] : []),
  ];
  return names.length === 0 ? '' : ` · ${names.join(', ')}`;
}

/** A commit's subject may be long. */
function cutName(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
}

/** As a percentage. Nothing is certain, and nothing that is shown is impossible. */
export function confidenceWords(confidence: number): string {
  const percent = Math.round(confidence * 100);
  if (percent < 1) return '< 1 %';
  return `${Math.min(percent, 99)} %`;
}

/** A warning in words, for titles; empty where there is nothing to warn of. */
export function syntaxWarning({ parses }: Resolution): string {
  return parses === false ? ', breaks the syntax' : '';
}

/**
 * For one pattern on all parts that clash; what does not clash is joined first. The room's own phrases are for
 * explanations, where there is more space.
 */
const patternWords: Readonly<Record<string, string>> = {
  merge: 'join both changes',
  mixed: 'join both changes, each part by itself',
  ours: 'join both changes, ours where they clash',
  theirs: 'join both changes, theirs where they clash',
  base: 'join both changes, the base where they clash',
  'ours+theirs': 'join both changes, ours before theirs',
  'theirs+ours': 'join both changes, theirs before ours',
  'ours-without-base': 'keep what ours adds',
  'theirs-without-base': 'keep what theirs adds',
  'ours+theirs-without-base': 'keep what both add, ours first',
  'theirs+ours-without-base': 'keep what both add, theirs first',
};

/** For rules, by how their names begin: the longer ones first. */
const ruleWords: readonly (readonly [beginning: string, words: string])[] = [
  ['ours+theirs-additions', 'take what both add, ours first'],
  ['theirs+ours-additions', 'take what both add, theirs first'],
  ['ours+comma+theirs', 'take both with a comma, ours first'],
  ['theirs+comma+ours', 'take both with a comma, theirs first'],
  ['ours-additions', 'take what ours adds'],
  ['theirs-additions', 'take what theirs adds'],
  ['union-imports', 'join the imports'],
  ['union-members', 'join the members'],
  ['union-parameters', 'join the parameters'],
  ['union-list', 'join the lists'],
  ['union-statements', 'join the statements'],
  ['union-theirs-first', 'take both, what they share once, theirs first'],
  ['union', 'take both, what they share once'],
  ['both-edits', 'make both edits'],
  ['line-set', 'take the lines that were added, drop those removed'],
  ['merge-with-renames', 'join both changes, with the new names everywhere'],
  ['ours-with-renames', 'take ours with the new names of theirs'],
  ['theirs-with-renames', 'take theirs with the new names of ours'],
  ['ours-with-habits', 'take ours, changed as theirs changed such lines'],
  ['theirs-with-habits', 'take theirs, changed as ours changed such lines'],
  ['merge-with-habits', 'join both changes, new lines changed alike'],
  ['ours+theirs-with-habits', 'take both, new lines changed alike'],
  ['added-counts', 'count both changes of a number'],
];
