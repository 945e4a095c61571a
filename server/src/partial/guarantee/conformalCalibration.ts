// Makes a calibration from evaluated lines: counts, in groups, with what the differences between repositories make of them.

import { groupBy } from '../../common/groupBy.js';
import { trainedNames } from '../../common/trainedNames.js';
import {
  familyOf,
  LEAST_IN_GROUP,
  lengthClass,
  type Calibration,
  type CalibrationGroup,
  type Missed,
  type CalibrationSource,
} from './calibration.js';
import { clustersOf, countItems } from './clusters.js';
import type { EvaluatedLine } from './evaluate.js';
import { MOST_HOLES, methods, type Method } from './methods.js';
import { offerLevels } from './offer.js';
import { thresholds } from '../choose/thresholds.js';

export interface CalibrationLine {
  readonly languageId: string;
  readonly repository: string;
  readonly path: string;
  readonly evaluated: EvaluatedLine;
}

type Cluster = readonly CalibrationLine[];

export function conformalCalibration(
  lines: readonly CalibrationLine[],
  model: string,
  source: CalibrationSource,
): Calibration {
  const members = lines.flatMap((line) => {
    const language = familyOf(line.languageId);
    return [
      { language: '*', length: '*' as const, line },
      { language, length: '*' as const, line },
      { language, length: lengthClass(line.evaluated.nodes), line },
    ];
  });
  const groups = [...groupBy(members, ({ language, length }) => `${language} ${length}`).values()];
  const baselines = methods
    .filter((method) => method !== 'lacuna' && lines.every(({ evaluated }) => evaluated.outcomes[method] !== undefined))
    .map((method) => [method, missedBy(method, clustersOf(lines))] as const);
  return {
    version: 5,
    model,
    source,
    n: lines.length,
    languages: [...new Set(lines.map(({ languageId }) => familyOf(languageId)))].sort(),
    groups: groups
      // Smaller ones are never asked.
      .filter((group) => group[0]!.language === '*' || group.length >= LEAST_IN_GROUP)
      .map((group) =>
        groupOf(
          group[0]!,
          group.map(({ line }) => line),
        ),
      ),
    ...(baselines.length === 0 ? {} : { baselines: Object.fromEntries(baselines) }),
  };
}

function groupOf(
  { language, length }: Pick<CalibrationGroup, 'language' | 'length'>,
  lines: readonly CalibrationLine[],
): CalibrationGroup {
  const clusters = clustersOf(lines);
  const offers = countsIn(clusters, offerLevels, (line, holes, index) => {
    const offer = line.evaluated.offers[holes]?.[index];
    return offer === undefined ? undefined : !offer.isCovered;
  });
  return {
    language,
    length,
    n: lines.length,
    clusters: clusters.length,
    ...missedBy('lacuna', clusters),
    offered: offers.items,
    offeredMisses: offers.errors,
    [trainedNames.offeredDesignEffect]: offers.designEffects,
  };
}

function missedBy(method: Method, clusters: readonly Cluster[]): Missed {
  const { errors, designEffects } = countsIn(clusters, thresholds, ({ evaluated }, holes, index) => {
    const rows = evaluated.outcomes[method]!;
    // What has no row of its own for this number of holes has one for all.
    return (rows[holes] ?? rows[0])?.[index]?.isCovered === false;
  });
  return { misses: errors, [trainedNames.designEffect]: designEffects };
}

/** By number of holes. */
function countsIn(
  clusters: readonly Cluster[],
  places: readonly number[],
  isError: (line: CalibrationLine, holes: number, index: number) => boolean | undefined,
) {
  const rows = Array.from({ length: MOST_HOLES }, (_, holes) =>
    countItems(clusters, places, (line, index) => isError(line, holes, index)),
  );
  return {
    items: rows.map(({ items }) => items),
    errors: rows.map(({ errors }) => errors),
    designEffects: rows.map(({ designEffects }) => designEffects),
  };
}
