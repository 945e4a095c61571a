import { describe, expect, it } from 'vitest';
import { reportPaired, type PairedItem } from './pairedReport.js';

const item = (id: string, repo: string, right: boolean): PairedItem => ({
  id,
  repo,
  right,
  shown: right || id === '2',
  promptTokens: 10,
});

describe('reportPaired', () => {
  it('counts what is won and lost over the items that both have', () => {
    const after = [item('1', 'a', true), item('2', 'a', false), item('3', 'b', true), item('4', 'b', true)];
    const before = [item('1', 'a', false), item('2', 'a', true), item('3', 'b', true), item('5', 'b', true)];
    expect(reportPaired(after, before)).toMatchObject({ n: 3, repositories: 2, won: 1, lost: 1, difference: 0 });
  });

  it('says what would have been suggested, and what of it was right', () => {
    const after = [item('1', 'a', true), item('2', 'a', false), item('3', 'b', false), item('4', 'b', true)];
    const before = after.map(({ id, repo }) => item(id, repo, id === '1'));
    expect(reportPaired(after, before).shown).toEqual({
      exactLine: { shown: 0.75, shownAndRight: 0.5, precision: 2 / 3 },
      baseline: { shown: 0.5, shownAndRight: 0.25, precision: 0.5 },
    });
    expect(reportPaired([], []).shown.baseline).toEqual({});
  });

  it('is sure where every repository gains, and unsure where one alone does', () => {
    const repositories = ['a', 'b', 'c', 'd', 'e', 'f'];
    const items = (isRight: (repo: string, at: number) => boolean) =>
      repositories.flatMap((repo) => Array.from({ length: 10 }, (_, i) => item(`${repo}${i}`, repo, isRight(repo, i))));
    const none = items(() => false);
    const all = reportPaired(
      items((_repo, at) => at < 2),
      none,
    );
    expect(all.interval).toEqual({ from: 0.2, to: 0.2 });
    const one = reportPaired(
      items((repo) => repo === 'a'),
      none,
    );
    expect(one.interval.from).toBe(0);
    expect(one.interval.to).toBeGreaterThan(one.difference!);
  });

  it('has no figures of nothing', () => {
    expect(reportPaired([], [])).toMatchObject({ n: 0, difference: undefined, won: 0, lost: 0 });
  });
});
