// Makes a calibration from judged lines: counts, in groups.

import { familyOf, lengthClass, type Calibration, type CalibrationGroup } from './calibration.js';
import type { JudgedLine, Outcome } from './judge.js';
import { MOST_HOLES, methods } from './methods.js';
import { offerLevels } from './offer.js';
import { thresholds } from './thresholds.js';

export interface CalibrationLine {
  readonly languageId: string;
  readonly repository: string;
  readonly judged: JudgedLine;
}

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
    .map((method) => [method, countMisses(lines.map(({ judged }) => judged.outcomes[method]!))] as const);
  return {
    version: 2,
    model,
    source,
    n: lines.length,
    groups: [...groups.values()].map((group) => ({
      language: group.language,
      length: group.length,
      n: group.lines.length,
      repositories: new Set(group.lines.map(({ repository }) => repository)).size,
      misses: countMisses(group.lines.map(({ judged }) => judged.outcomes.lacuna!)),
      offered: countOffers(group.lines, () => true),
      offeredMisses: countOffers(group.lines, ({ isCovered }) => !isCovered),
    })),
    ...(baselines.length === 0 ? {} : { baselines: Object.fromEntries(baselines) }),
  };
}

type Rows = readonly (readonly (readonly Outcome[])[])[];

/** By number of holes and threshold, how many lines were missed. */
function countMisses(rows: Rows): number[][] {
  return Array.from({ length: MOST_HOLES }, (_, holes) =>
    thresholds.map(
      (_threshold, index) =>
        // What has no row of its own for this number of holes has one for all.
        rows.filter((row) => (row[holes] ?? row[0])?.[index]?.isCovered === false).length,
    ),
  );
}

/** By number of holes and level, of how many offers something is true. */
function countOffers(lines: readonly CalibrationLine[], isTrue: (offer: Outcome) => boolean): number[][] {
  return Array.from({ length: MOST_HOLES }, (_, holes) =>
    offerLevels.map((_level, index) => {
      const offers = lines.map(({ judged }) => judged.offers[holes]?.[index]);
      return offers.filter((offer) => offer !== undefined && isTrue(offer)).length;
    }),
  );
}
