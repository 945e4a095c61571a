import { describe, expect, it } from 'vitest';
import { silentLogger } from '../common/logger.js';
import type { Syntax, SyntaxTree } from '../syntax/index.js';
import { openSyntaxCheck } from './conflict/syntaxCheck.js';
import { certainResolution } from './ranking/certainty.js';
import { createMergeResolver } from './resolver.js';
import type { Candidate, Ranker } from './types.js';
import { inEnglish } from '../common/words.js';

/** Sure of whatever comes first. */
const ranker: Ranker = {
  rank: (problem) =>
    Promise.resolve(
      problem.candidates.map((candidate, i) => ({ candidate, confidence: i === 0 ? 0.98 : 0.01, attributions: [] })),
    ),
};
const syntax = { parses: () => false } as unknown as Syntax;
const { signal } = new AbortController();

const resolve = (ours: string, theirs: string, languageId: string, parsers = syntax) =>
  createMergeResolver({ ranker, syntax: parsers, logger: silentLogger }).resolveInput(
    {
      ours,
      theirs,
      base: 'x = 0\n',
      before: '',
      after: '',
      languageId,
      path: `a.${languageId}`,
      others: [],
      siblings: [],
    },
    signal,
  );

it('calls an answer by the plainest of the ways that lead to it', async () => {
  const { resolutions } = await resolve('a(1);\nb();\n', 'a(1);\n', 'typescript');
  const ours = resolutions.find(({ text }) => text === 'a(1);\nb();\n')!;
  expect(ours).toMatchObject({ pattern: 'ours', source: 'line' });
  expect(inEnglish(ours.explanation)).toMatch(/^Takes ours\./);
});

it('makes no pointer of Git LFS out of two', async () => {
  const resolver = createMergeResolver({ ranker, syntax, logger: silentLogger });
  const rest = { languageId: 'plaintext', path: 'a.psd', after: '', others: [], siblings: [] };
  const version = 'version https://git-lfs.github.com/spec/v1\n';
  const sides = { base: 'oid sha256:1\nsize 9\n', ours: 'oid sha256:2\nsize 9\n', theirs: 'oid sha256:3\nsize 10\n' };
  const none = { resolutions: [], reason: 'pointer' };
  expect(await resolver.resolveInput({ ...rest, ...sides, before: version }, signal)).toEqual(none);
  const whole = { ...sides, before: '', ours: version + sides.ours };
  expect(await resolver.resolveInput({ ...rest, ...whole }, signal)).toEqual(none);
});

describe('a conflict whose sides differ in white space alone', () => {
  it('is never certain where indentation carries meaning', async () => {
    const { resolutions } = await resolve('    x = 1\n', 'x = 1\n', 'python');
    expect(resolutions.length).toBeGreaterThan(0);
    expect(resolutions.every(({ confidence }) => confidence <= 0.5)).toBe(true);
  });

  it('may be certain elsewhere', async () => {
    const { resolutions } = await resolve('    x = 1\n', 'x = 1\n', 'typescript');
    expect(resolutions[0]).toMatchObject({ text: '    x = 1\n', confidence: 0.98, refusal: undefined });
  });

  it('takes nothing from conflicts of other kinds', async () => {
    const { resolutions } = await resolve('x = 0\ny = 1\nz = 2\n', 'x = 0\ny = 1\n', 'python');
    expect(resolutions[0]).toMatchObject({ text: 'x = 0\ny = 1\nz = 2\n', confidence: 0.98, refusal: undefined });
  });
});

describe('a text that takes too long to be parsed', () => {
  /** Parsers that give up every text that holds a word; where they do not, there are as many errors as question marks. */
  const givingUp = (word: string): Syntax => ({
    supports: () => true,
    parses: () => true,
    parse: (languageId, text) =>
      Promise.resolve(
        text.includes(word)
          ? undefined
          : ({ languageId, text, countErrors: () => text.split('?').length - 1, delete: () => {} } as SyntaxTree),
      ),
    forget: () => {},
  });

  it('leaves no answer certain, and each says why', async () => {
    const { resolutions } = await resolve('x = 0\ny = 1\n', 'x = 0\n', 'typescript', givingUp('x'));
    expect(resolutions[0]).toMatchObject({ parses: undefined, confidence: 0.89, refusal: 'unchecked' });
    const all = await resolve('x = 0\ny = 1\n', 'x = 0\n', 'typescript', givingUp('z'));
    expect(all.resolutions[0]).toMatchObject({ parses: true, confidence: 0.98, refusal: undefined });
  });

  it('is unknown, and no error, where it does not fit what could be parsed', async () => {
    const ways = [
      { before: 'slow\n', after: '' },
      { before: 'quick\n', after: '' },
    ];
    const check = (await openSyntaxCheck(
      givingUp('slow\nc'),
      'typescript',
      { ours: 'a', theirs: 'b', base: '' },
      ways,
    ))!;
    expect(await check.look('c?')).toEqual({ parses: undefined, addsErrors: undefined });
    expect(await check.look('c')).toEqual({ parses: true, addsErrors: false });
    expect(await check.look('d?')).toEqual({ parses: false, addsErrors: true });
    check.close();
  });
});

describe('an answer that loses an edit', () => {
  it('is never certain, and says why', async () => {
    const { resolutions } = await resolve('x = 1\n', 'x = 2\n', 'typescript');
    expect(resolutions[0]).toMatchObject({ confidence: 0.89, rankerConfidence: 0.98, refusal: 'droppedEdit' });
    expect(inEnglish(resolutions[0]!.explanation)).toContain(
      'It is not taken without asking: something that a side changed',
    );
    expect(certainResolution({ resolutions, reason: undefined }, 0.5)).toBeUndefined();
  });

  it('is not even ranked where only what is certain counts', async () => {
    const asked: number[] = [];
    const counting: Ranker = {
      rank: (problem, aborted) => {
        asked.push(problem.candidates.length);
        return ranker.rank(problem, aborted);
      },
    };
    const resolver = createMergeResolver({ ranker: counting, syntax, logger: silentLogger, certainOnly: true });
    const input = {
      base: 'x = 0\n',
      before: '',
      after: '',
      languageId: 'typescript',
      path: 'a.ts',
      others: [],
      siblings: [],
    };
    const clash = await resolver.resolveInput({ ...input, ours: '', theirs: 'x = 2\n' }, signal);
    expect(clash.resolutions).toEqual([]);
    expect(asked).toEqual([]);
    await resolver.resolveInput({ ...input, ours: 'x = 1\ny()\n', theirs: 'x = 1\n' }, signal);
    expect(asked.length).toBe(1);
  });

  it('of white space alone is offered both ways, each a toss-up', async () => {
    const { resolutions } = await resolve('x  = 0\n', 'x   = 0\n', 'properties');
    expect(resolutions.slice(0, 2).map(({ text }) => text)).toEqual(['x  = 0\n', 'x   = 0\n']);
    expect(resolutions[0]?.confidence).toBeLessThanOrEqual(0.5);
  });
});

it('puts a join with the new names in front of one whose new words use a name that is gone', async () => {
  const joinFirst: Ranker = {
    rank: ({ candidates }) => {
      const isJoin = ({ derivations }: Candidate): boolean => derivations.some(({ pattern }) => pattern === 'merge');
      const ordered = [...candidates].sort((a, b) => Number(isJoin(b)) - Number(isJoin(a)));
      return Promise.resolve(
        ordered.map((candidate, at) => ({ candidate, confidence: at === 0 ? 0.6 : 0.01, attributions: [] })),
      );
    },
  };
  const { resolutions } = await createMergeResolver({ ranker: joinFirst, syntax, logger: silentLogger }).resolveInput(
    {
      base: 'for (const item of items) sum += item.price;\n',
      ours: 'for (const each of items) sum += each.price;\n',
      theirs: 'for (const item of items) sum += item.price * item.count;\n',
      // A word in a text is no use of the name.
      before: "import { Item } from './item';\n// of each item\n",
      after: '',
      languageId: 'typescript',
      path: 'basket.ts',
      others: [],
      siblings: [],
    },
    signal,
  );
  expect(resolutions[0]).toMatchObject({
    text: 'for (const each of items) sum += each.price * each.count;\n',
    refusal: 'renamedElsewhere',
  });
  expect(resolutions[1]?.text).toBe('for (const each of items) sum += each.price * item.count;\n');
});
