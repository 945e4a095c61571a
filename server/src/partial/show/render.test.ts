import { describe, expect, it } from 'vitest';
import { renderText } from './render.js';
import type { PartialProgram } from '../types.js';

const program = (...ranges: readonly [number, number, boolean?][]): PartialProgram => ({
  holes: ranges.map(([start, end, isRest = false]) => ({
    range: { start, end },
    isRest,
    first: 0,
    last: 0,
    parent: undefined as never,
  })),
  kept: 1,
  cost: 0,
  isEverything: false,
});

describe('a partial program', () => {
  it('shows a placeholder for each hole, and where it is', () => {
    const { text, ranges } = renderText('f(a, b);', program([2, 3], [5, 6]), ['count', 'name']);
    expect(text).toBe('f(⟨count⟩, ⟨name⟩);');
    expect(ranges.map(({ start, end }) => text.slice(start, end))).toEqual(['⟨count⟩', '⟨name⟩']);
  });

  it('ends where the rest of the line is left out', () => {
    const cut = program([4, 9, true]);
    expect(renderText('a = b + c', cut, []).text).toBe('a =');
  });
});
