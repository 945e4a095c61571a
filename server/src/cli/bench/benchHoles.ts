// `bench --holes`: how long holes follow behind the line that is shown, on lines that commits added. The completer is asked as
// the editor asks it, with the editor's settings, and nobody types on.

import { defaultCompletionSettings, type Completer, type CompletionSettings } from '../../completion/index.js';
import { documentOf, type EditItem } from '../../measure/editItem.js';
import { percentiles, type Percentiles } from '../../measure/statistics.js';
import { evaluateAll } from '../eval/evaluate.js';
import { milliseconds, percent } from '../terminal/output.js';

/** Far beyond what a line takes, so that a busy machine does not change which lines are shown. */
const MAXIMUM_MS = 30_000;
const settings: CompletionSettings = { ...defaultCompletionSettings, debounce: 0, maximumMs: MAXIMUM_MS };

/** What came of a line: nothing, the line with holes at once, the line alone, or first the line and then the same with holes. */
interface Shown {
  readonly what: 'nothing' | 'holesAtOnce' | 'line' | 'holesLater';
  /** Milliseconds from the line until it was known whether holes take its place; undefined where none were looked for. */
  readonly ms: number | undefined;
}

export interface HolesBench {
  /** Lines that were asked for, and how many were shown. */
  readonly n: number;
  readonly shown: number;
  readonly withHoles: number;
  /** Milliseconds from a line to the same with holes, where it came alone at first, and where it stayed alone. */
  readonly holesMs: Percentiles;
  readonly inVainMs: Percentiles;
  readonly later: number;
  readonly inVain: number;
}

/** @param completer with a calibration of holes */
export async function benchHoles(completer: Completer, items: readonly EditItem[]): Promise<HolesBench> {
  const { results } = await evaluateAll(items, (item, signal) => show(completer, item, signal));
  const msOf = (wanted: Shown['what']): number[] =>
    results.flatMap(({ what, ms }) => (what === wanted && ms !== undefined ? [ms] : []));
  const [later, inVain] = [msOf('holesLater'), msOf('line')];
  return {
    n: results.length,
    shown: results.filter(({ what }) => what !== 'nothing').length,
    withHoles: results.filter(({ what }) => what === 'holesLater' || what === 'holesAtOnce').length,
    holesMs: percentiles(later),
    inVainMs: percentiles(inVain),
    later: later.length,
    inVain: inVain.length,
  };
}

async function show(completer: Completer, item: EditItem, signal: AbortSignal): Promise<Shown> {
  const document = { ...documentOf(item), uri: `bench:/${item.id}` };
  const place = { document, offset: item.prefix.length };
  const asked = { trigger: 'automatic', alternatives: 1, settings, holesMayFollow: true } as const;
  try {
    const result = await completer.complete({ ...place, ...asked }, signal);
    if (result.kind === 'none') return { what: 'nothing', ms: undefined };
    if (result.holesFollow === undefined) {
      return { what: result.suggestions[0]?.holes === undefined ? 'line' : 'holesAtOnce', ms: undefined };
    }
    const began = performance.now();
    const doFollow = await result.holesFollow(signal);
    return { what: doFollow ? 'holesLater' : 'line', ms: performance.now() - began };
  } finally {
    completer.closed(document.uri);
  }
}

export function describeHolesBench({ n, shown, withHoles, later, holesMs, inVain, inVainMs }: HolesBench): string {
  return (
    `Of ${n} lines ${shown} were shown (${percent(shown / n)}), ${withHoles} of them with holes. ` +
    `${later} times holes followed the line, after ${milliseconds(holesMs.p50)} (p50) and ${milliseconds(holesMs.p90)} (p90); ` +
    `${inVain} times they were looked for in vain, for ${milliseconds(inVainMs.p50)} and ${milliseconds(inVainMs.p90)}.`
  );
}
