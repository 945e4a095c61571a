// `record-signals`: what the controller would see at every exit of recorded tokens, for its training. The signals come
// from the product's own code, so that training and use cannot differ.

import { Command } from 'commander';
import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openSignalWriter, type ReplayedToken } from '../../model/index.js';
import { readItems } from '../../measure/data.js';
import { promptsWith, readContextFiles } from '../../measure/contextFiles.js';
import { editItem } from '../../measure/editItem.js';
import { measuringSyntax } from '../../setup/measuringSyntax.js';
import { folderOfModel } from '../../setup/models/modelsFolder.js';
import {
  type ContextOption,
  type ModelCommandOptions,
  withContextOption,
  withModelOptions,
} from '../terminal/options.js';
import { startProgress } from '../terminal/progress.js';

type Options = ModelCommandOptions & ContextOption & { readonly records: string };

interface RecordedLine {
  readonly id: string;
  readonly cut: number;
  readonly row: number;
  readonly tokens: readonly ReplayedToken[];
}

export function recordSignalsCommand(): Command {
  const command = new Command('record-signals')
    .description('Write the signals of recorded lines: signals.f32 and choices.i32 beside lines.jsonl.')
    .argument('<data...>', 'the data files that were recorded')
    .requiredOption('--records <folder>', 'folder that the command record wrote')
    .action((files: string[], options: Options) => run(files, options));
  return withModelOptions(withContextOption(command));
}

async function run(files: readonly string[], options: Options): Promise<void> {
  const items = new Map((await readItems(files, editItem)).map((item) => [item.id, item]));
  const text = await readFile(join(options.records, 'lines.jsonl'), 'utf8');
  const lines = text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as RecordedLine);
  const others = await readContextFiles(options.context);
  const syntax = measuringSyntax();
  const promptOf = promptsWith(others, syntax);
  const writer = await openSignalWriter(folderOfModel(options.model));
  const states = await open(join(options.records, 'states.f16'), 'r');
  const progress = startProgress(lines.length);
  const [signals, choices]: [Float32Array[], Int32Array[]] = [[], []];
  try {
    for (const line of lines) {
      const item = items.get(line.id);
      if (item === undefined) throw new Error(`The data files lack the item ${line.id}.`);
      const rowBytes = 2 * writer.rowLength;
      const bytes = Buffer.alloc(line.tokens.length * rowBytes);
      await states.read(bytes, 0, bytes.length, line.row * rowBytes);
      const { prompt } = await promptOf(item, line.cut);
      const written = await writer.signalsOf(prompt, line.tokens, bytes);
      signals.push(written.signals);
      choices.push(written.choices);
      progress.advance();
    }
  } finally {
    progress.end();
    await states.close();
    await writer.release();
    syntax.dispose();
  }
  await writeFile(join(options.records, 'signals.f32'), bytesOf(signals));
  await writeFile(join(options.records, 'choices.i32'), bytesOf(choices));
}

function bytesOf(parts: readonly (Float32Array | Int32Array)[]): Buffer {
  return Buffer.concat(parts.map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength)));
}
