// What can be promised of the completions with holes that the editor offers, and from which level on they are offered.

import { lastCertified } from './bound.js';
import { groupOfAll, onceFor, type Calibration, type CalibrationGroup } from './calibration.js';
import { offerLevels } from './offer.js';
import { itemsNeeded, tailAcross } from './spread.js';

export interface Promised {
  /** From this probability (0-1) of being right outside the holes on, a program is offered. */
  readonly level: number;
  /** What it was measured on: lines in all, those offered, and those of them that were wrong outside the holes. */
  readonly lines: number;
  readonly offered: number;
  readonly missed: number;
  readonly source: string;
}

export interface WantedPromise {
  readonly holes: number;
  readonly epsilon: number;
  readonly delta: number;
}

/** The first calibration that can promise it decides. */
export function promiseFor(calibrations: readonly Calibration[], wanted: WantedPromise): Promised | undefined {
  for (const calibration of calibrations) {
    const all = groupOfAll(calibration);
    const { holes, epsilon, delta } = wanted;
    const promised =
      all && onceFor(all, `promise ${holes} ${epsilon} ${delta}`, () => promiseOf(all, calibration.source, wanted));
    if (promised !== undefined) return promised;
  }
  return undefined;
}

/** Where fewer than this share (0-1) of the lines are offered, it is a few odd ones that are promised of. */
const LEAST_OFFERED = 0.05;

/**
 * Learn-Then-Test from the safest level down, up to the first at which more than ε may be wrong. Where testing begins must
 * not depend on what was missed: it is the highest level at which one line in twenty is offered (or as many as at any level),
 * and twice as many lines as could show ε if none were missed.
 */
function promiseOf(
  group: CalibrationGroup,
  source: string,
  { holes, epsilon, delta }: WantedPromise,
): Promised | undefined {
  const { clusters } = group;
  const [offered, missed] = [group.offered[holes - 1]!, group.offeredMisses[holes - 1]!];
  const spread = group.offeredSpread[holes - 1]!;
  const many = Math.min(LEAST_OFFERED * group.n, offered[0]!);
  const safest = offered.findLastIndex(
    (n) => n >= Math.max(many, 2 * itemsNeeded({ n, clusters }, epsilon, delta, 'longRun')),
  );
  const downwards = Array.from({ length: safest + 1 }, (_, index) => safest - index);
  const last = lastCertified(
    downwards.map((at) =>
      tailAcross({ n: offered[at]!, errors: missed[at]!, clusters, spread: spread[at]! }, epsilon, delta, 'longRun'),
    ),
    delta,
  );
  if (last === undefined) return undefined;
  const index = downwards[last]!;
  return {
    level: offerLevels[index]!,
    lines: group.n,
    offered: offered[index]!,
    missed: missed[index]!,
    source,
  };
}
