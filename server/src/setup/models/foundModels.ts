// GGUF files that lie where other programs keep theirs: Ollama, LM Studio, llama.cpp, Hugging Face. Folders are listed, and
// manifests and the headers of files are read; nothing else of them is. What cannot be used is there with the reason, so that
// nobody looks for it in vain.

import { existsSync } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import * as z from 'zod';
import { InputError } from '../../common/inputError.js';
import { wordsOf } from '../../common/saidError.js';
import { homeFolder } from '../../common/userFolder.js';
import { words, type Words } from '../../common/words.js';
import { inspectFile } from '../../convert/index.js';
import { nameFor } from './addModel.js';
import { filesBelow, type FilesBelow } from './filesBelow.js';
import { modelStores } from './modelStores.js';
import { isGguf, ollamaFiles, unfinishedWords, type KeptFile } from './ollamaStore.js';

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
/** The smallest first, those that can be used before the others. */
export async function foundModels(): Promise<readonly FoundModel[]> {
  const stores = modelStores({ platform: process.platform, env: process.env, home: homeFolder() });
  const lmStudio = (await Promise.all(stores.lmStudio.map(lmStudioModels))).flat();
  const files = [
    ...(await inAll(stores.ollama, 'Ollama', ollamaFiles)),
    ...(await inAll(lmStudio, 'LM Studio', ggufFiles)),
    ...(await inAll(stores.llama, 'llama.cpp', ggufFiles)),
    ...(await inAll(stores.huggingFace, 'Hugging Face', ggufFiles)),
  ];
  // Programs link to each other's files, and names to the same one.
  const distinct = new Map<string, FoundFile>();
  for (const found of files) {
    const real = await realpath(found.file).catch(() => found.file);
    if (!distinct.has(real)) distinct.set(real, found);
  }
  const found = await Promise.all([...distinct.values()].slice(0, MOST).map(describe));
  const order = ({ problem, bytes }: FoundModel): number => (problem === undefined ? 0 : 1e15) + bytes;
  return found.filter((model) => model !== undefined).sort((a, b) => order(a) - order(b));
}

/**
 * The file of a model that is named as in the list, or by its path; a blob of Ollama is called as Ollama calls it.
 * @throws InputError where what is named so cannot be used
 */
export async function fileToAdd(asked: string): Promise<{ readonly file: string; readonly fileName?: string }> {
  if (existsSync(asked) && !/^sha256-[0-9a-f]{64}$/.test(basename(asked))) return { file: asked };
  const path = resolve(asked);
  const named = (await foundModels()).filter(({ name, file }) => name === asked || file === path);
  const [first] = named;
  if (first === undefined) return { file: asked };
  if (first.problem !== undefined) throw new InputError(first.problem);
  return { file: first.file, fileName: first.name };
}

interface FoundFile extends KeptFile {
  readonly program: FoundModel['program'];
}

type Store = (folder: string) => Promise<{ readonly files: readonly KeptFile[]; readonly closed: FilesBelow['closed'] }>;

async function inAll(folders: readonly string[], program: FoundModel['program'], store: Store): Promise<FoundFile[]> {
  const found = await Promise.all(folders.map((folder) => store(folder)));
  return found.flatMap(({ files, closed }) => [
    ...files.map((file) => ({ ...file, program })),
    ...closed.map(({ path, code }) => ({
      ...{ name: path, file: path, program },
      problem: words('{0} cannot be read ({1}).', path, code),
    })),
  ]);
}

async function describe({ name, program, file, problem }: FoundFile): Promise<FoundModel | undefined> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => error);
  const isFile = !(found instanceof Error) && found.isFile();
  const bytes = isFile ? found.size : 0;
  const base = { name, program, file, bytes, weights: undefined, nameHere: nameFor(name) };
  if (problem !== undefined) return { ...base, problem };
  if (found instanceof Error) {
    return {
      ...base,
      problem:
        found.code === 'ENOENT'
          ? words('{0} is a link that leads nowhere.', name)
          : words('{0} cannot be read ({1}).', name, found.code ?? found.message),
    };
  }
  if (!isFile) return undefined;
  try {
    return { ...base, weights: await inspectFile(file, name), problem: undefined };
  } catch (error) {
    return { ...base, problem: wordsOf(error) };
  }
}

const settingsSchema = z.object({ downloadsFolder: z.string().min(1) });

/** Where LM Studio keeps models: in its own folder, which a file names that was moved, and where its settings say. */
async function lmStudioModels(folder: string): Promise<string[]> {
  const pointer = join(homeFolder(), '.lmstudio-home-pointer');
  const moved = (await readFile(pointer, 'utf8').catch(() => '')).trim();
  const found = [folder, ...(moved === '' ? [] : [moved])].map(async (own) => {
    const settings = await readFile(join(own, 'settings.json'), 'utf8').then(
      (text) => settingsSchema.safeParse(parsed(text)).data,
      () => undefined,
    );
    return [join(own, 'models'), ...(settings === undefined ? [] : [settings.downloadsFolder])];
  });
  return [...new Set((await Promise.all(found)).flat())];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const PARTIAL = /\.gguf\.(part|partial|incomplete|download|downloading|downloadinprogress|crdownload|tmp)$/i;

async function ggufFiles(folder: string): ReturnType<Store> {
  const { files, closed } = await filesBelow(folder);
  const found: KeptFile[] = [];
  for (const { path, parts } of files) {
    const name = basename(path);
    if (/\.gguf$/i.test(name)) found.push({ name, file: path });
    else if (PARTIAL.test(name)) found.push({ name, file: path, problem: unfinishedWords(name) });
    else if (name.endsWith('.incomplete') && (await isGguf(path))) {
      // Hugging Face gives a file its name once it is whole; the folder is called models--OWNER--NAME.
      const repository = parts[0]!.replace(/^models--/, '').replaceAll('--', '/');
      found.push({ name: repository, file: path, problem: unfinishedWords(repository) });
    }
  }
  return { files: found, closed };
}
