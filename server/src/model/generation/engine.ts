// A loaded model: prompts in, continuations out. Runs in the worker; asks between runs whether it is cancelled.

import { isAbortError } from '../../common/abort.js';
import type { Row, Stepper } from '../passes/decode.js';
import { createPlan } from '../draft/plan.js';
import { ReferenceIndex } from '../draft/reference.js';
import { loadEmbedding, type Embed } from '../runtime/embedding.js';
import { openExits, ownController, type Exits } from '../exits/exits.js';
import { generalController } from '../exits/generalController.js';
import { readRecalibration, type Recalibration } from '../exits/recalibration.js';
import { forward } from '../passes/forward.js';
import { generate } from './generate.js';
import type { GeneratorParts } from './run.js';
import type { Calibrated, GenerateRequest, Generation, Prompt } from '../language.js';
import { readManifest, verifyChecksums, type Manifest } from '../manifest.js';
import { PromptCaches } from '../passes/promptCaches.js';
import { createPromptPass } from '../passes/promptPass.js';
import { openPrefill } from '../runtime/prefill.js';
import { forwardTree } from '../passes/treePass.js';
import { tokenizePrompt } from '../tokens/prompt.js';
import { openGraphs, type Graphs, type OpenSegments } from '../runtime/session.js';
import { withStableRows } from '../runtime/stableRows.js';
import { loadTokenizer, type Tokenizer } from '../tokens/tokenizer.js';

/** Rows that the head computes together: two cost what one costs, and more cost more even where nobody asks for them. */
const HEAD_ROWS = 2;

export interface Engine extends Stepper {
  readonly manifest: Manifest;
  readonly tokenizer: Tokenizer;
  readonly calibrated: Calibrated;
  /** Reads anew what the general controller was recalibrated with for this model. */
  recalibrate(): Promise<Calibrated>;
  /** @throws AbortError as soon as `cancelled` says so; the prompt cache keeps what was computed. */
  generate(request: GenerateRequest, cancelled: () => boolean): Promise<Generation>;
  /**
   * Opens the prefill form, where there is one and it is not open; from then on prompts are read with it.
   * @throws ModelFolderError where there is one that cannot be used
   */
  openPrefill(): Promise<boolean>;
  /** Computes a prompt into its cache, as far as it comes in ten seconds. Resolves to whether that was all of it. */
  prefetch(prompt: Prompt, cancelled: () => boolean): Promise<boolean>;
  release(): Promise<void>;
}

/** Far longer than a prompt takes on a machine that has time for it; whoever watches the worker waits longer. */
const LONGEST_PREFETCH_MS = 10_000;

/**
 * Opens a model folder.
 * @param forms the folder of prefill forms, where they may be used
 * @throws ModelFolderError with one sentence
 */
export async function loadEngine(folder: string, threads: number, forms?: string): Promise<Engine> {
  const manifest = await readManifest(folder);
  const [tokenizer, embed] = await Promise.all([loadTokenizer(folder, manifest), loadEmbedding(folder, manifest)]);
  await verifyChecksums(folder, manifest);
  const graphs = await openGraphs(folder, manifest, threads);
  try {
    const exits = await openExits(folder, manifest, embed);
    const engine = createEngine(manifest, tokenizer, embed, await withStableRows(graphs, manifest), exits, {
      measured: () => readRecalibration(folder),
      openPrefill: async () => (forms === undefined ? undefined : openPrefill(folder, manifest, threads, forms)),
    });
    await engine.recalibrate();
    return engine;
  } catch (error) {
    await graphs.release();
    throw error;
  }
}

/** What an engine reads of its folder, and of this machine, later than the rest. */
interface ReadLater {
  measured(): Promise<Recalibration | undefined>;
  openPrefill(): Promise<OpenSegments | undefined>;
}

const nothingLater: ReadLater = {
  measured: () => Promise.resolve(undefined),
  openPrefill: () => Promise.resolve(undefined),
};

export function createEngine(
  manifest: Manifest,
  tokenizer: Tokenizer,
  embed: Embed,
  graphs: Graphs,
  exits: Exits | undefined,
  later = nothingLater,
): Engine {
  const { hidden: width, vocabulary, layers } = manifest.architecture;
  const takesTrees = graphs.segments.every((segment) => segment.takesTrees);
  const stepTree: Stepper['stepTree'] = async (cache, rows) =>
    stepper.rowsOf(await forwardTree(graphs, embed, cache, rows), rows.length, layers);
  const stepper: Stepper = {
    async step(cache, ids, exit) {
      const { hidden, layers, left } = await forward(graphs, embed, cache, ids, exit);
      const deep = left ? [] : stepper.rowsOf(hidden, ids.length, layers);
      const rows: Row[] = [];
      for (let row = 0; row < ids.length; row++) {
        const early = exit.decided.get(row);
        const found = early === undefined ? deep[row] : { ...early, logits: () => Promise.resolve(early.logits) };
        // Behind a refuted draft nothing was decided, and nothing is of use.
        if (found === undefined) break;
        rows.push(found);
      }
      return rows;
    },
    stepTree: takesTrees ? stepTree : undefined,
    rowsOf(hidden, count, layer) {
      const groups = new Map<number, Promise<Float32Array>>();
      const groupAt = (first: number): Promise<Float32Array> => {
        const rows = hidden.subarray(first * width, Math.min(count, first + HEAD_ROWS) * width);
        const logits = groups.get(first) ?? graphs.head.run(rows, rows.length / width);
        groups.set(first, logits);
        return logits;
      };
      return Array.from({ length: count }, (_, row) => ({
        async logits() {
          const within = row % HEAD_ROWS;
          return (await groupAt(row - within)).subarray(within * vocabulary, (within + 1) * vocabulary);
        },
        hidden: hidden.slice(row * width, (row + 1) * width),
        layer,
      }));
    },
  };
  const caches = new PromptCaches(manifest);
  let prefill: OpenSegments | undefined;
  const promptPass = createPromptPass(
    ...([graphs, embed, width] as const),
    (id) => tokenizer.bytes(id).includes('\n'),
    () => prefill?.segments,
  );
  const references = new ReferenceIndex(tokenizer);
  const own = exits?.estimator && ownController(exits.layers, exits.estimator);
  let controller = own ?? generalController(layers, undefined);
  const calibratedBy = ({ thresholds, calibration }: typeof controller): Calibrated =>
    calibration === undefined ? { thresholds } : { thresholds, calibration };
  const parts = (): GeneratorParts => ({ ...fixed, judge: controller });
  const fixed = { manifest, tokenizer, caches, promptPass, stepper, exits, plan: createPlan(), references };

  const prefetch = async (prompt: Prompt, cancelled: () => boolean): Promise<boolean> => {
    const { ids } = tokenizePrompt(tokenizer, manifest, prompt);
    const cache = caches.get(prompt.key);
    if (promptPass.cachedLength(cache, ids) === ids.length) return true;
    const deadline = performance.now() + LONGEST_PREFETCH_MS;
    return (await promptPass.compute(cache, ids, deadline, cancelled)) !== undefined;
  };

  let opening: Promise<boolean> | undefined;
  const takeUpPrefill = async (): Promise<boolean> => {
    prefill ??= await later.openPrefill();
    return prefill !== undefined;
  };

  /** A run that failed half-way leaves segments at different lengths: that cache is not used again. */
  const guarded = async <T>(key: string, work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      if (!isAbortError(error)) caches.delete(key);
      throw error;
    });

  return {
    ...stepper,
    manifest,
    tokenizer,
    openPrefill: () => (opening ??= takeUpPrefill().finally(() => (opening = undefined))),
    get calibrated() {
      return calibratedBy(controller);
    },
    async recalibrate() {
      controller = own ?? generalController(layers, await later.measured());
      return calibratedBy(controller);
    },
    generate: (request, cancelled) => guarded(request.prompt.key, generate(parts(), request, cancelled)),
    prefetch: (prompt, cancelled) => guarded(prompt.key, prefetch(prompt, cancelled)),
    async release() {
      await exits?.release();
      await prefill?.release();
      await graphs.release();
    },
  };
}
