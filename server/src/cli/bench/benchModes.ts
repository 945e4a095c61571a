// How long a line takes in each mode of sparing layers, on lines of the recordings' own texts.

import type { LanguageModel } from '../../model/index.js';
import { generateInModes, type ModeResult, reportModes, verifyMs } from '../eval/modes.js';
import type { Trace } from './trace.js';

/** Every so-manieth line with something on it is taken out and asked for. */
const EVERY = 3;
/** A line shorter than this is decoded in no time whatever the mode. */
const SHORTEST_LINE = 12;

/** The modes take turns in being first, so that none always meets the machine as the others left it. */
const ORDERS = [
  ['off', 'exact', 'certified'],
  ['exact', 'certified', 'off'],
  ['certified', 'off', 'exact'],
] as const;

export type ModesReport = ReturnType<typeof reportModes>;

export interface ModesBench {
  readonly modes: ModesReport;
  /** Milliseconds of a pass by the tokens that it verified at once. */
  readonly verify: Readonly<Record<number, number>>;
}

export async function benchModes(
  model: LanguageModel,
  traces: readonly Trace[],
  signal: AbortSignal,
): Promise<ModesBench> {
  const results: { readonly modes: readonly ModeResult[] }[] = [];
  for (const [place, { path, prefix, suffix, line }] of placesOf(traces).entries()) {
    const [first, ...others] = ORDERS[place % ORDERS.length]!;
    const prompt = { key: 'bench-modes', path, prefix, suffix };
    const isRight = (text: string): boolean => text.trim() === line.trim();
    results.push(await generateInModes(model, prompt, [], { exits: first, compare: others }, isRight, signal));
  }
  return { modes: reportModes(results), verify: verifyMs(results) };
}

function placesOf(traces: readonly Trace[]) {
  return traces.flatMap(({ path, text }) => {
    const lines = text.split('\n');
    return lines
      .map((line, at) => ({
        path,
        line,
        prefix: [...lines.slice(0, at), /^\s*/.exec(line)![0]].join('\n'),
        suffix: lines.slice(at + 1).join('\n'),
      }))
      .filter(({ line }) => line.trim().length >= SHORTEST_LINE)
      .filter((_, i) => i % EVERY === 0);
  });
}
