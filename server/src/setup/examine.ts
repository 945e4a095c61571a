// The examination behind `doctor`: what is installed, whether it is whole, how fast it is, and what to do about the rest.
// It asks the machine and the model; who shows the answer, and where, is left to others.

import { availableParallelism, cpus, totalmem } from 'node:os';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { wordsOf } from '../common/saidError.js';
import { asIs, decimal, joined, words, type Words } from '../common/words.js';
import { calibrationWords, type GenerationTiming, type LanguageModel, type RuntimeProblem } from '../model/index.js';
import { checkModelFiles } from './modelFiles.js';

export interface ExaminationLine {
  readonly name: Words;
  readonly value: Words;
  readonly ok: boolean;
  /** What to do, where something is wrong. */
  readonly advice?: Words;
}

export interface Examination {
  readonly lines: readonly ExaminationLine[];
}

export interface ExaminationOptions {
  readonly lacunaVersion: string;
  /** Undefined when the ONNX runtime is not installed. */
  readonly runtimeVersion: string | undefined;
  /** Why the ONNX runtime cannot be loaded here; undefined where it can. */
  readonly runtimeProblem: RuntimeProblem | undefined;
  readonly modelFolder: string;
  /** That it takes the place of another, which was chosen and is gone. */
  readonly goneChoice?: Words | undefined;
  readonly grammarFolder: string;
  /** Does some work with the model, loaded if it is not yet; rejects with one sentence when it cannot be loaded. */
  readonly withModel: <T>(work: (model: LanguageModel) => Promise<T>) => Promise<T>;
  /** How prompts are read. */
  readonly prompts?: () => Promise<ExaminationLine>;
  /** What the measured speed says of the models of this machine. */
  readonly compare?: (speed: Speed) => Promise<readonly ExaminationLine[]>;
}

interface Speed {
  readonly msPerToken: number;
  readonly promptTokensPerSecond: number;
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
      { name: asIs('lacuna'), value: asIs(options.lacunaVersion), ok: true },
      examineNode(),
      examineRuntime(options),
      examineProcessor(),
      examineMemory(),
      examineGrammars(options.grammarFolder),
      ...(options.goneChoice === undefined ? [] : [{ name: words('choice'), value: options.goneChoice, ok: true }]),
      ...(await examineFiles(options)),
      ...(await examineSpeed(options, signal)),
    ],
  };
}

function examineNode(): ExaminationLine {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  const name = asIs('node');
  const value = asIs(`${process.versions.node}, ${process.platform} ${process.arch}`);
  return ok
    ? { name, value, ok }
    : { name, value, ok, advice: words('Install Node.js {0} or newer.', OLDEST_NODE.join('.')) };
}

function examineRuntime({
  runtimeVersion,
  runtimeProblem,
}: Pick<ExaminationOptions, 'runtimeVersion' | 'runtimeProblem'>): ExaminationLine {
  const name = asIs('onnxruntime');
  if (runtimeVersion === undefined) {
    return { name, value: words('not installed'), ok: false, advice: words('Run npm install where Lacuna lies.') };
  }
  if (runtimeProblem === undefined) return { name, value: asIs(runtimeVersion), ok: true };
  const { sentence, advice } = runtimeProblem;
  return { name, value: words('{0}, but not on this machine: {1}', runtimeVersion, sentence), ok: false, advice };
}

function examineProcessor(): ExaminationLine {
  const cores = availableParallelism();
  const name = words('processor');
  const named = cpus()[0]?.model.trim() ?? '';
  const model = named === '' ? words('model unknown') : named;
  const value = cores === 1 ? words('1 core, {0}', model) : words('{0} cores, {1}', cores, model);
  if (cores > 1) return { name, value, ok: true };
  return {
    name,
    value,
    ok: false,
    advice: words('Give the machine a second core: the editor and the model share the only one.'),
  };
}

function examineMemory(): ExaminationLine {
  const name = words('memory');
  const value = words('{0} of {1} free', gigabytes(process.availableMemory()), gigabytes(totalmem()));
  if (process.availableMemory() >= NEEDED_MEMORY) return { name, value, ok: true };
  return {
    name,
    value,
    ok: false,
    advice: words('Close other programs until {0} are free.', gigabytes(NEEDED_MEMORY)),
  };
}

function examineGrammars(folder: string): ExaminationLine {
  const name = words('grammars');
  if (existsSync(join(folder, 'web-tree-sitter.wasm'))) return { name, value: words('installed'), ok: true };
  return {
    name,
    value: words('missing'),
    ok: false,
    advice: words('Run npm run build, or install the package again.'),
  };
}

async function examineFiles({
  modelFolder,
  prompts,
}: Pick<ExaminationOptions, 'modelFolder' | 'prompts'>): Promise<ExaminationLine[]> {
  const advice = words('Install the package again, or name another folder with --model.');
  const found = await checkModelFiles(modelFolder);
  if (found.kind === 'unreadable') return [{ name: words('model'), value: found.problem, ok: false, advice }];
  const { name, version, files, bytes, problems } = found;
  const ok = problems.length === 0;
  const whole = words('{0} files of {1} MB are as they were made', files, Math.round(bytes / 1e6));
  return [
    { name: words('model'), value: asIs(`${name} ${version}`), ok: true },
    { name: words('checksums'), value: ok ? whole : joined(problems, '; '), ok, ...(ok ? {} : { advice }) },
    ...(prompts === undefined ? [] : [await prompts()]),
  ];
}

async function examineSpeed(
  { withModel, compare }: Pick<ExaminationOptions, 'withModel' | 'compare'>,
  signal: AbortSignal,
): Promise<ExaminationLine[]> {
  try {
    return await withModel(async (model) => {
      const { state } = model;
      const loaded =
        state.kind === 'ready'
          ? words('{0} in {1} ms', state.name, Math.round(state.loadMs))
          : words('The model cannot answer.');
      const timings = await measureSpeed(model, signal);
      const speed = speedOf(timings);
      const compared = speed === undefined || compare === undefined ? [] : await compare(speed);
      return [
        { name: words('loading'), value: loaded, ok: true },
        calibrationLine(model),
        speedLine(timings),
        ...compared,
      ];
    });
  } catch (error) {
    signal.throwIfAborted();
    const value = wordsOf(error);
    return [{ name: words('loading'), value, ok: false, advice: words('Mend what is wrong above, and try again.') }];
  }
}

/** A model works without, so that nothing is wrong; only what it says of itself is a guess. */
function calibrationLine(model: LanguageModel): ExaminationLine {
  const { state } = model;
  // That of a server cannot be.
  const mayBe = 'recalibrate' in model;
  const isReady = state.kind === 'ready';
  const calibration = isReady ? state.calibration : undefined;
  const value = calibrationWords(calibration);
  return {
    name: words('probability'),
    value:
      calibration === undefined && mayBe && isReady
        ? words('{0}; lacuna calibrate --model {1} does it', value, state.name)
        : value,
    ok: true,
  };
}

/** Reads and writes for about a second. */
async function measureSpeed(model: LanguageModel, signal: AbortSignal): Promise<readonly GenerationTiming[]> {
  const prefix = 'function add(a: number, b: number): number {\n  return a + b;\n}\n\n'.repeat(4);
  const request = { alternatives: 1, maximumLines: 100, maximumTokens: 16, maximumMs: SPEED_TEST_MS };
  // The first pass after loading also fetches the weights from the disk.
  await model.generate(
    { ...request, maximumTokens: 1, prompt: { key: 'doctor', path: '', prefix, suffix: '' } },
    signal,
  );
  const began = performance.now();
  const timings: GenerationTiming[] = [];
  for (let round = 0; round === 0 || performance.now() - began < SPEED_TEST_MS; round++) {
    // Another path each time, so that nothing of the prompt is known from the round before.
    const prompt = { key: 'doctor', path: `${round}.ts`, prefix, suffix: '' };
    timings.push((await model.generate({ ...request, prompt }, signal)).timing);
  }
  return timings;
}

/** Undefined where too little was measured. */
function speedOf(timings: readonly GenerationTiming[]): Speed | undefined {
  const { steps, msPerToken, promptTokensPerSecond } = totals(timings);
  return steps > 0 && msPerToken > 0 && promptTokensPerSecond > 0 && Number.isFinite(promptTokensPerSecond)
    ? { msPerToken, promptTokensPerSecond }
    : undefined;
}

/** Means over the rounds that were answered. */
function totals(timings: readonly GenerationTiming[]): Speed & { readonly answered: number; readonly steps: number } {
  const answered = timings.filter(({ tokens }) => tokens > 0);
  const sum = (of: (timing: GenerationTiming) => number): number => answered.reduce((so, timing) => so + of(timing), 0);
  // The first token comes out of the prompt's pass.
  const steps = sum(({ tokens }) => tokens - 1);
  const promptTokens = sum((timing) => timing.promptTokens - timing.cachedTokens);
  return {
    answered: answered.length,
    steps,
    msPerToken: sum(({ decodeMs }) => decodeMs) / steps,
    promptTokensPerSecond: (promptTokens / sum(({ promptMs }) => promptMs)) * 1000,
  };
}

/** A round without a token read its prompt in part only: the time was up, and its prompt is not timed. */
function speedLine(timings: readonly GenerationTiming[]): ExaminationLine {
  const { answered, steps, msPerToken, promptTokensPerSecond } = totals(timings);
  const reading = Math.round(promptTokensPerSecond);
  const name = words('speed');
  const advice = words('Close programs that keep the processor busy, or let the model have more threads.');
  const seconds = SPEED_TEST_MS / 1000;
  if (answered === 0) return { name, value: words('no token within {0} s', seconds), ok: false, advice };
  if (steps === 0) {
    const isLate = timings.some(({ promptMs, decodeMs }) => promptMs + decodeMs >= SPEED_TEST_MS);
    if (isLate)
      return {
        name,
        value: words('{0} prompt tokens/s, no second token within {1} s', reading, seconds),
        ok: false,
        advice,
      };
    return {
      name,
      value: words('{0} prompt tokens/s; the model ended its text before tokens could be timed', reading),
      ok: true,
    };
  }
  const value = words('{0} prompt tokens/s, {1} ms a token', reading, decimal(msPerToken, 1));
  return msPerToken <= SLOWEST_MS_PER_TOKEN ? { name, value, ok: true } : { name, value, ok: false, advice };
}

function gigabytes(bytes: number): Words {
  return words('{0} GB', decimal(bytes / 1e9, 1));
}
