// `record`: the model's own lines with the hidden states behind them, for training exits, drafts and the stop controller
// (models/build/exits). A run that was stopped goes on where it ended.

import { Command } from 'commander';
import { mkdir, open, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { openRecorder, type Recorder, type Recording } from '../../model/index.js';
import { readItems } from '../../measure/data.js';
import { promptsWith, readContextFiles, type PromptOf } from '../../measure/contextFiles.js';
import { editItem, type EditItem } from '../../measure/editItem.js';
import { measuringSyntax } from '../../setup/measuringSyntax.js';
import { folderOfModel } from '../../setup/models/modelsFolder.js';
import {
  type ContextOption,
  withContextOption,
  type ModelCommandOptions,
  type SampleOptions,
  wholeNumber,
  withModelOptions,
  withSampleOptions,
} from '../terminal/options.js';
import { startProgress } from '../terminal/progress.js';
import { cutsOf } from './cuts.js';
import { openLineFile, type LineFile } from '../../measure/lineFile.js';
import { stratifiedSample } from '../../measure/sample.js';

const MAXIMUM_TOKENS = 200;

type Options = ModelCommandOptions &
  SampleOptions &
  ContextOption & {
    readonly out: string;
    readonly cursors: number;
    readonly prompts: number;
  };

export function recordCommand(): Command {
  const command = new Command('record')
    .description('Record generated lines and their hidden states, for training (items as for eval edits).')
    .argument('<data...>', 'data files: .jsonl, .jsonl.gz or .jsonl.xz')
    .requiredOption('--out <folder>', 'folder for lines.jsonl, states.f16 and prompts.f16')
    .option('--cursors <number>', 'cursors in each item: its own, and others along the line', wholeNumber(1, 8), 1)
    .option('--prompts <number>', 'keep the states of every so-manieth prompt; 0 keeps none', wholeNumber(0), 0)
    .action((files: string[], options: Options) => run(files, options));
  return withModelOptions(withContextOption(withSampleOptions(command)));
}

async function run(files: readonly string[], options: Options): Promise<void> {
  const items = stratifiedSample(await readItems(files, editItem), options.limit, options.seed);
  await mkdir(options.out, { recursive: true });
  const others = await readContextFiles(options.context);
  const syntax = measuringSyntax();
  const recorder = await openRecorder(folderOfModel(options.model), options.threads);
  try {
    await recordAll(items, recorder, promptsWith(others, syntax), options);
  } finally {
    await recorder.release();
    syntax.dispose();
  }
}

async function recordAll(
  items: readonly EditItem[],
  recorder: Recorder,
  promptOf: PromptOf,
  options: Options,
): Promise<void> {
  const files = await openFiles(options.out, 2 * recorder.layers.length * recorder.hidden);
  const progress = startProgress(items.length);
  try {
    for (const [index, item] of items.entries()) {
      if (!files.known.has(item.id)) {
        const keepsPrompt = options.prompts > 0 && index % options.prompts === 0;
        const cuts = cutsOf(item, options.cursors);
        await recordItem(item, recorder, { cuts, promptOf, keepsPrompt }, files);
      }
      progress.advance();
    }
  } finally {
    progress.end();
    await files.close();
  }
}

async function recordItem(
  item: EditItem,
  recorder: Recorder,
  { cuts, promptOf, keepsPrompt }: { cuts: readonly number[]; promptOf: PromptOf; keepsPrompt: boolean },
  files: Files,
): Promise<void> {
  const lines: object[] = [];
  for (const cut of cuts) {
    const { prompt } = await promptOf(item, cut);
    const recording = await recorder.record(prompt, MAXIMUM_TOKENS);
    lines.push({
      id: item.id,
      cut,
      ...describe(item, recording, cut),
      row: await files.states.append(recording.states),
      ...(keepsPrompt && cut === 0
        ? { promptRow: await files.prompts.append(recording.promptStates), promptIds: recording.promptIds }
        : {}),
    });
  }
  await files.lines.append(lines);
}

function describe(item: EditItem, { continuation, tokens }: Recording, cut: number): object {
  const target = item.target_line.slice(cut);
  return {
    repo: item.repo,
    language: item.language,
    path: item.path,
    kind: cut === 0 ? item.kind : 'mid-line',
    text: continuation.text,
    target,
    right: continuation.text.trim() === target.trim(),
    finish: continuation.finish,
    logProbability: continuation.logProbability,
    tokens: tokens.map(({ id, top, forced }, i) => ({
      id,
      forced,
      start: continuation.tokens[i]?.start,
      end: continuation.tokens[i]?.end,
      entropy: top[0]!.entropy,
      top: top.map((choice) => [choice.id, choice.logProbability]),
    })),
  };
}

interface Files {
  readonly known: ReadonlySet<string>;
  readonly lines: LineFile<EarlierLine>;
  readonly states: StateFile;
  readonly prompts: StateFile;
  close(): Promise<void>;
}

/** What is needed of a line that an earlier run wrote. */
interface EarlierLine {
  readonly id: string;
  readonly row: number;
  readonly tokens: readonly unknown[];
  readonly promptRow?: number;
  readonly promptIds?: readonly unknown[];
}

interface StateFile {
  /** Writes rows of states; returns the number of the first. */
  append(states: Float32Array): Promise<number>;
  close(): Promise<void>;
}

/** Opens the folder's files for appending; rows that no complete line speaks of are cut off. */
async function openFiles(folder: string, rowBytes: number): Promise<Files> {
  const lines = await openLineFile(join(folder, 'lines.jsonl'), (line) => line as EarlierLine);
  const known = new Set<string>();
  let [stateRows, promptRows] = [0, 0];
  for (const { id, row, tokens, promptRow, promptIds } of lines.earlier) {
    known.add(id);
    stateRows = row + tokens.length;
    if (promptRow !== undefined && promptIds !== undefined) promptRows = promptRow + promptIds.length;
  }
  const states = await openStateFile(join(folder, 'states.f16'), rowBytes, stateRows);
  const prompts = await openStateFile(join(folder, 'prompts.f16'), rowBytes, promptRows);
  return {
    known,
    lines,
    states,
    prompts,
    close: async () => {
      await Promise.all([lines.close(), states.close(), prompts.close()]);
    },
  };
}

async function openStateFile(path: string, rowBytes: number, rows: number): Promise<StateFile> {
  await truncate(path, rows * rowBytes).catch(() => undefined);
  const file = await open(path, 'a');
  let next = rows;
  return {
    async append(states) {
      const row = next;
      await file.write(float32ToFloat16(states));
      next += (2 * states.length) / rowBytes;
      return row;
    },
    close: () => file.close(),
  };
}

/** Half-precision numbers, little-endian, rounded to nearest; what is too large becomes the largest. */
function float32ToFloat16(values: Float32Array): Uint8Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < bits.length; i++) {
    const value = bits[i]!;
    const sign = (value >>> 16) & 0x8000;
    const exponent = ((value >>> 23) & 0xff) - 112;
    if (exponent >= 31) halves[i] = sign | 0x7bff;
    else if (exponent > 0)
      halves[i] = sign | Math.min(0x7bff, ((exponent << 10) | ((value >>> 13) & 0x3ff)) + ((value >>> 12) & 1));
    else if (exponent >= -10) halves[i] = sign | (((value & 0x7fffff) | 0x800000) >>> (14 - exponent));
    else halves[i] = sign;
  }
  return new Uint8Array(halves.buffer);
}
