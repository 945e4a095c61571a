// GGUF files that lie where other programs keep theirs: Ollama, LM Studio, llama.cpp, Hugging Face. Folders are listed, and
// the headers of files are read; nothing else of them is.

import { readdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { wordsOf } from '../../common/saidError.js';
import type { Words } from '../../common/words.js';
import { inspectFile } from '../../convert/index.js';
import { nameFor } from './addModel.js';

export interface FoundModel {
  /** As the program that keeps it calls it. */
  readonly name: string;
  readonly program: 'Ollama' | 'LM Studio' | 'llama.cpp' | 'Hugging Face';
  readonly file: string;
  readonly bytes: number;
  /** Bytes of weights that a token needs, once the model is made; undefined where it cannot be. */
  readonly weights: number | undefined;
  /** Why it cannot be used. */
  readonly problem: Words | undefined;
  /** What it would be called here. */
  readonly nameHere: string;
}

/** More files than this nobody chooses from. */
const MOST = 200;
/** Folders of models are not deeper. */
const DEPTH = 6;

/** The smallest first, those that can be used before the others. */
export async function foundModels(): Promise<readonly FoundModel[]> {
  const files = [
    ...(await ollamaFiles()),
    ...(await ggufFilesIn(lmStudioFolders(), 'LM Studio')),
    ...(await ggufFilesIn(llamaFolders(), 'llama.cpp')),
    ...(await ggufFilesIn(huggingFaceFolders(), 'Hugging Face')),
  ];
  const seen = new Map(files.map((found) => [found.file, found]));
  const found = await Promise.all([...seen.values()].slice(0, MOST).map(describe));
  const order = ({ problem, bytes }: FoundModel): number => (problem === undefined ? 0 : 1e15) + bytes;
  return found.filter((model) => model !== undefined).sort((a, b) => order(a) - order(b));
}

interface FoundFile {
  readonly name: string;
  readonly program: FoundModel['program'];
  readonly file: string;
}

async function describe({ name, program, file }: FoundFile): Promise<FoundModel | undefined> {
  const size = (await stat(file).catch(() => undefined))?.size;
  if (size === undefined) return undefined;
  const base = { name, program, file, bytes: size, nameHere: nameFor(name) };
  try {
    return { ...base, weights: await inspectFile(file, name), problem: undefined };
  } catch (error) {
    return { ...base, weights: undefined, problem: wordsOf(error) };
  }
}

/** Ollama keeps a manifest for each name, which says which of its blobs holds the weights. */
async function ollamaFiles(): Promise<FoundFile[]> {
  const folder = process.env['OLLAMA_MODELS'] || join(homedir(), '.ollama', 'models');
  const manifests = await filesBelow(join(folder, 'manifests'), DEPTH);
  const found: FoundFile[] = [];
  for (const { path, parts } of manifests) {
    const text = await readFile(path, 'utf8').catch(() => '');
    const digest = /"mediaType":\s*"application\/vnd\.ollama\.image\.model"[^}]*?"digest":\s*"sha256:([0-9a-f]{64})"/.exec(
      text,
    )?.[1];
    if (digest === undefined) continue;
    const [model = '', tag = ''] = parts.slice(-2);
    found.push({ name: `${model}:${tag}`, program: 'Ollama', file: join(folder, 'blobs', `sha256-${digest}`) });
  }
  return found;
}

function lmStudioFolders(): string[] {
  return [join(homedir(), '.lmstudio', 'models'), join(homedir(), '.cache', 'lm-studio', 'models')];
}

function llamaFolders(): string[] {
  const { env, platform } = process;
  const local = env['LOCALAPPDATA'] ?? '';
  const own = env['LLAMA_CACHE'] ?? '';
  const cache = platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return [...(own === '' ? [] : [own]), join(platform === 'win32' && local !== '' ? local : cache, 'llama.cpp')];
}

function huggingFaceFolders(): string[] {
  const { env } = process;
  const home = env['HF_HOME'] || join(homedir(), '.cache', 'huggingface');
  return [env['HF_HUB_CACHE'] || join(home, 'hub')];
}

async function ggufFilesIn(folders: readonly string[], program: FoundModel['program']): Promise<FoundFile[]> {
  const files = (await Promise.all(folders.map((folder) => filesBelow(folder, DEPTH)))).flat();
  return files
    .filter(({ path }) => /\.gguf$/i.test(path) && !/(^|[\\/])mmproj[^\\/]*$/i.test(path))
    .map(({ path }) => ({ name: basename(path), program, file: path }));
}

/** Files and links to files; a folder that cannot be listed has none. */
async function filesBelow(folder: string, depth: number, parts: readonly string[] = []): Promise<{ path: string; parts: string[] }[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found: { path: string; parts: string[] }[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (depth > 1) found.push(...(await filesBelow(path, depth - 1, [...parts, entry.name])));
    } else {
      found.push({ path, parts: [...parts, entry.name] });
    }
  }
  return found;
}
