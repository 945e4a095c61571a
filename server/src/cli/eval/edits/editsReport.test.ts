import { describe, expect, it } from 'vitest';
import { type EditResult, reportEdits } from './editsReport.js';

const result = (over: Partial<EditResult> & { probability: number }): EditResult => ({
  id: 'x',
  repo: 'a/a',
  language: 'python',
  kind: 'mid-line',
  generated: 'x',
  target: 'x',
  right: true,
  logProbability: Math.log(over.probability),
  list: [],
  modes: [],
  promptTokens: 100,
  tokens: 4,
  drafted: 1,
  layersPerToken: 24,
  promptMs: 10,
  decodeMs: 20,
  ms: 31,
  ...over,
});

const token = (start: number, end: number, right: number) => ({
  id: 1,
  start,
  end,
  logProbability: -0.1,
  entropy: 0.1,
  layers: 24,
  right,
});

const certainties = [{ certainty: 'balanced', shown: 0.5, earlyStopBelow: 0.2 }];

const results = [
  result({ probability: 0.9 }),
  result({ probability: 0.8, language: 'go', tokens: 12, drafted: 9, layersPerToken: 20 }),
  result({ probability: 0.7, right: false, repo: 'b/b' }),
  result({ probability: 0.1, right: false, kind: 'line-start', decodeMs: 40, ms: 51 }),
];

describe('reportEdits', () => {
  const report = reportEdits(results, certainties);

  it('counts lines and what would be shown of them', () => {
    expect(report).toMatchObject({ n: 4, exactLine: 0.5, shown: 0.75 });
    expect(report.precisionShown).toBeCloseTo(2 / 3, 12);
  });

  it('splits by language, kind and repository', () => {
    expect(Object.keys(report.byLanguage)).toEqual(['python', 'go']);
    expect(report.byLanguage['go']).toMatchObject({ n: 1, exactLine: 1, shown: 1, precisionShown: 1 });
    expect(report.byKind['line-start']).toMatchObject({ n: 1, exactLine: 0, shown: 0, precisionShown: undefined });
    expect(report.byRepository['b/b']).toMatchObject({ n: 1, exactLine: 0 });
  });

  it('takes the threshold of the stop rule from the calibration, and that of the plain sum from the data', () => {
    expect(report.stop).toMatchObject({ auc: 1, keptRight: 1, droppedWrong: 0.5, plain: { auc: 1, droppedWrong: 1 } });
    expect(report.stop.threshold).toEqual({ probability: 0.5, from: 'the calibration data' });
    expect(report.stop.plain.threshold.logProbability).toBeCloseTo(Math.log(0.8), 12);
  });

  it('counts what is computed no further, and does not show it', () => {
    const stopped = [0.4, 0.1, 0.9].map((right, i) => token(i, i + 1, right));
    const spelled = [0.1, 0.9].map((right) => token(0, 0, right));
    const mixed = [result({ probability: 0.9, list: stopped }), result({ probability: 0.9, list: spelled })];
    const { certainties: words } = reportEdits(mixed, certainties);
    expect(words['balanced']).toEqual({ shown: 0.5, precisionShown: 1, keptRight: 0.5, spared: 1 - 4 / 5 });
  });

  it('sets the modes side by side', () => {
    const mode = {
      mode: 'off' as const,
      same: true,
      right: true,
      tokens: 4,
      passes: 4,
      drafted: 0,
      layers: 96,
      decodeMs: 80,
    };
    const exact = { ...mode, mode: 'exact' as const, passes: 2, drafted: 2, decodeMs: 40 };
    const { modes } = reportEdits([result({ probability: 0.9, modes: [mode, exact] })], certainties);
    expect(modes['exact']).toMatchObject({ same: 1, fasterThanOff: 2, passesPerToken: 0.5, draftedShare: 0.5 });
  });

  it('tells how often lines of a probability are right', () => {
    const [lowest, ...others] = report.reliability;
    expect(lowest).toMatchObject({ from: 0, to: 0.1, n: 0 });
    expect(others[0]).toMatchObject({ n: 1, right: 0 });
    expect(others.at(-1)).toMatchObject({ n: 1, right: 1 });
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
    const allRight = reportEdits(results.slice(0, 2), certainties);
    expect(allRight.stop).toMatchObject({ auc: undefined, keptRight: 1, droppedWrong: undefined });
  });
});
