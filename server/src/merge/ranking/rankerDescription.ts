// What the folder of the trained ranker says of itself (model.json): which columns its trees were trained on, how scores
// become probabilities, and what is guaranteed of them on repositories kept aside.

import * as z from 'zod';
import { trainedNames } from '../../common/trainedNames.js';
import { networkColumns } from './classify.js';
import { certaintyColumns } from './firstAnswer.js';
import { SEQUENCE_LENGTH, SEQUENCES } from './encode.js';
import { sideRelationColumns } from './features/sideRelation.js';
import { type FeatureColumn, featureColumns } from './features/table.js';
import { sidePreferenceColumns } from './sidePreference.js';

const share = z.number().min(0).max(1);

const correction = z.tuple([z.number(), z.number().positive()]);

const descriptionSchema = z.object({
  ranker: z.object({
    /** Null where the trees do without the network. */
    encoder: z.string().nullable(),
    trees: z.string(),
    /** The side preference, by trees and by a set transformer; null where the others do without. */
    [trainedNames.sidePreference]: z
      .object({ trees: z.string(), joint: z.string(), columns: z.array(z.string()) })
      .nullable(),
    /** The trees and networks that say how sure the first answer is, and what they read behind its other columns. */
    certainty: z.object({ graph: z.string(), columns: z.array(z.string()) }),
    sequences: z.literal(SEQUENCES),
    sequenceLength: z.literal(SEQUENCE_LENGTH),
    columns: z.array(z.string()),
    /** Points of a line from the first answer's probability to the calibrated one, both rising from 0 to 1. */
    calibration: z.array(z.tuple([share, share])).min(2),
    /** For each kind of file, bias and slope of a line in log odds from that probability to the confidence that is shown. */
    corrections: z.object({ code: correction, text: correction }),
    /** At a confidence of at least `confidence`, at least `right` of the answers are right, with probability 1 - delta. */
    bounds: z.array(z.object({ confidence: share, right: share, delta: share, answers: z.number() })),
  }),
});

export type RankerDescription = z.infer<typeof descriptionSchema>['ranker'];

/** The columns that the trees read. */
export function columnsFor({ encoder, sides }: Pick<RankerDescription, 'encoder' | 'sides'>): readonly FeatureColumn[] {
  return [
    ...featureColumns,
    ...(encoder === null ? [] : networkColumns),
    ...(sides === null ? [] : sidePreferenceColumns),
  ];
}

/** @throws Error with one sentence when the description is not one of a ranker with our columns */
export function parseRankerDescription(json: unknown): RankerDescription {
  const parsed = descriptionSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`The description of the merge ranker does not fit: ${issue?.path.join('.')}: ${issue?.message}.`);
  }
  const { ranker } = parsed.data;
  const ours = columnsFor(ranker).map(({ name }) => name);
  const other =
    firstDifference(ours, ranker.columns) ??
    firstDifference(certaintyColumns, ranker.certainty.columns) ??
    (ranker.sides === null ? undefined : firstDifference(sideRelationColumns, ranker.sides.columns));
  if (other !== undefined)
    throw new Error(`The merge ranker was trained on other features than this version has ("${other}").`);
  return ranker;
}

function firstDifference(ours: readonly string[], its: readonly string[]): string | undefined {
  const at = Array.from({ length: Math.max(ours.length, its.length) }).findIndex((_, i) => ours[i] !== its[i]);
  return at === -1 ? undefined : (ours[at] ?? its[at]);
}
