// Two evaluations of the same items side by side: what one gets right that the other does not, and how sure the difference
// is. Items of one repository are alike, so whole repositories are drawn anew, not single items. Pure: results in, figures
// out.

import { groupBy } from '../../../common/groupBy.js';
import { seededRandom } from '../../../common/random.js';
import { mean, percentile, share } from '../../../measure/statistics.js';

export interface PairedItem {
  readonly id: string;
  readonly repo: string;
  readonly right: boolean;
  /** Whether it would have been suggested. */
  readonly shown: boolean;
  readonly promptTokens: number;
}

export type PairedReport = ReturnType<typeof reportPaired>;

const RESAMPLES = 2000;

/** @param baseline results of the same items, found by id; items that it lacks are left out */
export function reportPaired(results: readonly PairedItem[], baseline: readonly PairedItem[]) {
  const before = new Map(baseline.map((result) => [result.id, result]));
  const pairs = results.flatMap((after) => {
    const other = before.get(after.id);
    return other === undefined ? [] : [{ repo: after.repo, after, before: other }];
  });
  type Pair = (typeof pairs)[number];
  const gain = ({ after, before: other }: Pair): number => Number(after.right) - Number(other.right);
  const repositories = [...groupBy(pairs, ({ repo }) => repo).values()].map((of) => ({
    n: of.length,
    gain: of.reduce((sum, pair) => sum + gain(pair), 0),
  }));
  const { below } = seededRandom(1);
  const resampled = Array.from({ length: RESAMPLES }, () => {
    const drawn = repositories.map(() => repositories[below(repositories.length)]!);
    const n = drawn.reduce((sum, one) => sum + one.n, 0);
    return n === 0 ? 0 : drawn.reduce((sum, one) => sum + one.gain, 0) / n;
  });
  return {
    n: pairs.length,
    repositories: repositories.length,
    exactLine: mean(pairs.map(({ after }) => Number(after.right))),
    baseline: mean(pairs.map(({ before: other }) => Number(other.right))),
    won: pairs.filter((pair) => gain(pair) > 0).length,
    lost: pairs.filter((pair) => gain(pair) < 0).length,
    difference: mean(pairs.map(gain)),
    shown: {
      exactLine: reportShown(pairs.map(({ after }) => after)),
      baseline: reportShown(pairs.map(({ before: other }) => other)),
    },
    /** 95 % of the resamples of repositories lie between these. */
    interval: { from: percentile(resampled, 0.025), to: percentile(resampled, 0.975) },
    promptTokens: {
      exactLine: mean(pairs.map(({ after }) => after.promptTokens)),
      baseline: mean(pairs.map(({ before: other }) => other.promptTokens)),
    },
  };
}

function reportShown(items: readonly PairedItem[]) {
  const isShown = ({ shown }: PairedItem): boolean => shown;
  const isRight = ({ right }: PairedItem): boolean => right;
  return {
    /** Of all items: what is suggested, and what is suggested and right. */
    shown: share(items, isShown),
    shownAndRight: share(items, (item) => isShown(item) && isRight(item)),
    precision: share(items.filter(isShown), isRight),
  };
}
