// The examination behind `doctor`: what is installed, whether it is whole, how fast it is, and what to do about the rest.
// It asks the machine and the model; who shows the answer, and where, is left to others.

import { availableParallelism, cpus, totalmem } from 'node:os';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../common/messageOf.js';
import type { LanguageModel } from '../model/index.js';
import { checkModelFiles } from './modelFiles.js';

export interface ExaminationLine {
  readonly name: string;
  readonly value: string;
  readonly ok: boolean;
  /** What to do, where something is wrong. */
  readonly advice?: string;
}

export interface Examination {
  readonly lines: readonly ExaminationLine[];
}

export interface ExaminationOptions {
  readonly lacunaVersion: string;
  /** Undefined when the ONNX runtime is not installed. */
  readonly runtimeVersion: string | undefined;
  readonly modelFolder: string;
  readonly grammarFolder: string;
  /** Does some work with the model, loaded if it is not yet; rejects with one sentence when it cannot be loaded. */
  readonly withModel: <T>(work: (model: LanguageModel) => Promise<T>) => Promise<T>;
}

const OLDEST_NODE = [20, 19] as const;
/** Bytes that the model, its caches and the syntax trees take at most. */
const NEEDED_MEMORY = 1.2e9;
/** Slower than this, a line of ten tokens takes longer than people wait. */
const SLOWEST_MS_PER_TOKEN = 80;
const SPEED_TEST_MS = 1000;

export async function examine(options: ExaminationOptions, signal: AbortSignal): Promise<Examination> {
  return {
    lines: [
      { name: 'lacuna', value: options.lacunaVersion, ok: true },
      examineNode(),
      examineRuntime(options.runtimeVersion),
      examineProcessor(),
      examineMemory(),
      examineGrammars(options.grammarFolder),
      ...(await examineFiles(options.modelFolder)),
      ...(await examineSpeed(options.withModel, signal)),
    ],
  };
}

function examineNode(): ExaminationLine {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  const name = 'node';
  const value = `${process.versions.node}, ${process.platform} ${process.arch}`;
  return ok ? { name, value, ok } : { name, value, ok, advice: `Install Node.js ${OLDEST_NODE.join('.')} or newer.` };
}

function examineRuntime(version: string | undefined): ExaminationLine {
  const name = 'onnxruntime';
  if (version !== undefined) return { name, value: version, ok: true };
  return { name, value: 'not installed', ok: false, advice: 'Run npm install where Lacuna lies.' };
}

function examineProcessor(): ExaminationLine {
  const cores = availableParallelism();
  const name = 'processor';
  const value = `${cores} ${cores === 1 ? 'core' : 'cores'}, ${cpus()[0]?.model.trim() || 'model unknown'}`;
  if (cores > 1) return { name, value, ok: true };
  return {
    name,
    value,
    ok: false,
    advice: 'Give the machine a second core: the editor and the model share the only one.',
  };
}

function examineMemory(): ExaminationLine {
  const name = 'memory';
  const value = `${gigabytes(process.availableMemory())} of ${gigabytes(totalmem())} free`;
  if (process.availableMemory() >= NEEDED_MEMORY) return { name, value, ok: true };
  return { name, value, ok: false, advice: `Close other programs until ${gigabytes(NEEDED_MEMORY)} are free.` };
}

function examineGrammars(folder: string): ExaminationLine {
  const name = 'grammars';
  if (existsSync(join(folder, 'web-tree-sitter.wasm'))) return { name, value: 'installed', ok: true };
  return { name, value: 'missing', ok: false, advice: 'Run npm run build, or install the package again.' };
}

async function examineFiles(folder: string): Promise<ExaminationLine[]> {
  const advice = 'Install the package again, or name another folder with --model.';
  const found = await checkModelFiles(folder);
  if (found.kind === 'unreadable') return [{ name: 'model', value: found.problem, ok: false, advice }];
  const { name, version, files, bytes, problems } = found;
  const ok = problems.length === 0;
  const whole = `${files} files of ${Math.round(bytes / 1e6)} MB are as they were made`;
  return [
    { name: 'model', value: `${name} ${version}`, ok: true },
    { name: 'checksums', value: ok ? whole : problems.join('; '), ok, ...(ok ? {} : { advice }) },
  ];
}

async function examineSpeed(
  withModel: ExaminationOptions['withModel'],
  signal: AbortSignal,
): Promise<ExaminationLine[]> {
  try {
    return await withModel(async (model) => {
      const { state } = model;
      const loaded = state.kind === 'ready' ? `${state.name} in ${Math.round(state.loadMs)} ms` : state.kind;
      return [{ name: 'loading', value: loaded, ok: true }, await measureSpeed(model, signal)];
    });
  } catch (error) {
    signal.throwIfAborted();
    const value = messageOf(error);
    return [{ name: 'loading', value, ok: false, advice: 'Mend what is wrong above, and try again.' }];
  }
}

/** Reads and writes for about a second. */
async function measureSpeed(model: LanguageModel, signal: AbortSignal): Promise<ExaminationLine> {
  const prefix = 'function add(a: number, b: number): number {\n  return a + b;\n}\n\n'.repeat(4);
  const request = { alternatives: 1, maximumLines: 100, maximumTokens: 16, maximumMs: SPEED_TEST_MS };
  // The first pass after loading also fetches the weights from the disk.
  await model.generate(
    { ...request, maximumTokens: 1, prompt: { key: 'doctor', path: '', prefix, suffix: '' } },
    signal,
  );
  const began = performance.now();
  const sums = { promptTokens: 0, promptMs: 0, steps: 0, decodeMs: 0 };
  for (let round = 0; round === 0 || performance.now() - began < SPEED_TEST_MS; round++) {
    // Another path each time, so that nothing of the prompt is known from the round before.
    const prompt = { key: 'doctor', path: `${round}.ts`, prefix, suffix: '' };
    const { timing } = await model.generate({ ...request, prompt }, signal);
    sums.promptTokens += timing.promptTokens - timing.cachedTokens;
    sums.promptMs += timing.promptMs;
    sums.steps += Math.max(0, timing.tokens - 1);
    sums.decodeMs += timing.decodeMs;
  }
  const msPerToken = sums.decodeMs / Math.max(1, sums.steps);
  const name = 'speed';
  const value = `${Math.round((sums.promptTokens / sums.promptMs) * 1000)} prompt tokens/s, ${msPerToken.toFixed(1)} ms a token`;
  if (msPerToken <= SLOWEST_MS_PER_TOKEN) return { name, value, ok: true };
  const advice = 'Close programs that keep the processor busy, or let the model have more threads.';
  return { name, value, ok: false, advice };
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
