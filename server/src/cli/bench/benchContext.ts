// `bench --context`: the recorded typing with pieces of other files in front of the prompt, beside the same without, in
// turns. Before the first key the cursor rests, as when somebody looks at a file before typing.

import {
  chooseContext,
  DEFAULT_BUDGET,
  type CompletionResult,
  type CompletionSettings,
} from '../../completion/index.js';
import type { LanguageModel } from '../../model/index.js';
import { withCompleter } from '../terminal/openCompleter.js';
import { replay, type Replay } from './replay.js';
import { ratio, reportReplay } from './replayReport.js';
import { share } from '../../measure/statistics.js';
import { filesBesideTraces, type Trace } from './trace.js';

/** A key that makes the model read no more than this has found its prompt computed. */
const FEW_TOKENS = 64;

export type ContextReport = Awaited<ReturnType<typeof benchContext>>;

export async function benchContext(
  model: LanguageModel,
  traces: readonly Trace[],
  settings: CompletionSettings,
  signal: AbortSignal,
) {
  const replays = { without: [] as Replay[], with: [] as Replay[] };
  for (const [round, trace] of traces.entries()) {
    const order = round % 2 === 0 ? (['without', 'with'] as const) : (['with', 'without'] as const);
    for (const which of order) replays[which].push(await replayOne(model, trace, settings, which === 'with', signal));
  }
  const without = figuresOf(replays.without);
  const withContext = figuresOf(replays.with);
  return { without, with: withContext, warmRatio: ratio(withContext.warm.p50, without.warm.p50) };
}

function replayOne(
  model: LanguageModel,
  trace: Trace,
  settings: CompletionSettings,
  isWith: boolean,
  signal: AbortSignal,
): Promise<Replay> {
  // A path of its own for each, so that neither finds a prompt that the other has computed.
  const own = { ...trace, path: `${isWith ? 'with' : 'without'}/${trace.path}` };
  return withCompleter(
    model,
    (completer) => replay(completer, own, { ...settings, context: isWith }, signal, { isWarm: true }),
    {
      context: (syntax) => (place, _uri, previous) =>
        chooseContext(place, filesBesideTraces(), [], syntax, { budget: DEFAULT_BUDGET, previous }),
    },
  );
}

function figuresOf(replays: readonly Replay[]) {
  const results = replays.flatMap((one) => one.results);
  const { warm } = reportReplay(
    replays.flatMap(({ waits }) => waits),
    0,
    [],
  );
  return {
    warm,
    keys: results.length,
    /** Share of the keys that made the model read fewer than 64 tokens of the prompt. */
    fewTokens: share(results, (result) => computedTokens(result) < FEW_TOKENS),
    promptTokens: Math.max(0, ...results.map(({ timing }) => timing?.promptTokens ?? 0)),
  };
}

function computedTokens({ timing }: CompletionResult): number {
  return timing === undefined ? 0 : timing.promptTokens - timing.cachedTokens;
}
