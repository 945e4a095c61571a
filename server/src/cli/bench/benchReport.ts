// What `bench` reports, and how it is shown.

import type { ContextReport } from './benchContext.js';
import type { ModesReport } from './benchModes.js';
import { milliseconds, percent, table } from '../terminal/output.js';
import type { ReplayReport } from './replayReport.js';
import type { Speed } from './speed.js';

/** What was measured of one model. */
export interface Measured extends Speed {
  readonly model: string;
  readonly load: { readonly ms: number | undefined };
  readonly replay: ReplayReport;
}

export interface BenchReport extends Measured {
  readonly lacuna: string;
  readonly threads: number;
  /** `loadAverage`: processes that wanted a core in the minute before; 0 on Windows, which does not tell. */
  readonly machine: { readonly cores: number; readonly loadAverage: number };
  /** How long the calling thread, which answers the editor, could not be reached during the replays; of the worst one. */
  readonly eventLoopDelayMs: { readonly max: number; readonly p99: number };
  /** Lines of our own texts in each mode of sparing layers. */
  readonly modes: ModesReport;
  /** Milliseconds of a pass by the tokens that it verified at once, in those modes. */
  readonly verify: Readonly<Record<number, number>>;
  /** The recorded typing with and without pieces of other files in the prompt. */
  readonly context?: ContextReport;
  readonly against?: Measured;
  readonly ratios?: {
    /** Our time divided by theirs. */
    readonly decode: number | undefined;
    /** Our tokens a second divided by theirs. */
    readonly prompt: number | undefined;
    /** Our time divided by theirs. */
    readonly ghostText: number | undefined;
  };
}

export function describeBench(report: BenchReport): string {
  const columns: Measured[] = [report, ...(report.against === undefined ? [] : [report.against])];
  const row = (name: string, cell: (measured: Measured) => string, ofTheirs?: number): string[] => [
    name,
    ...columns.map(cell),
    ...(report.ratios === undefined || ofTheirs === undefined ? [] : [`${ofTheirs.toFixed(2)} x`]),
  ];
  const { ratios } = report;
  return [
    table([
      row('', ({ model }) => model),
      row('load', ({ load }) => milliseconds(load.ms)),
      row(
        `prompt of ${Math.round(report.prompt.tokens ?? 0)} tokens, cold`,
        ({ prompt }) => (prompt.tokensPerSecond === undefined ? '-' : `${Math.round(prompt.tokensPerSecond)} tokens/s`),
        ratios?.prompt,
      ),
      row('decoding, a token', ({ decode }) => milliseconds(decode.msPerToken), ratios?.decode),
      row('ghost text, half of the time', ({ replay }) => milliseconds(replay.ghostTextMs.p50), ratios?.ghostText),
      row('ghost text, nine times in ten', ({ replay }) => milliseconds(replay.ghostTextMs.p90)),
      row('first in a document', ({ replay }) => milliseconds(replay.cold.p50)),
      row('later', ({ replay }) => milliseconds(replay.warm.p50)),
      row('shown without computing', ({ replay }) => percent(replay.answeredFromCache)),
      row('prompt tokens known already', ({ replay }) => percent(replay.promptTokensFromCache)),
      row('one more character along a suggestion', ({ replay }) => milliseconds(replay.typeAlongMs.p50)),
    ]),
    '',
    ...Object.entries(report.modes).map(
      ([mode, { n, decodeMs, fasterThanOff, layersPerToken, passesPerToken, same }]) =>
        `${mode}: ${milliseconds(decodeMs)} of decoding a line (${n} lines, ${fasterThanOff?.toFixed(2) ?? '-'} x as fast as off), ` +
        `${layersPerToken?.toFixed(2) ?? '-'} layers and ${passesPerToken?.toFixed(2) ?? '-'} passes a token, ${percent(same)} the same.`,
    ),
    `Verifying at once: ${Object.entries(report.verify)
      .map(([rows, ms]) => `${rows} tokens ${milliseconds(ms)}`)
      .join(', ')}.`,
    ...(report.context === undefined ? [] : [describeContext(report.context)]),
    `${report.replay.keys} keys were pressed and ${report.replay.waits} times the user waited; ${report.threads} threads. ` +
      `The calling thread was late by ${milliseconds(report.eventLoopDelayMs.max)} at most ` +
      `(${milliseconds(report.eventLoopDelayMs.p99)} in 99 of 100 looks).`,
  ].join('\n');
}

function describeContext({ without, with: shown, warmRatio }: ContextReport): string {
  return (
    `With pieces of other files in the prompt (${shown.promptTokens} tokens at most, ${without.promptTokens} without): ghost text in ` +
    `${milliseconds(shown.warm.p50)} (half of the time), ${milliseconds(without.warm.p50)} without, ${warmRatio?.toFixed(2) ?? '-'} x; ` +
    `${percent(shown.fewTokens)} of ${shown.keys} keys read fewer than 64 tokens (${percent(without.fewTokens)} without).`
  );
}
