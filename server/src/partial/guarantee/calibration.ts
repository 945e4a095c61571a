// A conformal calibration: how often partial programs missed what the author wrote, at each threshold, on lines whose author is known.
// It is kept in the model's folder or in the workspace's storage, and thresholds for any ε and δ are read from it.

import * as z from 'zod';
import { trainedNames } from '../../common/trainedNames.js';
import { lastCertified } from './bound.js';
import { MOST_HOLES } from './methods.js';
import { offerLevels } from './offer.js';
import { epsilonAchievable, itemsNeeded, tailAcross } from './designEffect.js';
import { thresholds } from '../choose/thresholds.js';

/** Completions by their number of nodes: the longer, the likelier that something in them is wrong. */
export type LengthClass = 'short' | 'medium' | 'long';

export function lengthClass(nodes: number): LengthClass {
  return nodes <= 3 ? 'short' : nodes <= 8 ? 'medium' : 'long';
}

const rowsFor = (places: readonly number[], number: z.ZodNumber) =>
  z.array(z.array(number).length(places.length)).length(MOST_HOLES);
const countsFor = (places: readonly number[]) => rowsFor(places, z.number().int().nonnegative());
/** Design effects of such counts (designEffect.ts). */
const designEffectsFor = (places: readonly number[]) => rowsFor(places, z.number().min(1));

const missed = z.object({
  /** By number of holes (1 first) and threshold: how many lines were missed. */
  misses: countsFor(thresholds),
  [trainedNames.designEffect]: designEffectsFor(thresholds),
});
export type Missed = z.infer<typeof missed>;

const group = z.object({
  /** A language by VS Code's name; `*` for all. */
  language: z.string(),
  length: z.enum(['*', 'short', 'medium', 'long']),
  n: z.number().int().nonnegative(),
  /** Repositories that the lines come from, or files where they come from a single one. */
  clusters: z.number().int().nonnegative(),
  ...missed.shape,
  /** By number of holes and level (offer.ts): how many lines the editor would offer with holes, and missed of these. */
  offered: countsFor(offerLevels),
  offeredMisses: countsFor(offerLevels),
  [trainedNames.offeredDesignEffect]: designEffectsFor(offerLevels),
});
export type CalibrationGroup = z.infer<typeof group>;

/** How many lines were measured, of so many public repositories or of the user's own; a text from files of other makers. */
const calibrationSource = z.union([z.string(), z.object({ lines: z.number(), repositories: z.number().optional() })]);

export type CalibrationSource = z.infer<typeof calibrationSource>;

export const calibrationSchema = z.object({
  /** A higher one where the rule by which lines are offered is another: what was counted by the former says nothing of it. */
  version: z.literal(5),
  /** The model that wrote the lines; another one needs another calibration. */
  model: z.string(),
  /** What the lines are, for the user: "2,250 lines that commits added to 15 repositories". */
  source: calibrationSource,
  n: z.number().int(),
  /** The languages of the lines, each once (familyOf); missing in files of other makers. */
  languages: z.array(z.string()).optional(),
  groups: z.array(group).min(1),
  /** The same counts, of all lines, for the methods that ours is compared with. */
  baselines: z.record(z.string(), missed).optional(),
});
export type Calibration = z.infer<typeof calibrationSchema>;

export interface Guarantee {
  /** Place in `thresholds`. */
  readonly index: number;
  readonly threshold: number;
  /** What it was measured on. */
  readonly group: CalibrationGroup;
  /** Lines missed in the calibration at this threshold. */
  readonly misses: number;
}

export type GuaranteeOrReason =
  | ({ readonly kind: 'certified' } & Guarantee)
  /** There are too few lines for this ε, even if none of them were missed. */
  | { readonly kind: 'tooFew'; readonly n: number; readonly needed: number; readonly epsilonAchievable: number };

/** A finer group is used from so many lines on: below, its bound costs more than the closer match gains. */
export const LEAST_IN_GROUP = 400;

export interface Wanted {
  readonly languageId: string;
  /** Of the completion; undefined leaves its length aside. */
  readonly nodes?: number;
  readonly holes: number;
  readonly epsilon: number;
  readonly delta: number;
}

/** The threshold that keeps most with the wanted guarantee, from the finest group that has enough lines. */
export function guaranteeFor(calibration: Calibration, wanted: Wanted): GuaranteeOrReason {
  const { holes, epsilon, delta } = wanted;
  const chosen = groupFor(calibration, wanted);
  const index = onceFor(chosen, `index ${holes} ${epsilon} ${delta}`, () =>
    certifiedIndex(chosen, chosen, holes, epsilon, delta),
  );
  if (index === undefined) {
    return {
      kind: 'tooFew',
      n: chosen.n,
      needed: itemsNeeded(chosen, epsilon, delta, 'asMany'),
      epsilonAchievable: epsilonAchievable(chosen, delta, 'asMany'),
    };
  }
  const misses = chosen.misses[holes - 1]![index]!;
  return { kind: 'certified', index, threshold: thresholds[index]!, group: chosen, misses };
}

const known = new WeakMap<CalibrationGroup, Map<string, unknown>>();

/** What follows from a group's counts, computed once: hundreds of tests take longer than choosing does. */
export function onceFor<T>(group: CalibrationGroup, what: string, compute: () => T): T {
  let values = known.get(group);
  if (values === undefined) known.set(group, (values = new Map<string, unknown>()));
  if (!values.has(what)) values.set(what, compute());
  return values.get(what) as T;
}

/**
 * Learn-Then-Test over thresholds, from the one that keeps least on. Where misses only fall with the threshold, which nested
 * programs nearly ensure, this is the paper's bound k(n, ε, δ), but for what the repositories' differences cost.
 * @returns the lowest certified threshold's place; undefined when there is none
 */
export function certifiedIndex(
  { misses, [trainedNames.designEffect]: designEffects }: Missed,
  { n, clusters }: Pick<CalibrationGroup, 'n' | 'clusters'>,
  holes: number,
  epsilon: number,
  delta: number,
): number | undefined {
  const [errors, effects] = [misses[holes - 1]!, designEffects[holes - 1]!];
  const safestFirst = errors.map((_, index) => errors.length - 1 - index);
  const last = lastCertified(
    safestFirst.map((at) =>
      tailAcross({ n, clusters, errors: errors[at]!, designEffect: effects[at]! }, epsilon, delta, 'asMany'),
    ),
    delta,
  );
  return last === undefined ? undefined : safestFirst[last];
}

function groupFor(calibration: Calibration, { languageId, nodes }: Wanted): CalibrationGroup {
  const length = nodes === undefined ? '*' : lengthClass(nodes);
  const language = familyOf(languageId);
  const finer = [findGroup(calibration, language, length), findGroup(calibration, language, '*')].find(
    (candidate) => candidate !== undefined && candidate.n >= LEAST_IN_GROUP,
  );
  return finer ?? groupOfAll(calibration) ?? calibration.groups[0]!;
}

/** All lines together. */
export function groupOfAll(calibration: Calibration): CalibrationGroup | undefined {
  return findGroup(calibration, '*', '*');
}

function findGroup({ groups }: Calibration, language: string, length: string): CalibrationGroup | undefined {
  return groups.find((group) => group.language === language && group.length === length);
}

/** Dialects share their calibration. */
export function familyOf(languageId: string): string {
  return languageId.replace(/react$/, '');
}
