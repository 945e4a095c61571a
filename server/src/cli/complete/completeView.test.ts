import { describe, expect, it } from 'vitest';
import { viewSuggestions } from './completeView.js';
import type { CompletionResult } from '../../completion/index.js';

const text = 'one\ntwo\nthree\nfour\nfive();\nsix\nseven\neight\nnine\nten\n';
const at = text.indexOf('five(') + 'five('.length;
const timing = {
  promptTokens: 30,
  cachedTokens: 0,
  queueMs: 0,
  promptMs: 80,
  decodeMs: 40,
  tokens: 5,
  drafted: 0,
  layersPerToken: 24,
  passes: 0,
  exits: {},
};
const note = { lines: 960, source: 'training' } as const;
const suggested = (...texts: string[]): Extract<CompletionResult, { kind: 'suggestions' }> => ({
  kind: 'suggestions',
  source: 'model',
  timing,
  suggestions: texts.map((each) => ({ text: each, range: { start: at, end: at + 1 }, probability: 0.5, tokens: [] })),
});

describe('the view of a suggestion', () => {
  it('shows the lines around it with their numbers, and what it cost', () => {
    expect(viewSuggestions(text, suggested('a, b)'), note, false)).toBe(
      [
        '2 | two',
        '3 | three',
        '4 | four',
        '5 | five(«a, b)»;',
        '6 | six',
        '7 | seven',
        '8 | eight',
        '',
        '50.0 % likely, 120 ms (prompt 80.0 ms), 5 tokens, 100.0 tokens/s, 24.0 layers a token',
      ].join('\n'),
    );
  });

  it('shows of a long line what is at the cursor, and of others the beginning', () => {
    const long = 'x'.repeat(1_000);
    const place = `${long}\n${long}five(`;
    const { suggestions, ...rest } = suggested('a)');
    const result = {
      ...rest,
      suggestions: [{ ...suggestions[0]!, range: { start: place.length, end: place.length } }],
    };
    expect(viewSuggestions(`${place}${long}\n`, result, note, false).split('\n').slice(0, 2)).toEqual([
      `1 | ${'x'.repeat(500)} … and 500 more characters`,
      `2 | 505 more characters and … ${'x'.repeat(495)}five(«a)»${'x'.repeat(500)} … and 500 more characters`,
    ]);
  });

  it('numbers the lines of a long suggestion, and lists the others below', () => {
    const shown = viewSuggestions(text.replaceAll('\n', '\r\n'), suggested('a,\r\n  b\r\n)', 'c)'), note, false);
    expect(shown).not.toContain('\r');
    expect(shown).toContain('2: «c)» (50.0 % likely)');
  });

  it('says where a probability is not calibrated, and on what it was on this machine', () => {
    expect(viewSuggestions(text, suggested('a)', 'b)'), undefined, false)).toMatch(
      /50\.0 % likely \(not calibrated\), 120 ms[^]*2: «b\)» \(50\.0 % likely \(not calibrated\)\)/,
    );
    const measured = { lines: 150, source: 'commits', date: '2026-11-30' } as const;
    expect(viewSuggestions(text, suggested('a)'), measured, false)).toContain(
      'The probability is calibrated on 150 lines of your own commits on 2026-11-30.',
    );
  });

  it('colours instead of marking', () => {
    expect(viewSuggestions(text, suggested('a)'), note, true)).not.toContain('«');
  });
});
