import { describe, expect, it } from 'vitest';
import { CommonRuns } from './commonRuns.js';

describe('what a line has in common with the next', () => {
  it('is the longest run of characters that both have, white space aside', () => {
    const runs = new CommonRuns('assert.equal(a, b)', 'assert.equal(a,  c)');
    expect(runs.longestIn({ start: 0, end: 18 })).toBe('assert.equal(a,'.length);
    expect(runs.share()).toBe(15 / 17);
    expect(new CommonRuns('xyz', 'abc').share()).toBe(0);
    expect(new CommonRuns('', 'abc').share()).toBe(0);
    expect(new CommonRuns('a b', 'ab').share()).toBe(1);
  });

  it('is counted within a part of it', () => {
    const text = 'foo(bar, baz)';
    const runs = new CommonRuns(text, 'qux(bar, baz)');
    expect(runs.longestIn({ start: 0, end: 3 })).toBe(0);
    expect(runs.longestIn({ start: 4, end: 7 })).toBe(3);
    expect(runs.longestIn({ start: 7, end: text.length })).toBe(',baz)'.length);
  });

  it('is the same as by looking for every part', () => {
    const other = 'abcabd ab';
    const text = 'xabdab cab';
    const runs = new CommonRuns(text, other);
    for (let start = 0; start < text.length; start++) {
      for (let end = start; end <= text.length; end++) {
        const part = text.slice(start, end).replace(/\s/g, '');
        let longest = 0;
        for (let from = 0; from < part.length; from++) {
          for (let to = from + 1; to <= part.length; to++) {
            if (other.replace(/\s/g, '').includes(part.slice(from, to))) longest = Math.max(longest, to - from);
          }
        }
        expect(runs.longestIn({ start, end })).toBe(longest);
      }
    }
  });

  it('takes no time on a very long line', () => {
    expect(new CommonRuns('ab'.repeat(100_000), 'ab'.repeat(100_000)).share()).toBe(1);
  });
});
