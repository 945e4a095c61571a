// The only file that knows onnxruntime-node. It turns graphs into functions over Float32Arrays.
//
// run() blocks the thread it is called on, so everything here is used in the worker (worker.ts).

import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { messageOf } from '../../common/messageOf.js';
import { ModelFolderError, type Manifest } from '../manifest.js';
import { whyNotLoaded, type Machine, type RuntimeProblem } from './notLoaded.js';
import { plainRows, type RowsInTree } from './rowTree.js';
import { words } from '../../common/words.js';

/** Keys and values of one layer, [1, kvHeads, capacity, headDim]; every run writes its rows into them. */
export interface LayerCache {
  readonly keys: Tensor;
  readonly values: Tensor;
}

/** One segment of layers: hidden states in, hidden states out, keys and values appended to the cache. */
export interface Segment {
  /** Layers [from, to). */
  readonly from: number;
  readonly to: number;
  /** Whether rows of a pass may form a tree; not in graphs that were made before they could. */
  readonly takesTrees: boolean;
  /**
   * Computes `count` positions that follow the `past` ones already in the cache.
   * @param hidden [count, hidden], row-major
   * @param tree where rows stand and what they see; left out, each follows the one before it
   * @returns [count, hidden]
   */
  run(
    hidden: Float32Array,
    count: number,
    past: number,
    caches: readonly LayerCache[],
    tree?: RowsInTree,
  ): Promise<Float32Array>;
}

/** The head: hidden states of the last layer to logits over the vocabulary. */
export interface Head {
  /** @returns logits, [count, vocabulary]; to be read before the next run */
  run(hidden: Float32Array, count: number): Promise<Float32Array>;
}

export interface Graphs {
  readonly segments: readonly Segment[];
  readonly head: Head;
  release(): Promise<void>;
}

type Runtime = typeof import('onnxruntime-node');
let loaded: Runtime | undefined;

/** Loaded when it is first needed: its library is native, and what needs no model works on machines that have none. */
function runtime(): Runtime {
  try {
    return load();
  } catch (error) {
    throw new ModelFolderError(whyNotLoaded(error, thisMachine()).sentence);
  }
}

function load(): Runtime {
  return (loaded ??= createRequire(import.meta.url)('onnxruntime-node') as Runtime);
}

/** Why the runtime cannot be loaded on this machine; undefined where it can. */
export function runtimeProblem(): RuntimeProblem | undefined {
  try {
    load();
    return undefined;
  } catch (error) {
    return whyNotLoaded(error, thisMachine());
  }
}

function thisMachine(): Machine {
  return { platform: process.platform, arch: process.arch, isMusl: isMusl() };
}

function isMusl(): boolean {
  if (process.platform !== 'linux') return false;
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime === undefined;
}

/** Number of live sessions, so that a test can count that what is opened is closed. */
export const live = { sessions: 0 };

/** Segments that were opened by themselves. */
export interface OpenSegments {
  readonly segments: readonly Segment[];
  release(): Promise<void>;
}

/**
 * Opens all graphs of a model folder.
 * @param threads threads of the runtime; 0 lets the number of cores decide (four at most)
 * @throws ModelFolderError when the runtime refuses a graph or its shapes differ from the manifest's.
 */
export async function openGraphs(folder: string, manifest: Manifest, threads: number): Promise<Graphs> {
  const opener = createOpener(folder, manifest, threads);
  try {
    const segments = await opener.openSegments(manifest.segments);
    const heads: { session: InferenceSession; from: number; to: number }[] = [];
    for (const { file, from, to } of manifest.head) heads.push({ session: await opener.open(file), from, to });
    return { segments, head: createHead(heads, manifest), release: () => opener.release() };
  } catch (error) {
    await opener.release();
    throw error;
  }
}

/**
 * Opens segments of a model that lie in another folder (prefill.ts), or some of the model's own.
 * @throws ModelFolderError
 */
export async function openSegmentsOf(
  folder: string,
  segments: Manifest['segments'],
  manifest: Manifest,
  threads: number,
): Promise<OpenSegments> {
  const opener = createOpener(folder, manifest, threads);
  try {
    return { segments: await opener.openSegments(segments), release: () => opener.release() };
  } catch (error) {
    await opener.release();
    throw error;
  }
}

/** Opens graphs of a folder, and closes all of them together. */
function createOpener(folder: string, manifest: Manifest, threads: number) {
  const { InferenceSession: sessions } = runtime();
  const opened: InferenceSession[] = [];
  const open = async (file: string): Promise<InferenceSession> => {
    const session = await sessions.create(join(folder, file), sessionOptions(threads)).catch((error: unknown) => {
      throw refusal(join(folder, file), error);
    });
    opened.push(session);
    live.sessions++;
    return session;
  };
  return {
    open,
    async openSegments(files: Manifest['segments']): Promise<readonly Segment[]> {
      const rotary = rotaryTables(manifest);
      const plain = plainRows();
      const segments: Segment[] = [];
      for (const { file, from, to } of files)
        segments.push(createSegment(await open(file), from, to, manifest, rotary, plain));
      return segments;
    },
    async release(): Promise<void> {
      for (const session of opened.splice(0)) {
        await session.release();
        live.sessions--;
      }
    },
  };
}

function tensor(type: 'float32', data: Float32Array, dims: readonly number[]): Tensor;
function tensor(type: 'int32', data: Int32Array, dims: readonly number[]): Tensor;
function tensor(type: 'int64', data: BigInt64Array, dims: readonly number[]): Tensor;
function tensor(
  type: 'float32' | 'int32' | 'int64',
  data: Float32Array | Int32Array | BigInt64Array,
  dims: readonly number[],
): Tensor {
  const { Tensor: TensorOfRuntime } = runtime();
  return new TensorOfRuntime(type, data, dims);
}

const sidesOf = ({ keys, values }: LayerCache) =>
  [
    ['k', keys],
    ['v', values],
  ] as const;

/** The places of rows that follow so many. */
function slotsFrom(past: number, count: number): Tensor {
  return tensor(
    'int64',
    BigInt64Array.from({ length: count }, (_, row) => BigInt(past + row)),
    [count],
  );
}

/** Puts new rows, [1, kvHeads, count, headDim], into a cache behind the `past` ones. */
function keepRows(cache: Tensor, rows: Tensor, past: number): void {
  const [, heads = 0, count = 0, width = 0] = rows.dims;
  const capacity = cache.dims[2]!;
  const [to, from] = [cacheData(cache), cacheData(rows)];
  for (let head = 0; head < heads; head++) {
    const part = from.subarray(head * count * width, (head + 1) * count * width);
    to.set(part, (head * capacity + past) * width);
  }
}

/** A fresh cache for one layer, all zeros. */
export function createLayerCache(manifest: Manifest, capacity: number): LayerCache {
  const { kvHeads, headDim } = manifest.architecture;
  const empty = (): Tensor =>
    tensor('float32', new Float32Array(kvHeads * capacity * headDim), [1, kvHeads, capacity, headDim]);
  return { keys: empty(), values: empty() };
}

/** The numbers behind a cache tensor. */
export function cacheData(tensor: Tensor): Float32Array {
  return tensor.data as Float32Array;
}

/** Decoding is bound by memory: more threads than this help little and take the cores from the editor. */
const MOST_THREADS = 4;

function sessionOptions(threads: number): InferenceSession.SessionOptions {
  return {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'all',
    executionMode: 'sequential',
    intraOpNumThreads: threads > 0 ? threads : Math.min(MOST_THREADS, availableParallelism()),
    interOpNumThreads: 1,
    // What the runtime refuses is said by us; its own lines would stand beside the sentence.
    logSeverityLevel: 4,
    // Every segment has threads of its own. Threads that spin while they wait would take the cores from the next segment
    // and from the editor: measured beside other work, decoding is twice as fast without, and alone it is as fast.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  };
}

/**
 * Rows that a tree may have. Several of them share a position, so they may lie behind the model's last one, and the runtime
 * wants as many rows of the rotary tables as slots are in use.
 */
export function treeRoom({ architecture }: Manifest): number {
  return Math.min(1024, architecture.maximumPositions / 4);
}

interface RotaryTables {
  readonly cos: Tensor;
  readonly sin: Tensor;
}

const rotaryTablesOf = new WeakMap<Manifest, RotaryTables>();

/** cos and sin of the rotary positions, [maximumPositions + treeRoom, headDim / 2]; shared by all segments of a model. */
function rotaryTables(manifest: Manifest): RotaryTables {
  const known = rotaryTablesOf.get(manifest);
  if (known !== undefined) return known;
  const { architecture } = manifest;
  const half = architecture.headDim / 2;
  const positions = architecture.maximumPositions + treeRoom(manifest);
  const cos = new Float32Array(positions * half);
  const sin = new Float32Array(positions * half);
  for (let position = 0; position < positions; position++) {
    for (let i = 0; i < half; i++) {
      const divisor = architecture.ropeDivisors?.[i] ?? 1;
      const angle = position / (divisor * architecture.ropeBase ** ((2 * i) / architecture.headDim));
      cos[position * half + i] = Math.cos(angle);
      sin[position * half + i] = Math.sin(angle);
    }
  }
  const dims = [positions, half];
  const tables = { cos: tensor('float32', cos, dims), sin: tensor('float32', sin, dims) };
  rotaryTablesOf.set(manifest, tables);
  return tables;
}

function createSegment(
  session: InferenceSession,
  from: number,
  to: number,
  manifest: Manifest,
  rotary: RotaryTables,
  plain: ReturnType<typeof plainRows>,
): Segment {
  const { hidden: width } = manifest.architecture;
  const inputs = new Set(session.inputNames);
  for (let layer = from; layer < to; layer++) {
    if (!inputs.has(`past_k_${layer}`))
      throw new ModelFolderError(words('The segment of layers {0}-{1} lacks layer {2}.', from, to, layer));
  }
  const lengths = { last: new Int32Array(1), total: new Int32Array(1) };
  const fixed = {
    seqlens_k: tensor('int32', lengths.last, [1]),
    total: tensor('int32', lengths.total, [1]),
    cos: rotary.cos,
    sin: rotary.sin,
  };
  const takesTrees = inputs.has('position_ids') && inputs.has('attention_bias');
  const givesNewRows = inputs.has('slots');
  const treeInputs = ({ positions, bias }: RowsInTree): Record<string, Tensor> => ({
    position_ids: tensor('int64', BigInt64Array.from(positions, BigInt), [1, positions.length]),
    attention_bias: tensor('float32', bias, [1, 1, positions.length, bias.length / positions.length]),
  });
  return {
    from,
    to,
    takesTrees,
    async run(hidden, count, past, caches, tree) {
      if (tree !== undefined && !takesTrees) throw new Error('These graphs take no trees.');
      lengths.last[0] = past + count - 1;
      lengths.total[0] = past + count;
      const feeds: Record<string, Tensor> = {
        ...fixed,
        hidden: tensor('float32', hidden, [1, count, width]),
        ...(takesTrees ? treeInputs(tree ?? plain(count, past)) : {}),
        ...(givesNewRows ? { slots: slotsFrom(past, count) } : {}),
      };
      const fetches: Record<string, Tensor | null> = { hidden_out: null };
      for (let layer = from; layer < to; layer++) {
        const cache = caches[layer];
        if (cache === undefined) throw new Error(`No cache for layer ${layer}.`);
        for (const [side, whole] of sidesOf(cache)) {
          feeds[`past_${side}_${layer}`] = whole;
          // Older graphs write into the cache themselves, and the runtime copies the whole of it after every run.
          if (givesNewRows) fetches[`new_${side}_${layer}`] = null;
          else fetches[`present_${side}_${layer}`] = whole;
        }
      }
      const results = await session.run(feeds, fetches);
      if (givesNewRows) {
        for (let layer = from; layer < to; layer++)
          for (const [side, whole] of sidesOf(caches[layer]!)) keepRows(whole, results[`new_${side}_${layer}`]!, past);
      }
      return results['hidden_out']!.data as Float32Array;
    },
  };
}

function createHead(
  parts: readonly { session: InferenceSession; from: number; to: number }[],
  manifest: Manifest,
): Head {
  const { hidden: width, vocabulary } = manifest.architecture;
  // Results of every run go into the same memory: fresh ones, some hundred kilobytes a token, would keep the garbage
  // collector busy for a twentieth of the time.
  const buffers = new Map<number, { readonly logits: Float32Array; readonly results: readonly Tensor[] }>();
  const buffersFor = (count: number) => {
    const known = buffers.get(count);
    if (known !== undefined) return known;
    const results = parts.map(({ from, to }) =>
      tensor('float32', new Float32Array(count * (to - from)), [1, count, to - from]),
    );
    const made = { logits: new Float32Array(count * vocabulary), results };
    buffers.set(count, made);
    return made;
  };
  return {
    async run(hidden, count) {
      const { logits, results } = buffersFor(count);
      const input = tensor('float32', hidden, [1, count, width]);
      for (const [part, { session, from, to }] of parts.entries()) {
        const result = results[part]!;
        await session.run({ hidden: input }, { logits: result });
        const data = result.data as Float32Array;
        const rows = to - from;
        for (let i = 0; i < count; i++) logits.set(data.subarray(i * rows, (i + 1) * rows), i * vocabulary + from);
      }
      return logits;
    },
  };
}

/** Numbers with a shape, row-major; what goes into a small graph and comes out of it. */
export interface NumberTensor {
  readonly data: Float32Array | Int32Array;
  readonly dims: readonly number[];
}

/** A graph that has no cache: named numbers in, named numbers out. */
export interface SmallGraph {
  run(feeds: Readonly<Record<string, NumberTensor>>): Promise<Readonly<Record<string, NumberTensor>>>;
  release(): Promise<void>;
}

/**
 * Opens a graph that takes a few milliseconds a run; one thread is enough for it.
 * @param isFolded whether nothing is left to optimise in it, which is looked for in vain otherwise, for as long as all the
 * rest of opening takes
 * @throws ModelFolderError when the runtime refuses the file
 */
export async function openSmallGraph(file: string, { isFolded = false } = {}): Promise<SmallGraph> {
  const options = sessionOptions(1);
  const session = await runtime()
    .InferenceSession.create(file, isFolded ? { ...options, graphOptimizationLevel: 'disabled' } : options)
    .catch((error: unknown) => {
      throw refusal(file, error);
    });
  live.sessions++;
  return {
    async run(feeds) {
      const tensors = Object.entries(feeds).map(([name, { data, dims }]): [string, Tensor] => [
        name,
        data instanceof Float32Array ? tensor('float32', data, dims) : tensor('int32', data, dims),
      ]);
      const results = await session.run(Object.fromEntries(tensors));
      return Object.fromEntries(
        Object.entries(results).map(([name, { data, dims }]) => [name, { data: data as NumberTensor['data'], dims }]),
      );
    },
    async release() {
      await session.release();
      live.sessions--;
    },
  };
}

/** What the runtime says of a file, in one sentence. */
function refusal(file: string, error: unknown): ModelFolderError {
  const message = messageOf(error);
  if (/bad_alloc|Cannot allocate memory/.test(message)) {
    return new ModelFolderError(
      words('The model cannot be loaded, since the memory does not suffice; close other programs.'),
    );
  }
  const [detail = ''] = message.split('\n');
  return new ModelFolderError(words('The model file {0} cannot be loaded: {1}', file, detail));
}
