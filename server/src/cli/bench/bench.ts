// `bench`: how fast the model loads, reads and writes, and how long a user waits for ghost text; on request beside
// llama.cpp, in turns, so that a noisy machine is as noisy for both.

import { Command } from 'commander';
import { availableParallelism, loadavg } from 'node:os';
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import type { CompletionSettings, HoleKnowledge } from '../../completion/index.js';
import { InputError } from '../../common/inputError.js';
import { defaultCompletionSettings } from '../../completion/index.js';
import type { GenerationTiming, LanguageModel } from '../../model/index.js';
import { readItems } from '../../measure/data.js';
import { editItem } from '../../measure/editItem.js';
import { stratifiedSample } from '../../measure/sample.js';
import { readCalibration, scoreFor } from '../../setup/holesData.js';
import { folderOfModel } from '../../setup/models/modelsFolder.js';
import { benchContext } from './benchContext.js';
import { benchHoles, describeHolesBench } from './benchHoles.js';
import { benchModes, type ModesBench } from './benchModes.js';
import { type BenchReport, describeBench, type Measured } from './benchReport.js';
import { version } from '../../setup/installation.js';
import { interruptible } from '../terminal/interrupt.js';
import { startLlamaModel } from './llamaModel.js';
import { withCompleter } from '../terminal/openCompleter.js';
import { withModel } from '../terminal/openModel.js';
import { type ModelCommandOptions, wholeNumber, withModelOptions } from '../terminal/options.js';
import { printResult } from '../terminal/output.js';
import { startProgress } from '../terminal/progress.js';
import { replay, type Replay, typeAlong } from './replay.js';
import { ghostTextRatio, ratio, reportReplay } from './replayReport.js';
import { speedOf, speedRequests } from './speed.js';
import { ownTraces, type Trace } from './trace.js';

/** Both get as many threads; two is what the figures in the documents were taken with. */
const THREADS = 2;
/** Waits of a replay from which a suggestion is typed along. */
const ALONG_WAITS = 4;
/** Milliseconds between two looks at the event loop, which its histogram counts as delay. */
const LOOP_RESOLUTION_MS = 1;

type Options = ModelCommandOptions & {
  readonly against?: string;
  readonly repeat: number;
  readonly context?: true;
  readonly holes?: string[];
  readonly limit?: number;
};

export function benchCommand(): Command {
  const command = new Command('bench')
    .description('Speed: load, prompt, decoding, and recorded typing replayed in real time (about two minutes).')
    .option('--against <file.gguf>', 'measure llama.cpp with this file on the same prompts (needs node-llama-cpp)')
    .option('--context', 'replay the typing with pieces of other files in the prompt too (three minutes more)')
    .option(
      '--holes <data...>',
      'instead, how long holes follow behind the line that is shown, on lines that commits added: items as for eval edits',
    )
    .option('--limit <number>', 'with --holes, take so many items, spread evenly', wholeNumber(1))
    .option('--repeat <number>', 'prompts for which reading and writing is measured', wholeNumber(1, 100), 5)
    .action((options: Options) => run(options));
  return withModelOptions(command, THREADS);
}

async function run(options: Options): Promise<void> {
  if (options.holes !== undefined) return runHoles(options.holes, options);
  const theirs = options.against === undefined ? undefined : await startLlamaModel(options.against, options.threads);
  try {
    const report = await interruptible((signal) =>
      withModel(options, (ours) => measure(ours, theirs, options, signal)),
    );
    printResult(options.json === true, report, () => describeBench(report));
  } finally {
    await theirs?.dispose();
  }
}

async function runHoles(files: readonly string[], options: Options): Promise<void> {
  const items = stratifiedSample(await readItems(files, editItem), options.limit, undefined);
  const machine = examineMachine();
  const holes = await holesOf(folderOfModel(options.model));
  const found = await withModel(options, (model) =>
    withCompleter(model, (completer) => benchHoles(completer, items), { holes }),
  );
  printResult(options.json === true, { lacuna: version, threads: options.threads, machine, ...found }, () =>
    describeHolesBench(found),
  );
}

/** @throws InputError where the model makes no holes */
async function holesOf(modelFolder: string): Promise<HoleKnowledge> {
  const score = await scoreFor(modelFolder);
  const calibration = await readCalibration(modelFolder, undefined);
  if (score === undefined || calibration === undefined) throw new InputError('This model has no calibration of holes.');
  return { score, calibrations: () => [calibration] };
}

/** One of the models under measurement, and what was taken of it so far. */
interface Contender {
  readonly model: LanguageModel;
  readonly timings: GenerationTiming[];
  readonly replays: Replay[];
  readonly typeAlongMs: number[];
}

async function measure(
  ours: LanguageModel,
  theirs: LanguageModel | undefined,
  options: Options,
  signal: AbortSignal,
): Promise<BenchReport> {
  const contenders = [ours, ...(theirs === undefined ? [] : [theirs])].map((model): Contender => ({
    model,
    timings: [],
    replays: [],
    typeAlongMs: [],
  }));
  const traces = ownTraces();
  const progress = startProgress(contenders.length * (options.repeat + traces.length) + 1);
  const loopDelays: IntervalHistogram[] = [];
  let modes: ModesBench;
  const machine = examineMachine();
  try {
    const text = traces.map((trace) => trace.text).join('\n');
    const requests = await speedRequests(ours, text, options.repeat, signal);
    // The first pass of a model maps its file into memory; that belongs to loading.
    if (theirs !== undefined) await speedRequests(theirs, text, 0, signal);
    for (const [round, request] of requests.entries()) {
      for (const { model, timings } of inTurn(contenders, round)) {
        timings.push((await model.generate(request, signal)).timing);
        progress.advance();
      }
    }
    modes = await benchModes(ours, traces, signal);
    progress.advance();
    for (const [round, trace] of traces.entries()) {
      for (const contender of inTurn(contenders, round)) {
        // A histogram for each replay: one that is only switched off would count the pause as a delay.
        const delay = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
        delay.enable();
        await replayInto(contender, trace, signal).finally(() => delay.disable());
        if (contender.model === ours) loopDelays.push(delay);
        progress.advance();
      }
    }
  } finally {
    progress.end();
  }
  const context = options.context === true ? await benchContext(ours, traces, settings, signal) : undefined;
  const [our, their] = contenders.map(measuredOf);
  const worst = (of: (delay: IntervalHistogram) => number): number =>
    Math.max(0, ...loopDelays.map((delay) => of(delay) / 1e6 - LOOP_RESOLUTION_MS));
  const eventLoopDelayMs = { max: worst(({ max }) => max), p99: worst((delay) => delay.percentile(99)) };
  return {
    lacuna: version,
    threads: options.threads,
    machine,
    ...our!,
    ...modes,
    eventLoopDelayMs,
    ...(context === undefined ? {} : { context }),
    ...(their === undefined
      ? {}
      : {
          against: their,
          ratios: {
            decode: ratio(our!.decode.msPerToken, their.decode.msPerToken),
            prompt: ratio(our!.prompt.tokensPerSecond, their.prompt.tokensPerSecond),
            ghostText: ghostTextRatio(
              contenders[0]!.replays.map(({ waits }) => waits),
              contenders[1]!.replays.map(({ waits }) => waits),
            ),
          },
        }),
  };
}

/** Another one begins in each round, so that none always meets the machine as the other left it. */
function inTurn<T>(contenders: readonly T[], round: number): readonly T[] {
  return round % 2 === 0 ? contenders : [...contenders].reverse();
}

/** Figures taken while others keep the cores busy are of no use, so that is said, and stands in the report. */
function examineMachine(): BenchReport['machine'] {
  const machine = { cores: availableParallelism(), loadAverage: loadavg()[0]! };
  if (machine.loadAverage > machine.cores / 2) {
    console.error(`The machine is busy (load ${machine.loadAverage.toFixed(1)} on ${machine.cores} cores).`);
  }
  return machine;
}

/**
 * The editor's settings, except that every suggestion is shown however unlikely it is, and one line is asked for: what is
 * measured is the time it takes, for the same amount of text whatever model it comes from.
 */
const settings: CompletionSettings = { ...defaultCompletionSettings, certainty: 'any', lines: 1 };

async function replayInto(contender: Contender, trace: Trace, signal: AbortSignal): Promise<void> {
  await withCompleter(contender.model, async (completer) => {
    const replayed = await replay(completer, trace, settings, signal);
    contender.replays.push(replayed);
    const along = replayed.waits.filter(({ result }) => result?.kind === 'suggestions').slice(0, ALONG_WAITS);
    for (const wait of along) contender.typeAlongMs.push(...(await typeAlong(completer, wait, settings, signal)));
  });
}

function measuredOf({ model, timings, replays, typeAlongMs }: Contender): Measured {
  const { state } = model;
  return {
    model: state.kind === 'ready' ? state.name : state.kind,
    load: { ms: state.kind === 'ready' ? state.loadMs : undefined },
    ...speedOf(timings),
    replay: reportReplay(
      replays.flatMap(({ waits }) => waits),
      replays.reduce((sum, { keys }) => sum + keys, 0),
      typeAlongMs,
    ),
  };
}
