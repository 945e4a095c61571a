// node-llama-cpp, which only `bench --against` uses. It is no dependency of ours (its installation is large, and nobody
// needs it to complete code), so it is looked for when it is asked for, and the little we use of it is written down here.

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { messageOf } from '../../common/messageOf.js';
import { InputError } from '../../common/inputError.js';

const PACKAGE = 'node-llama-cpp';
const VERSION = '3.22.1';

/** A token of llama.cpp; a number in its types too. */
export type LlamaToken = number;

export interface LlamaSequence {
  readonly nextTokenIndex: number;
  compareContextTokens(tokens: LlamaToken[]): { firstDifferentIndex: number };
  eraseContextTokenRanges(ranges: { start: number; end: number }[]): Promise<void>;
  /** Generates for as long as it is iterated; ends by itself at the end of the text. */
  evaluate(tokens: LlamaToken[], options: { temperature: number }): AsyncGenerator<LlamaToken, void, void>;
  evaluateWithoutGeneratingNewTokens(tokens: LlamaToken[]): Promise<void>;
}

export interface LlamaWeights {
  tokenize(text: string, specialTokens: boolean): LlamaToken[];
  detokenize(tokens: LlamaToken[]): string;
  createContext(options: {
    contextSize: number;
    batchSize: number;
    threads: { min: number; ideal: number };
  }): Promise<{ getSequence(): LlamaSequence }>;
}

interface Llama {
  loadModel(options: { modelPath: string }): Promise<LlamaWeights>;
  dispose(): Promise<void>;
}

interface LlamaModule {
  /** Never builds or downloads: it would take minutes, and what is measured should be what was installed. */
  readonly getLlama: (options: {
    build: 'never';
    skipDownload: true;
    gpu: false;
    maxThreads: number;
    logLevel: 'error';
  }) => Promise<Llama>;
}

/**
 * Starts llama.cpp on the processor.
 * @throws InputError when node-llama-cpp is not installed or has no binary for this machine
 */
export async function startLlama(threads: number): Promise<Llama> {
  const { getLlama } = await importModule();
  try {
    return await getLlama({ build: 'never', skipDownload: true, gpu: false, maxThreads: threads, logLevel: 'error' });
  } catch (error) {
    throw new InputError(`llama.cpp does not start: ${messageOf(error)}.`);
  }
}

/** Looks beside this file first, then in the working directory's node_modules, where --no-save may have put it. */
async function importModule(): Promise<LlamaModule> {
  const beside: string = PACKAGE;
  const inWorkingDirectory = join(resolve('node_modules'), PACKAGE, 'dist', 'index.js');
  try {
    return (await import(
      existsSync(inWorkingDirectory) ? pathToFileURL(inWorkingDirectory).href : beside
    )) as LlamaModule;
  } catch {
    throw new InputError(
      `--against needs ${PACKAGE}, which is not installed: npm install --no-save --ignore-scripts ${PACKAGE}@${VERSION}.`,
    );
  }
}
