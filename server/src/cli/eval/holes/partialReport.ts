// What `eval partial` reports: of how many lines the partial program covered what the author wrote, and how much it kept, at
// the threshold that a calibration gives for the wanted guarantee. Pure: evaluated lines in, figures out.

import { groupBy } from '../../../common/groupBy.js';
import {
  certifiedIndex,
  type Calibration,
  groupOfAll,
  guaranteeFor,
  methods,
  MOST_HOLES,
  offerLevels,
  offerGuaranteeFor,
  thresholds,
  type Method,
  type Outcome,
} from '../../../partial/index.js';
import type { EvaluatedItem } from './evaluateLines.js';
import { mean } from '../../../measure/statistics.js';

export interface Wanted {
  readonly epsilon: number;
  readonly delta: number;
  readonly holes: number;
}

export interface PartialScores {
  readonly n: number;
  /** Shares (0-1). */
  readonly coverage: number | undefined;
  readonly nodesRemoved: number | undefined;
  readonly charactersKept: number | undefined;
  /** Lines that get no hole, lines of which nothing is kept, and holes of the others. */
  readonly whole: number | undefined;
  readonly nothing: number | undefined;
}

export function reportPartial(items: readonly EvaluatedItem[], calibration: Calibration, wanted: Wanted) {
  const ours = items.map((item) => ({ item, outcome: ourOutcome(item, calibration, wanted) }));
  const by = (keyOf: (item: EvaluatedItem) => string): Record<string, PartialScores> =>
    Object.fromEntries(
      [...groupBy(ours, ({ item }) => keyOf(item))].map(([key, group]) => [
        key,
        scoresOf(group.map(({ outcome }) => outcome)),
      ]),
    );
  const reachable = guaranteeFor(calibration, { ...wanted, languageId: '*' });
  return {
    ...scoresOf(ours.map(({ outcome }) => outcome)),
    ...wanted,
    guarantee: reachable.kind === 'certified' ? { threshold: reachable.threshold, n: reachable.group.n } : reachable,
    offers: offersOf(items, calibration, wanted),
    byLanguage: by(({ item }) => item.language),
    byRepository: by(({ item }) => item.repo),
    baseline: baselines(items, calibration, wanted),
  };
}

export const EVEN_EPSILONS = [0.1, 0.2, 0.3, 0.4];

/** Ours and what it is compared with at four ε, for each number of holes that was evaluated. */
export function byEpsilon(items: readonly EvaluatedItem[], calibration: Calibration, delta: number) {
  return EVEN_EPSILONS.flatMap((epsilon) =>
    Array.from({ length: MOST_HOLES }, (_, index) => index + 1)
      .filter((holes) => items.every(({ evaluated }) => evaluated.outcomes.lacuna?.[holes - 1] !== undefined))
      .map((holes) => {
        const wanted = { epsilon, delta, holes };
        return {
          epsilon,
          holes,
          offers: offersOf(items, calibration, wanted),
          lacuna: scoresOf(items.map((item) => ourOutcome(item, calibration, wanted))),
          ...baselines(items, calibration, wanted),
        };
      }),
  );
}

/** What becomes of the lines at each ε, for ours with each number of holes and for what it is compared with. */
export function curvesOf(items: readonly EvaluatedItem[], calibration: Calibration, delta: number): readonly Curve[] {
  const curve = (name: string, scores: (epsilon: number) => PartialScores | undefined): Curve => ({
    name,
    points: EPSILONS.flatMap((epsilon) => {
      const { coverage, nodesRemoved } = scores(epsilon) ?? {};
      return coverage === undefined || nodesRemoved === undefined ? [] : [{ epsilon, coverage, nodesRemoved }];
    }),
  });
  const ours = Array.from({ length: MOST_HOLES }, (_, index) => {
    const holes = index + 1;
    return curve(`Lacuna, ${holes} hole${holes === 1 ? '' : 's'}`, (epsilon) =>
      scoresOf(items.map((item) => ourOutcome(item, calibration, { epsilon, delta, holes }))),
    );
  });
  const others = (['paper', 'greedy', 'wholeLine'] as const).map((method) =>
    curve(otherNames[method], (epsilon) => baseline(method, items, calibration, { epsilon, delta, holes: 2 })),
  );
  return [...ours, ...others];
}

interface Curve {
  readonly name: string;
  readonly points: readonly { readonly epsilon: number; readonly coverage: number; readonly nodesRemoved: number }[];
}

const EPSILONS = Array.from({ length: 10 }, (_, index) => (index + 1) / 20);

const otherNames = { paper: 'the paper, 2 holes', greedy: 'greedy, 2 holes', wholeLine: 'all or nothing' };

/** Of the lines that the editor would offer with holes: how many, how many covered, and how much is kept of them. */
function offersOf(items: readonly EvaluatedItem[], calibration: Calibration, wanted: Wanted) {
  const guarantee = offerGuaranteeFor([calibration], wanted);
  if (guarantee === undefined) return undefined;
  const place = offerLevels.indexOf(guarantee.level);
  const offered = items.flatMap(({ evaluated }) => evaluated.offers[wanted.holes - 1]?.[place] ?? []);
  const { coverage, charactersKept } = scoresOf(offered);
  const share = items.length === 0 ? undefined : offered.length / items.length;
  return { level: guarantee.level, n: offered.length, share, coverage, charactersKept };
}

function ourOutcome({ evaluated, languageId }: EvaluatedItem, calibration: Calibration, wanted: Wanted): Outcome {
  const row = evaluated.outcomes.lacuna![wanted.holes - 1]!;
  const guarantee = guaranteeFor(calibration, { ...wanted, languageId, nodes: evaluated.nodes });
  return row[guarantee.kind === 'certified' ? guarantee.index : row.length - 1]!;
}

/** What ours is compared with. */
function baselines(items: readonly EvaluatedItem[], calibration: Calibration, wanted: Wanted) {
  return Object.fromEntries(
    methods
      .filter((method) => method !== 'lacuna')
      .map((method) => [method, baseline(method, items, calibration, wanted)]),
  );
}

/** A method at the threshold that its own counts in the calibration certify. */
function baseline(method: Method, items: readonly EvaluatedItem[], calibration: Calibration, wanted: Wanted) {
  const missed = calibration.baselines?.[method];
  const all = groupOfAll(calibration);
  if (
    missed === undefined ||
    all === undefined ||
    items.some(({ evaluated }) => evaluated.outcomes[method] === undefined)
  )
    return undefined;
  const { holes, epsilon, delta } = wanted;
  const index = certifiedIndex(missed, all, holes, epsilon, delta) ?? thresholds.length - 1;
  return scoresOf(
    items.map(
      ({ evaluated }) => (evaluated.outcomes[method]![wanted.holes - 1] ?? evaluated.outcomes[method]![0]!)[index]!,
    ),
  );
}

function scoresOf(outcomes: readonly Outcome[]): PartialScores {
  const kept = mean(outcomes.map(({ keptNodes }) => keptNodes));
  return {
    n: outcomes.length,
    coverage: mean(outcomes.map(({ isCovered }) => (isCovered ? 1 : 0))),
    nodesRemoved: kept === undefined ? undefined : 1 - kept,
    charactersKept: mean(outcomes.map(({ keptCharacters }) => keptCharacters)),
    whole: mean(outcomes.map(({ holes }) => (holes === 0 ? 1 : 0))),
    nothing: mean(outcomes.map(({ keptCharacters }) => (keptCharacters === 0 ? 1 : 0))),
  };
}
