// How long choosing holes takes where an editor waits for it: the document is parsed already, as after a key, and the
// completion in it is not. Parsing the programs with their placeholders is part of the time.

import { choosePartial, MOST_HOLES, textOf, type Calibration, type TrainedScore } from '../../../partial/index.js';
import { evaluateAll } from '../evaluate.js';
import { measuringSyntax } from '../../../setup/measuringSyntax.js';
import type { LineOfItem } from '../../../measure/lineOfItem.js';
import { percentile } from '../../../measure/statistics.js';

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
  /** The same, parsing the completion in its document included. */
  readonly withParsing: { readonly p50: number | undefined; readonly p95: number | undefined };
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
      const medians: { readonly choosing: number; readonly all: number }[] = [];
      for (const holes of counts) {
        const choosing: number[] = [];
        const all: number[] = [];
        for (let run = 0; run < runs; run++) {
          const before = await syntax.parse(languageId, prefix + suffix, KEY);
          before?.delete();
          const began = performance.now();
          const tree = await syntax.parse(languageId, textOf(completion), KEY);
          const parsed = performance.now();
          await choosePartial(completion, { ...options, syntax, holes, key: KEY });
          const ended = performance.now();
          tree?.delete();
          choosing.push(ended - parsed);
          all.push(ended - began);
        }
        medians.push({ choosing: percentile(choosing, 0.5)!, all: percentile(all, 0.5)! });
      }
      return medians;
    });
    return counts.map((holes, index) => {
      const times = results.slice(-lines.length).map((medians) => medians[index]!);
      const percentiles = (of: 'choosing' | 'all') => {
        const values = times.map((time) => time[of]);
        return { p50: percentile(values, 0.5), p95: percentile(values, 0.95) };
      };
      return { holes, ...percentiles('choosing'), withParsing: percentiles('all') };
    });
  } finally {
    syntax.dispose();
  }
}
