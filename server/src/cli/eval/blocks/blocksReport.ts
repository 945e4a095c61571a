// What `eval blocks` reports: of how many places something is shown, how often it is right, and how many lines it keeps, with
// and without holes. Pure: evaluated places in, figures out.

import { groupBy } from '../../../common/groupBy.js';
import { mean } from '../../../measure/statistics.js';
import {
  blockGuaranteeFor,
  blockMethods,
  calibrateBlocks,
  linesOf,
  type BlockCalibration,
  type BlockMethod,
  type BlockOutcome,
} from '../../../partial/index.js';
import { overHalves } from '../holes/resplit.js';
import type { EvaluatedPlace } from './evaluateBlocks.js';

export interface Wanted {
  readonly epsilon: number;
  readonly delta: number;
  readonly holes: number;
}

/** Shares (0-1) of the places, but for `coverage`, which is of those where something is shown. */
export interface BlockScores {
  readonly shown: number | undefined;
  readonly exactFirstLine: number | undefined;
  readonly exactBlock: number | undefined;
  readonly coverage: number | undefined;
  /** Lines that stand outside of holes, of a place in the mean; and those of them that are right. */
  readonly linesKept: number | undefined;
  readonly linesRight: number | undefined;
}

interface Shown {
  readonly isCovered: boolean;
  readonly isFirstLineExact: boolean;
  readonly isExact: boolean;
  readonly lines: number;
}

export function reportBlocks(
  places: readonly EvaluatedPlace[],
  calibration: BlockCalibration | undefined,
  wanted: Wanted,
) {
  const indexOf = (method: BlockMethod): number | undefined =>
    calibration && blockGuaranteeFor(calibration, { ...wanted, method })?.index;
  const guarantee = calibration && blockGuaranteeFor(calibration, { ...wanted, method: 'editor' });
  const byMethod = Object.fromEntries(
    blockMethods.map((method) => [
      method,
      scoresOf(places.map((place) => ofMethod(place, method, indexOf(method), wanted))),
    ]),
  );
  const editor = indexOf('editor');
  const withHoles = scoresOf(places.map((place) => ofMethod(place, 'editor', editor, wanted) ?? ofPlain(place)));
  return {
    n: places.length,
    repositories: new Set(places.map(({ item }) => item.repo)).size,
    blocks: places.filter(({ isBlock }) => isBlock).length,
    blocksOfAuthors: places.filter(({ item }) => linesOf(item.target_block).length > 1).length,
    ...wanted,
    guarantee: guarantee ?? null,
    withoutHoles: scoresOf(places.map(ofPlain)),
    withHoles,
    methods: byMethod,
    timesWhole: ratio(byMethod['holes']?.linesKept, byMethod['whole']?.linesKept),
  };
}

/** The same in random halves of the repositories: one calibrates, the other is counted. */
export function resplitBlocks(places: readonly EvaluatedPlace[], wanted: Wanted, splits: number, seed: number) {
  const repositories = [...groupBy(places, ({ item }) => item.repo).values()];
  const found = overHalves(repositories, splits, seed, (calibrating, counted) => {
    const calibration = calibrateBlocks(calibrationBlocks(calibrating.flat()), '', 'parts');
    return reportBlocks(counted.flat(), calibration, wanted);
  });
  const meanOf = (valueOf: (report: (typeof found)[number]) => number | undefined): number | undefined =>
    mean(found.flatMap((report) => valueOf(report) ?? []));
  return blockMethods.map((method) => ({
    method,
    shown: meanOf(({ methods }) => methods[method]?.shown),
    coverage: meanOf(({ methods }) => methods[method]?.coverage),
    guaranteeKept: meanOf(({ methods }) => ((methods[method]?.coverage ?? 1) >= 1 - wanted.epsilon ? 1 : 0)),
    linesKept: meanOf(({ methods }) => methods[method]?.linesKept),
    linesRight: meanOf(({ methods }) => methods[method]?.linesRight),
  }));
}

export function calibrationBlocks(places: readonly EvaluatedPlace[]) {
  return places.map(({ item, evaluated }) => ({ repository: item.repo, path: item.path, evaluated }));
}

function ofMethod(
  { evaluated }: EvaluatedPlace,
  method: BlockMethod,
  index: number | undefined,
  { holes }: Wanted,
): Shown | undefined {
  const rows = evaluated[method];
  const outcome = index === undefined ? undefined : rows[Math.min(holes, rows.length) - 1]![index];
  return outcome && shownOf(outcome);
}

function shownOf({ isCovered, isFirstLineExact, holes, linesKept }: BlockOutcome): Shown {
  return { isCovered, isFirstLineExact, isExact: isCovered && holes === 0, lines: linesKept };
}

function ofPlain({ plain }: EvaluatedPlace): Shown | undefined {
  if (plain === undefined) return undefined;
  const { isExact, isFirstLineExact, lines } = plain;
  return { isCovered: isExact, isFirstLineExact, isExact, lines };
}

function scoresOf(all: readonly (Shown | undefined)[]): BlockScores {
  const share = (is: (shown: Shown) => boolean): number | undefined =>
    mean(all.map((shown) => (shown !== undefined && is(shown) ? 1 : 0)));
  return {
    shown: share(() => true),
    exactFirstLine: share(({ isFirstLineExact }) => isFirstLineExact),
    exactBlock: share(({ isExact }) => isExact),
    coverage: mean(all.flatMap((shown) => (shown === undefined ? [] : [shown.isCovered ? 1 : 0]))),
    linesKept: mean(all.map((shown) => shown?.lines ?? 0)),
    linesRight: mean(all.map((shown) => (shown?.isCovered === true ? shown.lines : 0))),
  };
}

function ratio(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined || b === 0 ? undefined : a / b;
}
