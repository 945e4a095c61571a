// Whether guarantees hold for repositories that were not measured: again and again half of the repositories calibrate, and
// what is guaranteed for the others is counted in them. Pure: evaluated lines in, figures out.

import { groupBy } from '../../../common/groupBy.js';
import { seededRandom } from '../../../common/random.js';
import { trainedNames } from '../../../common/trainedNames.js';
import { certifiedIndex, countAcross, methods, thresholds, type Method } from '../../../partial/index.js';
import type { EvaluatedItem } from './evaluateLines.js';
import type { Wanted } from './partialReport.js';
import { mean, percentile } from '../../../measure/statistics.js';

export interface Resplit {
  readonly epsilon: number;
  readonly method: Method;
  /** Share (0-1) of the splits in which at most ε of the other half's lines were missed. */
  readonly kept: number;
  /** The share of lines that was missed: in the mean of the splits, and in all but a tenth of them at most. */
  readonly missed: number;
  readonly missedAtMost: number;
  readonly nodesRemoved: number;
  readonly charactersKept: number;
  /** The first two for the repositories of each language alone, of which there are few. */
  readonly byLanguage: Readonly<Record<string, { readonly kept: number; readonly missed: number }>>;
}

/** One repository: how many lines it has, and for each threshold the sums over them. */
interface Sums {
  readonly language: string;
  readonly n: number;
  readonly missed: readonly number[];
  readonly nodes: readonly number[];
  readonly characters: readonly number[];
}

export function resplit(
  items: readonly EvaluatedItem[],
  { holes, epsilon, delta }: Wanted,
  splits: number,
  seed: number,
): readonly Resplit[] {
  return methods
    .filter((method) => items.every(({ evaluated }) => evaluated.outcomes[method] !== undefined))
    .map((method) => {
      const repositories = [...groupBy(items, ({ item }) => item.repo).values()].map((of) => sumsOf(of, method, holes));
      const found = overHalves(repositories, splits, seed, (half, others) =>
        countedIn(others, indexFor(half, epsilon, delta)),
      );
      const missed = found.map((split) => split.missed);
      return {
        epsilon,
        method,
        ...keptOf(missed, epsilon),
        missedAtMost: percentile(missed, 0.9)!,
        nodesRemoved: 1 - mean(found.map((split) => split.nodes))!,
        charactersKept: mean(found.map((split) => split.characters))!,
        byLanguage: Object.fromEntries(
          [...new Set(repositories.map(({ language }) => language))].map((language) => {
            const shares = found.flatMap(({ missedIn }) => missedIn.get(language) ?? []);
            return [language, keptOf(shares, epsilon)];
          }),
        ),
      };
    });
}

function keptOf(missed: readonly number[], epsilon: number): { readonly kept: number; readonly missed: number } {
  return { kept: mean(missed.map((share) => (share <= epsilon ? 1 : 0)))!, missed: mean(missed)! };
}

function sumsOf(items: readonly EvaluatedItem[], method: Method, holes: number): Sums {
  const rows = items.map(({ evaluated }) => evaluated.outcomes[method]![holes - 1] ?? evaluated.outcomes[method]![0]!);
  const sum = (valueOf: (outcome: (typeof rows)[number][number]) => number): readonly number[] =>
    thresholds.map((_, index) => rows.reduce((total, row) => total + valueOf(row[index]!), 0));
  return {
    language: items[0]!.item.language,
    n: items.length,
    missed: sum(({ isCovered }) => (isCovered ? 0 : 1)),
    nodes: sum(({ keptNodes }) => keptNodes),
    characters: sum(({ keptCharacters }) => keptCharacters),
  };
}

/** What is found of so many pairs of random halves; each pair is drawn anew. */
export function overHalves<T, Found>(
  all: readonly T[],
  splits: number,
  seed: number,
  find: (half: readonly T[], others: readonly T[]) => Found,
): readonly Found[] {
  const { share } = seededRandom(seed);
  return Array.from({ length: splits }, () => {
    const shuffled = all.map((one) => ({ one, place: share() })).sort((a, b) => a.place - b.place);
    const half = shuffled.length >> 1;
    return find(
      shuffled.slice(0, half).map(({ one }) => one),
      shuffled.slice(half).map(({ one }) => one),
    );
  });
}

/** The threshold's place that a calibration on these repositories gives; the last one keeps nothing. */
function indexFor(repositories: readonly Sums[], epsilon: number, delta: number): number {
  const { errors, designEffects } = countAcross(thresholds, (index) =>
    repositories.map(({ n, missed }) => ({ n, errors: missed[index]! })),
  );
  const lines = { n: total(repositories, ({ n }) => n), clusters: repositories.length };
  return (
    certifiedIndex({ misses: [errors], [trainedNames.designEffect]: [designEffects] }, lines, 1, epsilon, delta) ??
    thresholds.length - 1
  );
}

function countedIn(repositories: readonly Sums[], index: number) {
  const n = total(repositories, (one) => one.n);
  const missedOf = (some: readonly Sums[]): number =>
    total(some, ({ missed }) => missed[index]!) / total(some, (one) => one.n);
  return {
    missed: missedOf(repositories),
    missedIn: new Map([...groupBy(repositories, ({ language }) => language)].map(([name, of]) => [name, missedOf(of)])),
    nodes: total(repositories, ({ nodes }) => nodes[index]!) / n,
    characters: total(repositories, ({ characters }) => characters[index]!) / n,
  };
}

export function total<T>(repositories: readonly T[], valueOf: (one: T) => number): number {
  return repositories.reduce((sum, one) => sum + valueOf(one), 0);
}
