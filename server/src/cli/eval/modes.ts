// Modes of sparing layers, side by side: the same prompt is continued in each of them, so that a comparison of times is
// one of the same lines on the same machine at the same moment.

import { type Command, Option } from 'commander';
import type {
  Continuation,
  ExitsMode,
  GenerationTiming,
  LanguageModel,
  PassesByRows,
  Prompt,
} from '../../model/index.js';
import { generateLine, type GeneratedLine } from '../../measure/generateLine.js';
import { mean, share } from '../../measure/statistics.js';

const MODES: readonly ExitsMode[] = ['off', 'exact', 'certified'];

export interface ModesOption {
  readonly exits: ExitsMode;
  readonly compare?: readonly ExitsMode[];
  /** False with --no-drafts. */
  readonly drafts?: boolean;
}

/** Adds --exits and --compare. */
export function withModes(command: Command): Command {
  return withExits(command)
    .option('--no-drafts', 'draft nothing in any mode, to measure exits alone')
    .addOption(
      new Option('--compare <mode...>', 'continue every prompt in these modes too, and report them beside').choices(
        MODES,
      ),
    );
}

/** Adds --exits. */
export function withExits(command: Command): Command {
  return command.addOption(
    new Option(
      '--exits <mode>',
      'how layers are spared: off, exact (drafts, the same line), certified (tokens may leave early)',
    )
      .choices(MODES)
      .default('exact'),
  );
}

/** A line as one mode generated it. */
export interface ModeResult {
  readonly mode: ExitsMode;
  /** Whether it has the same tokens as the line of the first mode. */
  readonly same: boolean;
  readonly right: boolean;
  readonly tokens: number;
  readonly passes: number;
  readonly drafted: number;
  readonly layers: number;
  readonly decodeMs: number;
  readonly passesByRows?: PassesByRows;
}

export interface ModesResult extends GeneratedLine {
  readonly modes: readonly ModeResult[];
}

/** @param isRight whether a generated text is what was to be written */
export async function generateInModes(
  model: LanguageModel,
  prompt: Prompt,
  references: readonly string[],
  { exits, compare = [], drafts = true }: ModesOption,
  isRight: (text: string) => boolean,
  signal: AbortSignal,
): Promise<ModesResult> {
  const asked = { prompt, references, ...(drafts ? {} : { drafts: 'never' as const }) };
  const first = await generateLine(model, { ...asked, exits }, signal);
  const modes = [resultOf(exits, first, first.continuation, isRight)];
  for (const mode of compare) {
    if (mode === exits) continue;
    const other = await generateLine(model, { ...asked, exits: mode }, signal);
    modes.push(resultOf(mode, other, first.continuation, isRight));
  }
  return { ...first, modes };
}

function resultOf(
  mode: ExitsMode,
  { continuation, timing }: GeneratedLine,
  reference: Continuation,
  isRight: (text: string) => boolean,
): ModeResult {
  return {
    mode,
    same: idsOf(continuation) === idsOf(reference),
    right: isRight(continuation.text),
    tokens: timing.tokens,
    passes: timing.passes,
    drafted: timing.drafted,
    layers: layersOf(timing),
    decodeMs: timing.decodeMs,
    ...(timing.passesByRows === undefined ? {} : { passesByRows: timing.passesByRows }),
  };
}

function idsOf({ tokens }: Continuation): string {
  return tokens.map(({ id }) => id).join(' ');
}

function layersOf({ layersPerToken, tokens }: GenerationTiming): number {
  return layersPerToken * tokens;
}

/** Milliseconds of a pass by the tokens that it verified at once, over all lines. */
export function verifyMs(results: readonly { readonly modes: readonly ModeResult[] }[]): Record<number, number> {
  const sums: Record<number, { passes: number; ms: number }> = {};
  for (const { mode, passesByRows } of results.flatMap(({ modes }) => modes)) {
    // A pass that leaves early says nothing of one that goes through.
    if (mode === 'certified') continue;
    for (const [rows, { passes, ms }] of Object.entries(passesByRows ?? {})) {
      const sum = (sums[Number(rows)] ??= { passes: 0, ms: 0 });
      sum.passes += passes;
      sum.ms += ms;
    }
  }
  return Object.fromEntries(Object.entries(sums).map(([rows, { passes, ms }]) => [rows, ms / passes]));
}

/** Figures of each mode over all lines; times as ratios to the mode `off`, where it was among them. */
export function reportModes(results: readonly { readonly modes: readonly ModeResult[] }[]) {
  const byMode = new Map<ExitsMode, ModeResult[]>();
  for (const { modes } of results)
    for (const one of modes) byMode.set(one.mode, [...(byMode.get(one.mode) ?? []), one]);
  const plain = mean((byMode.get('off') ?? []).map(({ decodeMs }) => decodeMs));
  return Object.fromEntries(
    [...byMode].map(([mode, of]) => {
      const sum = (value: (one: ModeResult) => number): number => of.reduce((total, one) => total + value(one), 0);
      const decodeMs = mean(of.map((one) => one.decodeMs));
      const tokens = sum((one) => one.tokens);
      return [
        mode,
        {
          n: of.length,
          same: share(of, (one) => one.same),
          right: share(of, (one) => one.right),
          decodeMs,
          fasterThanOff: plain === undefined || decodeMs === undefined ? undefined : plain / decodeMs,
          layersPerToken: tokens === 0 ? undefined : sum((one) => one.layers) / tokens,
          passesPerToken: tokens === 0 ? undefined : sum((one) => one.passes) / tokens,
          draftedShare: tokens === 0 ? undefined : sum((one) => one.drafted) / tokens,
        },
      ];
    }),
  );
}
