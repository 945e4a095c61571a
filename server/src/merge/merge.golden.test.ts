// Golden cases of what patterns, rules and the structure make of a conflict, each by itself:
// server/test/fixtures/merge/{patterns/<pattern>,rules/<rule>,structure/<kind>}/<case>.txt.
// Sections: the base (left out with `base: unknown`), ours, theirs; every text that was proposed, under its names.
// A case whose header says `wrong` holds what would be right, and is not reached yet: it fails the test when it is, so
// that the word is taken out.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectGolden, readGoldenCases, type GoldenCase } from '../../test/support/golden.js';
import { withoutSpace } from './diff/withoutSpace.js';
import { renderAlike } from './candidates/combine.js';
import { patternPhrase } from './explain/explain.js';
import { gatherMaterial, type Material } from './diff/material.js';
import { mergeOutlines, type MergePreference, type UnionKind } from './structure/mergeOutlines.js';
import { outlineOf, textOfElements } from './structure/outline.js';
import { poseProblem } from './candidates/poseProblem.js';
import { rules } from './candidates/rules/index.js';
import type { Proposal, Rule } from './candidates/rules/rule.js';
import { primitivePatterns, type PrimitivePattern } from './types.js';
import { inEnglish } from '../common/words.js';

const folder = join(import.meta.dirname, '../../test/fixtures/merge');

const casesOf = (kind: string): readonly GoldenCase[] => readGoldenCases(join(folder, kind));

const named = (cases: readonly GoldenCase[]): (readonly [string, GoldenCase])[] =>
  cases.map((golden) => [golden.name, golden]);

const isWrong = ({ header }: GoldenCase): boolean => header['wrong'] !== undefined;

const right = (cases: readonly GoldenCase[]): (readonly [string, GoldenCase])[] =>
  named(cases.filter((golden) => !isWrong(golden)));

const wrong = (cases: readonly GoldenCase[]): (readonly [string, GoldenCase])[] => named(cases.filter(isWrong));

const folderOf = ({ name }: GoldenCase): string => name.slice(0, name.lastIndexOf('/'));

describe('patterns', () => {
  const cases = casesOf('patterns');

  it.each(primitivePatterns)('%s has a case on lines, on tokens, and without a base', (pattern) => {
    const names = cases.filter((golden) => folderOf(golden) === pattern).map(({ name }) => name);
    for (const each of ['lines', 'tokens', 'emptyBase']) expect(names).toContain(`${pattern}/${each}`);
  });

  it.each(named(cases))('%s', (_name, golden) => {
    const { lineMerge, tokenMerge } = materialOf(golden);
    const merge = golden.header['unit'] === 'tokens' ? tokenMerge : lineMerge;
    const text = renderAlike(merge!, folderOf(golden) as PrimitivePattern).join('');
    check(golden, `${merge!.conflicts === 1 ? '1 place' : `${merge!.conflicts} places`}\n${shown(text)}`);
  });
});

/** All names under which a rule proposes. */
const namesOfRules: Readonly<Record<string, readonly string[]>> = {
  union: ['union', 'union-theirs-first'],
  structure: [
    'both-edits',
    'union-list',
    'union-members',
    'union-parameters',
    'union-imports',
    'union-statements',
  ].flatMap((name) =>
    ['', '-theirs-first', '-their-words', '-theirs-first-our-words', '-at-end', '-theirs-first-at-end'].map(
      (preference) => name + preference,
    ),
  ),
  lineSets: [
    'line-set',
    'line-set-theirs-first',
    'line-set-appended',
    'line-set-theirs-first-appended',
    'line-set-sorted',
    'line-set-descending',
  ],
  sections: ['sections', 'sections-theirs-first'],
  additions: ['ours-additions', 'theirs-additions', 'ours+theirs-additions', 'theirs+ours-additions'],
  replay: [
    'ours-with-renames',
    'theirs-with-renames',
    'merge-with-renames',
    'merge-with-renames:ours',
    'merge-with-renames:theirs',
    'merge-with-renames:ours+theirs',
  ],
  analogy: ['merge', 'ours+theirs', 'ours', 'theirs'].flatMap((name) =>
    ['broad', 'narrow'].map((breadth) => `${name}-with-habits-${breadth}`),
  ),
  arithmetic: ['added-counts'],
  separators: ['ours+comma+theirs', 'theirs+comma+ours'],
};

describe('rules', () => {
  const cases = casesOf('rules');
  const byName = new Map<string, Rule>(rules.map((rule) => [rule.name, rule]));
  const ruleOf = (golden: GoldenCase): Rule => byName.get(folderOf(golden))!;

  it.each([...byName])('%s has a case for each of its names, and one in which it proposes nothing', (name, rule) => {
    const proposed = cases
      .filter((golden) => folderOf(golden) === name)
      .map((golden) => rule(materialOf(golden)).map(({ pattern }) => pattern));
    expect(proposed).not.toHaveLength(0);
    expect([...new Set(proposed.flat())].sort()).toEqual([...(namesOfRules[name] ?? ['no names'])].sort());
    // A merge of lines as a set has an answer to everything.
    if (name !== 'lineSets') expect(proposed).toContainEqual([]);
  });

  const found = (golden: GoldenCase): string =>
    listed(ruleOf(golden)(materialOf(golden)).map(({ pattern, text }) => ({ name: pattern, text })));

  it.each(right(cases))('%s', (_name, golden) => check(golden, found(golden)));

  it.fails.each(wrong(cases))('%s is wrong', (_name, golden) => expect(found(golden)).toBe(golden.expected));

  it('gives every name its own words for a person', () => {
    const proposals = cases.flatMap((golden): readonly Proposal[] => ruleOf(golden)(materialOf(golden)));
    for (const { pattern, source } of proposals) {
      expect(inEnglish(patternPhrase({ pattern, source, parts: [] })), pattern).not.toBe('Joins both');
    }
  });
});

const kinds: readonly (UnionKind | 'both-edits')[] = [
  'imports',
  'members',
  'parameters',
  'list',
  'statements',
  'both-edits',
];
const languages = ['typescript', 'javascript', 'python', 'java', 'csharp', 'go'];

const preferences: readonly MergePreference[] = [
  { word: 'ours', first: 'ours', additions: 'inPlace' },
  { word: 'theirs', first: 'theirs', additions: 'inPlace' },
  { word: 'theirs', first: 'ours', additions: 'inPlace' },
  { word: 'ours', first: 'theirs', additions: 'inPlace' },
  { word: 'ours', first: 'ours', additions: 'atEnd' },
  { word: 'theirs', first: 'theirs', additions: 'atEnd' },
];

describe('structure', () => {
  const cases = casesOf('structure');

  it.each(kinds)('%s has a case in every language with a grammar', (kind) => {
    const found = new Set(cases.filter((golden) => folderOf(golden) === kind).map(({ header }) => header['language']));
    for (const language of languages) expect(found).toContain(language);
  });

  it.each(right(cases))('%s', async (_name, golden) => {
    const merged = await mergesOf(golden);
    const unions = merged.map((each) => [...each.unions].sort().join(', '));
    // Who comes first changes nothing in what is joined.
    expect(new Set(unions).size).toBe(1);
    check(golden, `joined: ${unions[0] === '' ? 'nothing' : unions[0]}\n${listed(merged)}`);
  });

  it.fails.each(wrong(cases))('%s is wrong', async (_name, golden) => {
    const [first] = await mergesOf(golden);
    expect(shown(first!.text)).toBe(golden.expected);
  });

  // A case in which both sides changed one word must lose one of the two, and says so.
  const lossless = cases.filter(({ header }) => header['choice'] !== 'yes');

  it.each(right(lossless))('%s loses no word and doubles none', async (_name, golden) => {
    const counts = (text: string): Map<string, number> => {
      const found = new Map<string, number>();
      for (const word of text.match(/[\p{L}\p{N}_]+/gu) ?? []) found.set(word, (found.get(word) ?? 0) + 1);
      return found;
    };
    const { ours, base, theirs } = materialOf(golden);
    const [inOurs, inBase, inTheirs] = [ours, base, theirs].map(({ text }) => counts(text)) as [
      Map<string, number>,
      Map<string, number>,
      Map<string, number>,
    ];
    for (const { name, text } of await mergesOf(golden)) {
      const inMerge = counts(text);
      for (const word of new Set([...inOurs.keys(), ...inBase.keys(), ...inTheirs.keys()])) {
        const [o, b, t] = [inOurs, inBase, inTheirs].map((each) => each.get(word) ?? 0) as [number, number, number];
        // Both changes of the count are made; where both go the same way they may be one change.
        const both = o + t - b;
        const same = o > b && t > b ? Math.max(o, t) : o < b && t < b ? Math.min(o, t) : both;
        const found = inMerge.get(word) ?? 0;
        expect(found, `${word} in ${name}`).toBeGreaterThanOrEqual(Math.min(both, same));
        expect(found, `${word} in ${name}`).toBeLessThanOrEqual(Math.max(both, same));
      }
    }
  });
});

interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** The merges by structure, each with the white space that the candidate of the same words has. */
async function mergesOf(
  golden: GoldenCase,
): Promise<readonly (NamedText & { readonly unions: ReadonlySet<UnionKind> })[]> {
  const { ours, base, theirs, input } = materialOf(golden);
  const { candidates } = await poseProblem(input);
  return preferences.map((preference) => {
    const { elements, unions } = mergeOutlines(
      outlineOf(ours.words),
      outlineOf(base.words),
      outlineOf(theirs.words),
      preference,
    );
    const { word, first, additions } = preference;
    const merged = textOfElements(elements);
    const candidate = candidates.find(({ text }) => withoutSpace(text) === withoutSpace(merged));
    const ending = additions === 'atEnd' ? ', at the end' : '';
    return {
      name: `${first} first, ${word === 'ours' ? 'our' : 'their'} words${ending}`,
      text: candidate?.text ?? merged,
      unions,
    };
  });
}

function materialOf({ header, input }: GoldenCase): Material {
  const sections = input.slice(0, header['base'] === 'unknown' ? 2 : 3);
  const texts = sections.map((section) => (section === '' || header['lastLine'] === 'open' ? section : `${section}\n`));
  const [base, ours, theirs] = header['base'] === 'unknown' ? [undefined, ...texts] : texts;
  return gatherMaterial({
    base,
    ours: ours!,
    theirs: theirs!,
    before: '',
    after: '',
    languageId: header['language'] ?? 'typescript',
    path: '',
    others: [],
    siblings: [],
  });
}

/** Every text once, under all its names. */
function listed(proposals: readonly NamedText[]): string {
  const names = new Map<string, string[]>();
  for (const { name, text } of proposals) names.set(text, [...(names.get(text) ?? []), name]);
  if (names.size === 0) return 'nothing';
  return [...names].map(([text, all]) => `= ${all.join('; ')}\n${shown(text)}`).join('\n');
}

/** A text without the end of its last line; says so where there was none to leave out. */
function shown(text: string): string {
  if (text === '') return '(empty)';
  return text.endsWith('\n') ? text.slice(0, -1) : `${text}(no line end)`;
}

function check(golden: GoldenCase, found: string): void {
  const { actual, expected } = expectGolden(golden, found);
  expect(actual).toBe(expected);
}
