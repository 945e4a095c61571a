// The guarantee for the completions with holes that the editor offers, and from which level on they are offered.

import { trainedNames } from '../../common/trainedNames.js';
import { lastCertified } from './bound.js';
import { groupOfAll, onceFor, type Calibration, type CalibrationGroup, type CalibrationSource } from './calibration.js';
import { offerLevels } from './offer.js';
import { itemsNeeded, tailAcross } from './designEffect.js';

export interface OfferGuarantee {
  /** From this probability (0-1) of being right outside the holes on, a program is offered. */
  readonly level: number;
  /** What it was measured on: lines in all, those offered, and those of them that were wrong outside the holes. */
  readonly lines: number;
  readonly offered: number;
  readonly missed: number;
  readonly source: CalibrationSource;
  /** The languages of the lines, where that is known. */
  readonly languages?: readonly string[] | undefined;
}

export interface WantedOfferGuarantee {
  readonly holes: number;
  readonly epsilon: number;
  readonly delta: number;
}

/** The first calibration that can guarantee it decides. */
export function offerGuaranteeFor(
  calibrations: readonly Calibration[],
  wanted: WantedOfferGuarantee,
): OfferGuarantee | undefined {
  for (const calibration of calibrations) {
    const all = groupOfAll(calibration);
    const { holes, epsilon, delta } = wanted;
    const guarantee =
      all && onceFor(all, `offer ${holes} ${epsilon} ${delta}`, () => offerGuaranteeOf(all, calibration, wanted));
    if (guarantee !== undefined) return guarantee;
  }
  return undefined;
}

function offerGuaranteeOf(
  group: CalibrationGroup,
  { source, languages }: Calibration,
  { holes, epsilon, delta }: WantedOfferGuarantee,
): OfferGuarantee | undefined {
  const [offered, missed] = [group.offered[holes - 1]!, group.offeredMisses[holes - 1]!];
  const designEffects = group[trainedNames.offeredDesignEffect][holes - 1]!;
  const { n, clusters } = group;
  const index = leastCertifiedLevel({ n, clusters, offered, missed, designEffects }, epsilon, delta);
  if (index === undefined) return undefined;
  return {
    level: offerLevels[index]!,
    lines: group.n,
    offered: offered[index]!,
    missed: missed[index]!,
    source,
    languages,
  };
}

/** What was counted among n items: by level, how many would have been offered, and missed of these. */
export interface OfferCounts {
  readonly n: number;
  readonly clusters: number;
  readonly offered: readonly number[];
  readonly missed: readonly number[];
  readonly designEffects: readonly number[];
}

/** Where fewer than this share (0-1) of the items are offered, the guarantee would be about a few odd ones. */
const LEAST_OFFERED = 0.05;

/**
 * Learn-Then-Test from the safest level down, up to the first at which more than ε may be wrong. Where testing begins must
 * not depend on what was missed: it is the highest level at which one item in twenty is offered (or as many as at any level),
 * and twice as many items as could show ε if none were missed.
 * @returns the lowest certified level's place; undefined when there is none
 */
export function leastCertifiedLevel(
  { n: all, clusters, offered, missed, designEffects }: OfferCounts,
  epsilon: number,
  delta: number,
): number | undefined {
  const many = Math.min(LEAST_OFFERED * all, offered[0]!);
  const safest = offered.findLastIndex(
    (n) => n >= Math.max(many, 2 * itemsNeeded({ n, clusters }, epsilon, delta, 'longRun')),
  );
  const downwards = Array.from({ length: safest + 1 }, (_, index) => safest - index);
  const last = lastCertified(
    downwards.map((at) =>
      tailAcross(
        { n: offered[at]!, errors: missed[at]!, clusters, designEffect: designEffects[at]! },
        epsilon,
        delta,
        'longRun',
      ),
    ),
    delta,
  );
  return last === undefined ? undefined : downwards[last];
}
