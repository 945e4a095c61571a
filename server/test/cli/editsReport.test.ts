import { describe, expect, it } from 'vitest';
import { type EditResult, reportEdits } from '../../src/cli/editsReport.js';

const result = (over: Partial<EditResult> & { probability: number }): EditResult => ({
  id: 'x',
  repo: 'a/a',
  language: 'python',
  kind: 'mid-line',
  generated: 'x',
  target: 'x',
  right: true,
  logProbability: Math.log(over.probability),
  promptTokens: 100,
  tokens: 4,
  drafted: 1,
  layersPerToken: 24,
  promptMs: 10,
  decodeMs: 20,
  ms: 31,
  ...over,
});

const results = [
  result({ probability: 0.9 }),
  result({ probability: 0.8, language: 'go', tokens: 12, drafted: 9, layersPerToken: 20 }),
  result({ probability: 0.7, right: false, repo: 'b/b' }),
  result({ probability: 0.1, right: false, kind: 'line-start', decodeMs: 40, ms: 51 }),
];

describe('reportEdits', () => {
  const report = reportEdits(results, 0.5);

  it('counts lines and what would be shown of them', () => {
    expect(report).toMatchObject({ n: 4, exactLine: 0.5, shown: 0.75 });
    expect(report.precisionShown).toBeCloseTo(2 / 3, 12);
  });

  it('splits by language, kind and repository', () => {
    expect(Object.keys(report.byLanguage)).toEqual(['python', 'go']);
    expect(report.byLanguage['go']).toEqual({ n: 1, exactLine: 1, shown: 1, precisionShown: 1 });
    expect(report.byKind['line-start']).toEqual({ n: 1, exactLine: 0, shown: 0, precisionShown: undefined });
    expect(report.byRepository['b/b']).toMatchObject({ n: 1, exactLine: 0 });
  });

  it('takes the threshold of the stop rule from the data, and says so', () => {
    expect(report.stop).toMatchObject({ auc: 1, keptRight: 1, droppedWrong: 1 });
    expect(report.stop.threshold.from).toBe('evaluated data');
    expect(report.stop.threshold.logProbability).toBeCloseTo(Math.log(0.8), 12);
  });

  it('weighs layers and drafts by tokens, and averages times over items', () => {
    // 3 items of 4 tokens at 24 layers and one of 12 at 20.
    expect(report.layersPerToken).toBeCloseTo(22, 12);
    // 1 of 4 tokens three times, and 9 of 12.
    expect(report.draftedShare).toBeCloseTo(0.5, 12);
    expect(report).toMatchObject({ tokens: 6, decodeMs: 25, promptMs: 10 });
    expect(report.msPerItem.p50).toBe(31);
    expect(report.msPerItem.p90).toBeCloseTo(45, 9);
  });

  it('says nothing of what it cannot know', () => {
    const allRight = reportEdits(results.slice(0, 2), 0.5);
    expect(allRight.stop).toMatchObject({ auc: undefined, keptRight: 1, droppedWrong: undefined });
  });
});
