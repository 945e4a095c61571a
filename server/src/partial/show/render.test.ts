import { describe, expect, it } from 'vitest';
import { renderSnippet, renderText } from './render.js';
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
    const { text, ranges } = renderText('f(a, b);', program([2, 3], [5, 6]), [
      { name: 'count', choices: [] },
      { name: 'name', choices: [] },
    ]);
    expect(text).toBe('f(⟨count⟩, ⟨name⟩);');
    expect(ranges.map(({ start, end }) => text.slice(start, end))).toEqual(['⟨count⟩', '⟨name⟩']);
  });

  it('ends where the rest of the line is left out', () => {
    const cut = program([4, 9, true]);
    expect(renderText('a = b + c', cut, []).text).toBe('a =');
    expect(renderSnippet('a = b + c', cut, [])).toBe('a =$0');
  });

  it('is a snippet with everything escaped that snippets take for their own', () => {
    const text = '`${a}\\n` + b + {c}';
    const names = [{ name: 'value', choices: ['x, y|z', '$q'] }];
    expect(renderSnippet(text, program([11, 12]), names)).toBe(
      '`\\${a\\}\\\\n` + ${1|⟨value⟩,x\\, y\\|z,\\$q|} + {c\\}$0',
    );
    expect(renderSnippet('f(a)', program([2, 3]), [{ name: 'argument', choices: [] }])).toBe('f(${1:⟨argument⟩})$0');
  });
});
