// `bench-index`: what the index of a workspace costs. A workspace is made for it, so that the figures can be had anywhere.

import { Command } from 'commander';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type ContextQuestion, startWorkspace, type Workspace, type WorkspaceState } from '../../workspace/index.js';
import { findInstallation } from '../../setup/installation.js';
import { interruptible } from '../terminal/interrupt.js';
import { errorStreamLogger } from '../terminal/openModel.js';
import { wholeNumber } from '../terminal/options.js';
import { printResult } from '../terminal/output.js';
import { percentiles } from '../../measure/statistics.js';

const FILES_IN_A_FOLDER = 50;
const LINES_OF_A_FILE = 150;
const UPDATES = 20;
const QUESTIONS = 20;
const POLL_MS = 20;
/** Whatever the machine does, the command ends. */
const LONGEST_MS = 300_000;

interface Options {
  readonly files: number;
  readonly folder?: string;
  readonly json?: true;
}

export function benchIndexCommand(): Command {
  return new Command('bench-index')
    .description('What reading a workspace costs: time, memory, and taking up a saved file.')
    .option('--files <number>', 'files of the workspace that is made for it', wholeNumber(1, 20_000), 5_000)
    .option('--folder <folder>', 'read this folder instead; nothing in it is changed')
    .option('--json', 'print one JSON object on standard output')
    .action((options: Options) => run(options));
}

async function run(options: Options): Promise<void> {
  const made = options.folder === undefined ? await mkdtemp(join(tmpdir(), 'lacuna-index-')) : undefined;
  const { workspaceWorkerFile, grammarFolder } = findInstallation();
  const workspace = startWorkspace({ workerFile: workspaceWorkerFile, grammarFolder, logger: errorStreamLogger });
  try {
    const report = await interruptible(async (signal) => {
      const files = made === undefined ? [] : await makeFiles(made, options.files);
      return measure(workspace, made ?? options.folder!, files, signal);
    });
    printResult(options.json === true, report, () => describe(report));
  } finally {
    await workspace.dispose();
    if (made !== undefined) await rm(made, { recursive: true });
  }
}

type IndexReport = Awaited<ReturnType<typeof measure>>;

async function measure(workspace: Workspace, folder: string, files: readonly string[], signal: AbortSignal) {
  const before = process.memoryUsage().rss;
  const began = performance.now();
  workspace.setFolders([folder]);
  let most = before;
  const settled = await until(
    workspace,
    (state) => {
      most = Math.max(most, process.memoryUsage().rss);
      return state.isComplete && state.files > 0;
    },
    signal,
  );
  const wallMs = performance.now() - began;
  const updateMs: number[] = [];
  for (const file of files.slice(0, UPDATES)) {
    await writeFile(file, `${programOf(updateMs.length)}export const saved${updateMs.length} = 1;\n`);
    const { updates } = await workspace.state();
    workspace.fileChanged(file);
    updateMs.push((await until(workspace, (state) => state.updates > updates, signal)).lastUpdateMs);
  }
  const chooseMs: number[] = [];
  for (let i = 0; i < QUESTIONS; i++) {
    const asked = performance.now();
    await workspace.choose(questionOf(folder, i), signal);
    chooseMs.push(performance.now() - asked);
    most = Math.max(most, process.memoryUsage().rss);
  }
  return {
    files: settled.files,
    leftOut: settled.leftOut,
    workMs: settled.workMs,
    wallMs,
    memoryMB: (most - before) / 2 ** 20,
    updateMs: { n: updateMs.length, ...percentiles(updateMs) },
    chooseMs: { n: chooseMs.length, ...percentiles(chooseMs) },
  };
}

async function until(
  workspace: Workspace,
  holds: (state: WorkspaceState) => boolean,
  signal: AbortSignal,
): Promise<WorkspaceState> {
  const deadline = performance.now() + LONGEST_MS;
  for (;;) {
    const state = await workspace.state();
    if (holds(state)) return state;
    if (performance.now() > deadline) throw new Error('The workspace was not read within five minutes.');
    await delay(POLL_MS, undefined, { signal });
  }
}

async function makeFiles(folder: string, count: number): Promise<readonly string[]> {
  const files: string[] = [];
  for (let i = 0; i < count; i++) {
    const own = join(folder, `part${Math.floor(i / FILES_IN_A_FOLDER)}`);
    if (i % FILES_IN_A_FOLDER === 0) await mkdir(own, { recursive: true });
    const file = join(own, `module${i}.ts`);
    await writeFile(file, programOf(i));
    files.push(file);
  }
  return files;
}

/** A program of about 6 kB, most of whose names are its own. */
function programOf(number: number): string {
  const lines = [`import { helper${number % 97} } from './module${number + 1}';`, ''];
  for (let i = 0; lines.length < LINES_OF_A_FILE; i++) {
    const name = `order${(number * 31 + i * 7) % 5000}Total${i % 13}`;
    lines.push(
      `/** Adds what customer ${i} of shop ${number} has ordered. */`,
      `export function ${name}(basket${i}: Basket, rate${number % 50}: number): number {`,
      `  const amount${i} = basket${i}.lines.reduce((sum, line) => sum + line.cents, 0);`,
      `  return helper${number % 97}(amount${i} * rate${number % 50});`,
      '}',
      '',
    );
  }
  return lines.join('\n');
}

function questionOf(folder: string, number: number): ContextQuestion {
  const prefix = `${programOf(number * 11).slice(0, 1_600)}\n  const total = order${number}Total1(basket`;
  const place = { path: 'asked.ts', languageId: 'typescript', prefix, suffix: '}\n', before: '', after: '' };
  return { place, file: join(folder, 'asked.ts'), open: [], edits: [], definitions: [], previous: [], budget: 1200 };
}

function describe({ files, workMs, wallMs, memoryMB, updateMs, chooseMs }: IndexReport): string {
  const ms = (value: number | undefined): string => (value === undefined ? '-' : value.toFixed(1));
  return [
    `${files} files read in ${(workMs / 1000).toFixed(1)} s of work, ${(wallMs / 1000).toFixed(1)} s with the pauses.`,
    `${memoryMB.toFixed(0)} MB of memory at most.`,
    `A saved file is taken up in ${ms(updateMs.p50)} ms (half of them) to ${ms(updateMs.p90)} ms (nine in ten).`,
    `Choosing for a place takes ${ms(chooseMs.p50)} to ${ms(chooseMs.p90)} ms.`,
  ].join('\n');
}
