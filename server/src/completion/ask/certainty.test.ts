import { describe, expect, it } from 'vitest';
import { sumOf } from '../cut/continuation.js';
import { withRecalibratedTokens } from './certainty.js';
import type { Continuation } from '../../model/index.js';

const continuationOf = (logProbabilities: readonly number[], probability?: number): Continuation => ({
  text: 'ab',
  tokens: logProbabilities.map((logProbability, i) => ({
    id: i,
    start: i,
    end: i + 1,
    logProbability,
    entropy: 0,
    layers: 24,
  })),
  logProbability: logProbabilities.reduce((a, b) => a + b, 0),
  finish: 'lines',
  ...(probability === undefined ? {} : { probability }),
});

describe('withCalibratedTokens', () => {
  it('leaves a continuation without a calibrated probability as it is', () => {
    const plain = continuationOf([-1, -2]);
    expect(withRecalibratedTokens(plain)).toBe(plain);
  });

  it('shares the calibrated log-probability among the tokens in proportion', () => {
    const { tokens, logProbability } = withRecalibratedTokens(continuationOf([-1, -3], 0.5));
    expect(logProbability).toBeCloseTo(Math.log(0.5));
    expect(tokens.map(({ share }) => share)).toEqual([Math.log(0.5) / 4, (3 * Math.log(0.5)) / 4]);
  });

  it('shares it alike where the model was sure of everything', () => {
    const { tokens, logProbability } = withRecalibratedTokens(continuationOf([0, 0], 0.9));
    expect(sumOf(tokens)).toBeCloseTo(logProbability);
    expect(tokens[0]!.share).toBe(tokens[1]!.share);
  });
});
