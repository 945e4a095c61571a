// A GGUF file to a model folder. The folder is made beside its place and moved there when it is whole, so that nobody ever
// loads half a model; a run that was stopped goes on, and one that failed leaves nothing behind.

import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { words } from '../../common/words.js';
import { ConversionError } from '../conversionError.js';
import { readPromptFormat, type PromptFormat } from '../family/fillInTheMiddle.js';
import type { Recipe } from '../family/recipe.js';
import { readShape } from '../family/shape.js';
import { openSource } from '../family/source.js';
import { readVocabulary, type Vocabulary } from '../family/vocabulary.js';
import { readHeader, type GgufHeader } from '../gguf/header.js';
import { planModel, type ModelPlan } from '../graphs/plan.js';
import { sha256Of } from './checksum.js';
import { finishedNotes, readFinished } from './finished.js';
import { manifestOf } from './manifest.js';
import { checkSpace } from './space.js';
import { inUnfinishedFolder } from './unfinished.js';
import { writeWeights, type Rounder } from './writeWeights.js';

export interface Conversion {
  /** The GGUF file. */
  readonly file: string;
  /** What the file is called in model.json and in sentences; its own name where nothing is said. */
  readonly fileName?: string;
  /** The folder of models, and the new one's name in it. */
  readonly folder: string;
  readonly name: string;
  readonly recipe: Recipe;
}

export interface Converted {
  readonly folder: string;
  readonly bytes: number;
}

/** A change of it makes what an earlier version left unfinished of no use. */
const VERSION = 1;

/**
 * @param tell told how much is done, of how much
 * @throws ConversionError with one sentence; AbortError, and what is finished stays for the next run
 */
export async function convert(
  conversion: Conversion,
  rounder: Rounder,
  tell: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Converted> {
  const { file, folder, name } = conversion;
  const fileName = conversion.fileName ?? basename(file);
  const header = await readHeader(file, { arrays: true });
  const shape = await shapeOf(header, file, fileName);
  const vocabulary = readVocabulary(header, fileName);
  const prompt = readPromptFormat(header, vocabulary, fileName);
  const target = join(folder, name);
  if ((await stat(target).catch(() => undefined)) !== undefined)
    throw new ConversionError(
      words('There is a model named {0} already; choose another name, or remove it first.', name),
    );
  const handle = await open(file);
  try {
    const source = openSource(header, shape, handle, fileName);
    const plan = await planModel(source, conversion.recipe, vocabulary);
    return await inUnfinishedFolder(folder, name, (partial) =>
      make(
        { ...conversion, fileName },
        { header, handle, plan, vocabulary, prompt, shape, partial, target },
        rounder,
        tell,
        signal,
      ),
    );
  } finally {
    await handle.close();
  }
}

interface Parts {
  readonly header: GgufHeader;
  readonly handle: FileHandle;
  readonly plan: ModelPlan;
  readonly vocabulary: Vocabulary;
  readonly prompt: PromptFormat;
  readonly shape: Awaited<ReturnType<typeof shapeOf>>;
  readonly partial: string;
  readonly target: string;
}

async function make(
  { file, fileName, folder, name, recipe }: Conversion & { readonly fileName: string },
  { header, handle, plan, vocabulary, prompt, shape, partial, target }: Parts,
  rounder: Rounder,
  tell: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Converted> {
  await mkdir(partial, { recursive: true });
  const { mtimeMs } = await handle.stat();
  const identity = createHash('sha256')
    .update(JSON.stringify([VERSION, file, header.size, mtimeMs, recipe, [...plan.data]]))
    .digest('hex');
  const finished = await readFinished(partial, identity, plan.data);
  const bytes = sum(plan.data.values());
  const written = sum([...finished.checksums.keys()].map((done) => plan.data.get(done)!));
  await checkSpace(folder, bytes, written, fileName).catch((error: unknown) => {
    if (written === 0 || !(error instanceof ConversionError)) throw error;
    throw new ConversionError(words('{0} What is finished of the model stays for the next run.', error.said), true);
  });

  // The sum of the source is computed beside the rest.
  const sourceSum = sha256Of(file).catch((error: NodeJS.ErrnoException) => {
    throw new ConversionError(words('{0} cannot be read ({1}).', fileName, error.code ?? error.message));
  });
  sourceSum.catch(() => undefined);
  await writeWeights({ plan, source: { handle, name: fileName }, folder: partial, rounder, finished, tell }, signal);
  signal.throwIfAborted();

  const files: Record<string, { bytes: number; sha256: string }> = {};
  for (const [data, size] of plan.data) files[data] = { bytes: size, sha256: finished.checksums.get(data)! };
  const texts = new Map<string, Uint8Array>([
    ...plan.graphs,
    ['tokenizer.json', Buffer.from(JSON.stringify(vocabulary.tokenizer))],
  ]);
  for (const [text, content] of texts) {
    await writeFile(join(partial, text), content);
    files[text] = { bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
  }
  const licence = header.metadata.get('general.license');
  const manifest = manifestOf({
    name,
    source: { file: fileName, sha256: await sourceSum },
    licence: typeof licence === 'string' ? licence : 'unknown',
    shape,
    recipe,
    plan,
    vocabulary: vocabulary.kept.length,
    prompt,
    files: Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))),
  });
  await writeFile(join(partial, 'model.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await removeOthers(partial, new Set([...Object.keys(files), 'model.json']));
  await rename(partial, target);
  return { folder: target, bytes: sum(Object.values(files).map((one) => one.bytes)) };
}

/** What an earlier run, or the notes of this one, left in the folder. */
async function removeOthers(folder: string, wanted: ReadonlySet<string>): Promise<void> {
  for (const file of [finishedNotes, ...(await readdir(folder))])
    if (!wanted.has(file)) await rm(join(folder, file), { recursive: true, force: true });
}

/** The shape, with the divisors of positions that some files hold as a tensor. */
async function shapeOf(header: GgufHeader, file: string, fileName: string) {
  const shape = readShape(header, fileName);
  if (!header.tensors.has('rope_freqs.weight')) return shape;
  const handle = await open(file);
  try {
    const divisors = await openSource(header, shape, handle, fileName).vector('rope_freqs.weight', shape.headDim / 2);
    if (!divisors.every((divisor) => divisor > 0))
      throw new ConversionError(words('{0} cannot be used: {1}.', fileName, words('its positions make no sense')));
    return { ...shape, ropeDivisors: [...divisors] };
  } finally {
    await handle.close();
  }
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
