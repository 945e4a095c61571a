import { describe, expect, it } from 'vitest';
import { branchesWanted, likeliestBranches } from './branches.js';
import type { Continuation, Finish } from '../language.js';

const step = (logProbability: number, ...others: readonly (readonly [string, number])[]) => ({
  logProbability,
  others: others.map(([name, other]) => ({ name, logProbability: other })),
});

describe('the likeliest branches', () => {
  const line = [step(-0.1, ['a', -3], ['b', -5]), step(-1, ['c', -1.2], ['d', -2]), step(-0.5, ['e', -1.5])];
  const found = (count: number) =>
    likeliestBranches(line, ({ others }) => others, count).map(({ at, choice }) => `${at} ${choice.name}`);

  it('are those whose tokens, the ones before included, are likeliest', () => {
    // -1.3, -2.1, -2.6, -3 and -5.
    expect(found(9)).toEqual(['1 c', '1 d', '2 e', '0 a', '0 b']);
    expect(found(2)).toEqual(['1 c', '1 d']);
  });

  it('are none of an empty line', () => {
    expect(likeliestBranches([], () => [], 6)).toEqual([]);
  });
});

describe('branches are wanted', () => {
  const wanted = (finish: Finish): boolean => {
    const line: Continuation = { text: 'a', tokens: [], logProbability: -1, finish };
    expect(branchesWanted({}, line)).toBeUndefined();
    return branchesWanted({ branches: { count: 6 } }, line) !== undefined;
  };

  it('where they were asked for, but never from a line that was given up or cut by the clock', () => {
    expect(wanted('lines')).toBe(true);
    expect(wanted('endOfText')).toBe(true);
    expect(wanted('earlyStop')).toBe(false);
    expect(wanted('time')).toBe(false);
  });
});
