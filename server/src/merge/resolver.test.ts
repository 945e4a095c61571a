import { describe, expect, it } from 'vitest';
import { silentLogger } from '../common/logger.js';
import type { Syntax } from '../syntax/index.js';
import { createMergeResolver } from './resolver.js';
import type { Ranker } from './types.js';

/** Sure of whatever comes first. */
const ranker: Ranker = {
  rank: (problem) =>
    Promise.resolve(
      problem.candidates.map((candidate, i) => ({ candidate, confidence: i === 0 ? 0.98 : 0.01, contributions: [] })),
    ),
};
const syntax = { supports: () => false } as unknown as Syntax;
const { signal } = new AbortController();

const resolve = (ours: string, theirs: string, languageId: string) =>
  createMergeResolver({ ranker, syntax, logger: silentLogger }).resolveInput(
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
  expect(ours.explanation).toMatch(/^Takes ours\./);
});

describe('a conflict whose sides differ in white space alone', () => {
  it('is never certain where indentation carries meaning', async () => {
    const { resolutions } = await resolve('    x = 1\n', 'x = 1\n', 'python');
    expect(resolutions.length).toBeGreaterThan(0);
    expect(resolutions.every(({ confidence }) => confidence <= 0.5)).toBe(true);
  });

  it('may be certain elsewhere', async () => {
    const { resolutions } = await resolve('    x = 1\n', 'x = 1\n', 'typescript');
    expect(resolutions[0]?.confidence).toBe(0.98);
  });

  it('takes nothing from conflicts of other kinds', async () => {
    const { resolutions } = await resolve('x = 1\n', 'x = 2\n', 'python');
    expect(resolutions[0]?.confidence).toBe(0.98);
  });
});
