// How long choosing holes takes where an editor waits for it: the document is parsed already, as after a key, and the
// completion is not. Parsing it, and the program with each placeholder, is part of the time.

import { choosePartial, MOST_HOLES, type Calibration, type TrainedScore } from '../partial/index.js';
import { evaluateAll } from './evaluate.js';
import { measuringSyntax } from './measuringSyntax.js';
import type { LineOfItem } from './partialRecords.js';
import { percentile } from './statistics.js';

export interface ChoosingTimeOptions {
  readonly score: TrainedScore | undefined;
  readonly calibration: Calibration;
  readonly epsilon: number;
  readonly delta: number;
  /** Of so many runs of each line the median counts: what else the machine does is not asked. */
  readonly runs: number;
}

/** Percentiles over the lines, in milliseconds. */
export interface ChoosingTime {
  readonly holes: number;
  readonly p50: number | undefined;
  readonly p95: number | undefined;
}

const KEY = 'document';

/** Lines that are looked at twice, the first time unmeasured: in an editor the code has run for a while. */
const WARM_UP = 60;

/** @returns one for each number of holes, from 1 on */
export async function choosingTimes(
  lines: readonly LineOfItem[],
  { runs, ...options }: ChoosingTimeOptions,
): Promise<readonly ChoosingTime[]> {
  const counts = Array.from({ length: MOST_HOLES }, (_, index) => index + 1);
  const syntax = measuringSyntax();
  try {
    const { results } = await evaluateAll([...lines.slice(0, WARM_UP), ...lines], async ({ completion }) => {
      const { languageId, prefix, suffix } = completion;
      const medians: number[] = [];
      for (const holes of counts) {
        const times: number[] = [];
        for (let run = 0; run < runs; run++) {
          const tree = await syntax.parse(languageId, prefix + suffix, KEY);
          tree?.delete();
          const began = performance.now();
          await choosePartial(completion, { ...options, syntax, holes, key: KEY });
          times.push(performance.now() - began);
        }
        medians.push(percentile(times, 0.5)!);
      }
      return medians;
    });
    return counts.map((holes, index) => {
      const times = results.slice(-lines.length).map((medians) => medians[index]!);
      return { holes, p50: percentile(times, 0.5), p95: percentile(times, 0.95) };
    });
  } finally {
    syntax.dispose();
  }
}
