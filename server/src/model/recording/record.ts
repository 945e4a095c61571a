// Records what exits, drafts and the stop controller are trained on: the model's own lines, token by token, with the
// hidden states behind them at every exit. Slower than the engine's way, and used by the command `record` alone.

import { ContinuationBuilder } from '../passes/continuation.js';
import { chooseTop, TOP_CHOICES, type Choice } from '../tokens/distribution.js';
import { loadEmbedding } from '../runtime/embedding.js';
import type { ExitSignals } from '../passes/exitPolicy.js';
import { forward } from '../passes/forward.js';
import { ForcedSpelling } from '../tokens/healing.js';
import { KvCache } from '../runtime/kvCache.js';
import type { Continuation, Prompt } from '../language.js';
import { readManifest } from '../manifest.js';
import { tokenizePrompt } from '../tokens/prompt.js';
import { openGraphs } from '../runtime/session.js';
import { withStableRows } from '../runtime/stableRows.js';
import { loadTokenizer } from '../tokens/tokenizer.js';

export interface RecordedToken {
  readonly id: number;
  /** The best choices, the token first. */
  readonly top: readonly Choice[];
  /** What was still to be spelled of the prefix before this token (token healing), in bytes. */
  readonly forced: number;
}

export interface Recording {
  readonly continuation: Continuation;
  readonly tokens: readonly RecordedToken[];
  /** Hidden states that each token was chosen from, [tokens, exits + 1, hidden]: after every segment, the last included. */
  readonly states: Float32Array;
  /** The prompt's last tokens, those that no earlier prompt shares, and their states, [tokens, exits + 1, hidden]. */
  readonly promptIds: readonly number[];
  readonly promptStates: Float32Array;
}

export interface Recorder {
  readonly hidden: number;
  /** Layers after which states are recorded. */
  readonly layers: readonly number[];
  record(prompt: Prompt, maximumTokens: number): Promise<Recording>;
  release(): Promise<void>;
}

const PASS_LENGTH = 96;

/** Opens a model folder for recording. @throws ModelFolderError with one sentence */
export async function openRecorder(folder: string, threads: number): Promise<Recorder> {
  const manifest = await readManifest(folder);
  const [tokenizer, embed] = await Promise.all([loadTokenizer(folder, manifest), loadEmbedding(folder, manifest)]);
  const graphs = await withStableRows(await openGraphs(folder, manifest, threads), manifest);
  const { hidden: width, vocabulary } = manifest.architecture;
  const layers = manifest.segments.map(({ to }) => to);
  const cache = new KvCache(manifest);

  /** Appends tokens; gives their states after every segment, [ids, exits + 1, hidden]. */
  const advance = async (ids: readonly number[]): Promise<Float32Array> => {
    const states = new Float32Array(ids.length * layers.length * width);
    const keep = (segment: number, hidden: Float32Array): void => {
      for (let row = 0; row < ids.length; row++)
        states.set(hidden.subarray(row * width, (row + 1) * width), (row * layers.length + segment) * width);
    };
    const exits = ({ layer, hidden }: ExitSignals): boolean => {
      keep(layers.indexOf(layer), hidden);
      return false;
    };
    const result = await forward(graphs, embed, cache, ids, { exits, decided: new Map() });
    keep(layers.length - 1, result.hidden);
    return states;
  };

  return {
    hidden: width,
    layers,
    release: () => graphs.release(),
    async record(prompt, maximumTokens) {
      const { ids, forced } = tokenizePrompt(tokenizer, manifest, prompt);
      const rowSize = layers.length * width;
      cache.rewindTo(Math.min(cache.sharedPrefixLength(ids), ids.length - 1));
      const computedFrom = cache.length;
      const passes: Float32Array[] = [];
      while (cache.length < ids.length) passes.push(await advance(ids.slice(cache.length, cache.length + PASS_LENGTH)));

      const spelling = new ForcedSpelling(tokenizer, forced);
      const builder = new ContinuationBuilder(tokenizer, forced.length, { maximumLines: 1, maximumTokens });
      const tokens: RecordedToken[] = [];
      const rows: Float32Array[] = [];
      let state: Float32Array = passes.at(-1)!.slice(-rowSize);
      for (;;) {
        const logits = await graphs.head.run(state.slice(-width), 1);
        const top = chooseTop(logits.subarray(0, vocabulary), TOP_CHOICES, spelling.allowed());
        const chosen = top[0]!;
        tokens.push({ id: chosen.id, top, forced: spelling.remaining });
        rows.push(state);
        spelling.take(chosen.id);
        builder.push({ ...chosen, layers: layers.at(-1)! });
        if (builder.finish !== undefined) break;
        state = await advance([chosen.id]);
      }
      return {
        continuation: builder.build(builder.finish),
        tokens,
        states: concatenate(rows),
        promptIds: ids.slice(computedFrom),
        promptStates: concatenate(passes),
      };
    },
  };
}

function concatenate(parts: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
