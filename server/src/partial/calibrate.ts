// Makes a calibration from judged lines: counts, in groups, with what the differences between repositories make of them.

import {
  familyOf,
  LEAST_IN_GROUP,
  lengthClass,
  type Calibration,
  type CalibrationGroup,
  type Missed,
} from './calibration.js';
import type { JudgedLine } from './judge.js';
import { MOST_HOLES, methods, type Method } from './methods.js';
import { offerLevels } from './offer.js';
import { designEffect } from './spread.js';
import { thresholds } from './thresholds.js';

export interface CalibrationLine {
  readonly languageId: string;
  readonly repository: string;
  readonly path: string;
  readonly judged: JudgedLine;
}

/** Lines of one repository, or of one file where all are of one repository. */
type Cluster = readonly CalibrationLine[];

export function calibrate(lines: readonly CalibrationLine[], model: string, source: string): Calibration {
  const groups = new Map<string, { language: string; length: CalibrationGroup['length']; lines: CalibrationLine[] }>();
  const add = (language: string, length: CalibrationGroup['length'], line: CalibrationLine): void => {
    const key = `${language} ${length}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { language, length, lines: [line] });
    else known.lines.push(line);
  };
  for (const line of lines) {
    const language = familyOf(line.languageId);
    add('*', '*', line);
    add(language, '*', line);
    add(language, lengthClass(line.judged.nodes), line);
  }
  const baselines = methods
    .filter((method) => method !== 'lacuna' && lines.every(({ judged }) => judged.outcomes[method] !== undefined))
    .map((method) => [method, missedBy(method, clustersOf(lines))] as const);
  return {
    version: 3,
    model,
    source,
    n: lines.length,
    groups: [...groups.values()]
      // Smaller ones are never asked.
      .filter((group) => group.language === '*' || group.lines.length >= LEAST_IN_GROUP)
      .map(groupOf),
    ...(baselines.length === 0 ? {} : { baselines: Object.fromEntries(baselines) }),
  };
}

function groupOf(group: Pick<CalibrationGroup, 'language' | 'length'> & { readonly lines: Cluster }): CalibrationGroup {
  const clusters = clustersOf(group.lines);
  const offers = countsIn(clusters, offerLevels, (line, holes, index) => {
    const offer = line.judged.offers[holes]?.[index];
    return offer === undefined ? undefined : !offer.isCovered;
  });
  return {
    language: group.language,
    length: group.length,
    n: group.lines.length,
    clusters: clusters.length,
    ...missedBy('lacuna', clusters),
    offered: offers.items,
    offeredMisses: offers.errors,
    offeredSpread: offers.spread,
  };
}

function clustersOf(lines: readonly CalibrationLine[]): readonly Cluster[] {
  const by = (keyOf: (line: CalibrationLine) => string): readonly Cluster[] => {
    const found = new Map<string, CalibrationLine[]>();
    for (const line of lines) found.set(keyOf(line), [...(found.get(keyOf(line)) ?? []), line]);
    return [...found.values()];
  };
  const repositories = by(({ repository }) => repository);
  return repositories.length > 1 ? repositories : by(({ path }) => path);
}

function missedBy(method: Method, clusters: readonly Cluster[]): Missed {
  const { errors, spread } = countsIn(clusters, thresholds, ({ judged }, holes, index) => {
    const rows = judged.outcomes[method]!;
    // What has no row of its own for this number of holes has one for all.
    return (rows[holes] ?? rows[0])?.[index]?.isCovered === false;
  });
  return { misses: errors, spread };
}

/**
 * By number of holes and place: how many lines there are, how many errors among them, and their design effect.
 * @param isError undefined where the line does not count
 */
function countsIn(
  clusters: readonly Cluster[],
  places: readonly number[],
  isError: (line: CalibrationLine, holes: number, index: number) => boolean | undefined,
) {
  const cells = Array.from({ length: MOST_HOLES }, (_, holes) =>
    places.map((_place, index) => {
      const counted = clusters.map((lines) => {
        const found = lines.flatMap((line) => isError(line, holes, index) ?? []);
        return { n: found.length, errors: found.filter((error) => error).length };
      });
      const n = counted.reduce((sum, cluster) => sum + cluster.n, 0);
      const errors = counted.reduce((sum, cluster) => sum + cluster.errors, 0);
      const spread = Math.ceil(100 * designEffect(counted)) / 100;
      return { n, errors, spread };
    }),
  );
  return {
    items: cells.map((row) => row.map(({ n }) => n)),
    errors: cells.map((row) => row.map(({ errors }) => errors)),
    spread: cells.map((row) => row.map(({ spread }) => spread)),
  };
}
