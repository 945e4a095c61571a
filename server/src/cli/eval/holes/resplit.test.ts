import { describe, expect, it } from 'vitest';
import { offerLevels, thresholds, type Outcome } from '../../../partial/index.js';
import type { EvaluatedItem } from './evaluateLines.js';
import { resplit } from './resplit.js';
import { resplitOffers } from './resplitOffers.js';

/** Twenty repositories of 30 lines; what is kept falls with the threshold, and so does the share that is missed. */
function items(missed: (repository: number, line: number, threshold: number) => boolean): readonly EvaluatedItem[] {
  return Array.from({ length: 600 }, (_, index): EvaluatedItem => {
    const [repository, line] = [Math.floor(index / 30), index % 30];
    const row = thresholds.map((threshold): Outcome => {
      const share = 1 - threshold;
      return { isCovered: !missed(repository, line, threshold), keptNodes: share, keptCharacters: share, holes: 1 };
    });
    const item = { id: String(index), repo: `r${repository}`, path: 'a.go', language: 'go', kind: 'line-start' };
    return {
      item: { ...item, prefix: '', suffix: '', target_line: '' },
      languageId: 'go',
      evaluated: { nodes: 5, outcomes: { lacuna: [row, row] }, offers: [offerLevels.map(() => undefined)] },
      ms: 1,
    };
  });
}

const wanted = { holes: 2, epsilon: 0.2, delta: 0.1 };

it('keeps the guarantee nearly always where repositories are alike, and removes little for it', () => {
  const [one] = resplit(
    items((_, line, threshold) => line / 30 < 0.5 - threshold),
    wanted,
    200,
    1,
  );
  expect(one).toMatchObject({ method: 'lacuna', kept: 1 });
  expect(one!.missed).toBeGreaterThan(0.1);
  expect(one!.nodesRemoved).toBeLessThan(0.42);
});

it('removes more, and still keeps the guarantee, where they differ', () => {
  const alike = resplit(
    items((_, line, threshold) => line / 30 < 0.5 - threshold),
    wanted,
    200,
    1,
  )[0]!;
  const differing = items(
    (repository, line, threshold) => line / 30 < (0.5 - threshold) * (repository % 2 === 0 ? 1.7 : 0.3),
  );
  const [one] = resplit(differing, wanted, 200, 1);
  expect(one!.kept).toBeGreaterThanOrEqual(0.9);
  expect(one!.nodesRemoved).toBeGreaterThan(alike.nodesRemoved);
  expect(one!.missedAtMost).toBeGreaterThan(one!.missed);
  expect(one!.byLanguage['go']).toEqual({ kept: one!.kept, missed: one!.missed });
});

it('gives the same figures for the same seed', () => {
  const some = items((repository, line, threshold) => (repository * 7 + line) % 30 < 20 * (1 - threshold));
  expect(resplit(some, wanted, 20, 3)).toEqual(resplit(some, wanted, 20, 3));
});

describe('of what is offered', () => {
  /** A third of the lines is offered up to a level of .8, and every so many of these is missed. */
  const offering = (missedOneIn: number): readonly EvaluatedItem[] =>
    items(() => false).map((one, index) => {
      const outcome = { isCovered: index % missedOneIn !== 0, keptNodes: 1, keptCharacters: 1, holes: 1 };
      const row = offerLevels.map((level) => (index % 3 === 0 && level <= 0.8 ? outcome : undefined));
      return { ...one, evaluated: { ...one.evaluated, offers: [row, row] } };
    });

  it('counts the halves that can promise something, how often that is kept, and what they offer', () => {
    const found = resplitOffers(offering(30), wanted, 100, 1);
    expect(found).toMatchObject({ epsilon: 0.2, certified: 1, kept: 1 });
    expect(found.offered).toBeCloseTo(1 / 3, 2);
    expect(found.coverage).toBeCloseTo(0.9, 2);
  });

  it('is silence, and no broken promise, where every half misses too much', () => {
    expect(resplitOffers(offering(3), wanted, 100, 1)).toEqual({
      epsilon: 0.2,
      certified: 0,
      kept: 1,
      offered: undefined,
      coverage: undefined,
    });
  });
});
