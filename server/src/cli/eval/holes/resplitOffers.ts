// Whether the guarantee for what the editor offers holds for repositories that were not measured: half of the repositories
// calibrate, and what is offered by that in the others is counted, again and again.

import { groupBy } from '../../../common/groupBy.js';
import { countAcross, leastCertifiedLevel, offerLevels } from '../../../partial/index.js';
import { mean } from '../../../measure/statistics.js';
import type { EvaluatedItem } from './evaluateLines.js';
import type { Wanted } from './partialReport.js';
import { overHalves, total } from './resplit.js';

export interface ResplitOffers {
  readonly epsilon: number;
  /** Share (0-1) of the splits in which the half could promise something. */
  readonly certified: number;
  /** Share (0-1) of all splits in which at most ε of what was offered in the other half was wrong outside the holes. */
  readonly kept: number;
  /** Shares (0-1) in the mean of the splits that promise something: of lines that are offered with holes, and of these right. */
  readonly offered: number | undefined;
  readonly coverage: number | undefined;
}

/** One repository: how many lines it has, and for each level how many are offered and how many of these are missed. */
interface Counts {
  readonly n: number;
  readonly offered: readonly number[];
  readonly missed: readonly number[];
}

export function resplitOffers(
  items: readonly EvaluatedItem[],
  { holes, epsilon, delta }: Wanted,
  splits: number,
  seed: number,
): ResplitOffers {
  const repositories = [...groupBy(items, ({ item }) => item.repo).values()].map((of) => countsOf(of, holes));
  const found = overHalves(repositories, splits, seed, (half, others) => {
    const level = levelFor(half, epsilon, delta);
    if (level === undefined) return undefined;
    const offered = total(others, (one) => one.offered[level]!);
    const missed = total(others, (one) => one.missed[level]!);
    return { offered: offered / total(others, ({ n }) => n), missed: offered === 0 ? undefined : missed / offered };
  });
  const certified = found.filter((split) => split !== undefined);
  return {
    epsilon,
    certified: certified.length / splits,
    kept: mean(found.map((split) => ((split?.missed ?? 0) <= epsilon ? 1 : 0)))!,
    offered: mean(certified.map(({ offered }) => offered)),
    coverage: mean(certified.flatMap(({ missed }) => (missed === undefined ? [] : [1 - missed]))),
  };
}

function countsOf(items: readonly EvaluatedItem[], holes: number): Counts {
  const rows = items.map(({ evaluated }) => evaluated.offers[holes - 1]!);
  const at = (isCounted: (offer: (typeof rows)[number][number]) => boolean): readonly number[] =>
    offerLevels.map((_, level) => rows.filter((row) => isCounted(row[level])).length);
  return {
    n: items.length,
    offered: at((offer) => offer !== undefined),
    missed: at((offer) => offer?.isCovered === false),
  };
}

/** The level's place from which a calibration on these repositories offers. */
function levelFor(repositories: readonly Counts[], epsilon: number, delta: number): number | undefined {
  const { items, errors, designEffects } = countAcross(offerLevels, (level) =>
    repositories.map(({ offered, missed }) => ({ n: offered[level]!, errors: missed[level]! })),
  );
  const [n, clusters] = [total(repositories, (one) => one.n), repositories.length];
  return leastCertifiedLevel({ n, clusters, offered: items, missed: errors, designEffects }, epsilon, delta);
}
