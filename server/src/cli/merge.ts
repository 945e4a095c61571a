// `merge`: answers the conflicts of files, or merges three versions of one, and resolves what is certain.

import { readFile } from 'node:fs/promises';
import { resolve as resolvePath } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { mergeFiles, readIndexStages, readMergeBase } from '../git/index.js';
import { CERTAIN, type ConflictDocument, type MergeResolver, unusedMarkerSize } from '../merge/index.js';
import { InputError, NOTHING_FOUND } from './exitStatus.js';
import { interruptible } from './interrupt.js';
import { createElsewhere } from './mergeSiblings.js';
import { mergedFileJson, viewMergedFiles, type MergedFileResult } from './mergeView.js';
import { errorStreamLogger } from './openModel.js';
import { printResult } from './output.js';
import { replaceFile } from './replaceFile.js';
import { resolveText } from './resolveText.js';
import { readSourceFile } from './sourceFile.js';
import { languageIdOf } from '../common/languageIds.js';
import { withResolver } from './withResolver.js';

interface Options {
  readonly write?: true;
  readonly minConfidence: number;
  readonly base?: string;
  readonly ours?: string;
  readonly theirs?: string;
  readonly model?: string;
  readonly json?: true;
}

/** A text with markers, and how its base is found where they do not show it. */
interface MarkedFile extends ConflictDocument {
  readonly name: string;
  /** What the file holds already; undefined where three versions make it. */
  readonly onDisk: string | undefined;
  readonly readBase: (signal: AbortSignal) => Promise<string | undefined>;
}

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

export function mergeCommand(): Command {
  return new Command('merge')
    .description('Resolve the conflicts that git left in files, or merge three versions of a file.')
    .argument('[files...]', 'files with conflict markers; with --base, --ours and --theirs: the file to write')
    .option('--write', 'write the files; without it nothing is changed')
    .option('--min-confidence <share>', 'resolve what is at least so certain', confidence, CERTAIN)
    .option('--base <file>', 'the version from which both sides came')
    .option('--ours <file>', 'our version')
    .option('--theirs <file>', 'their version')
    .option('--model <folder>', 'folder of the ranker (default: the one that ships with Lacuna)')
    .option('--json', 'print one JSON object on standard output')
    .addHelpText('after', '\nLines count from 1. Status 1: conflicts are left.')
    .action((files: string[], options: Options) => run(files, options));
}

/** A share as an option's value. */
export function confidence(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1)) {
    throw new InvalidArgumentError('It is not a number from 0 to 1.');
  }
  return value;
}

async function run(files: readonly string[], options: Options): Promise<void> {
  const results = await interruptible(async (signal) => {
    const marked = await readAll(files, options, signal);
    const readElsewhere = createElsewhere();
    return withResolver(errorStreamLogger, options.model, async (resolver) => {
      const resolved: MergedFileResult[] = [];
      for (const file of marked) {
        const elsewhere = file.onDisk === undefined ? [] : await readElsewhere(resolvePath(file.name), signal);
        resolved.push(await resolve({ ...file, elsewhere }, resolver, options, signal));
      }
      return resolved;
    });
  });
  if (options.write === true) for (const result of results) await write(result);
  const json = results.length === 1 ? mergedFileJson(results[0]!) : { files: results.map(mergedFileJson) };
  printResult(options.json === true, json, () => viewMergedFiles(results, options.write === true));
  if (results.some(({ resolved }) => resolved.left > 0)) process.exitCode = NOTHING_FOUND;
}

async function readAll(files: readonly string[], options: Options, signal: AbortSignal): Promise<MarkedFile[]> {
  const { base, ours, theirs } = options;
  const versions = [base, ours, theirs].filter((file) => file !== undefined).length;
  if (versions === 3) {
    if (files.length > 1) throw new InputError('Three versions make one file; name one at the most.');
    if (options.write === true && files.length === 0)
      throw new InputError('--write needs the file that is to be written.');
    return [await mergeVersions({ base: base!, ours: ours!, theirs: theirs! }, files[0], signal)];
  }
  if (versions > 0) throw new InputError('--base, --ours and --theirs go together.');
  if (files.length === 0) throw new InputError('No file was named.');
  const marked: MarkedFile[] = [];
  for (const file of files) marked.push(await readMarked(file));
  return marked;
}

async function readMarked(name: string): Promise<MarkedFile> {
  const document = await readSourceFile(name);
  const path = fileURLToPath(document.uri);
  const text = await withMark(document.text, path);
  return {
    ...document,
    text,
    name,
    onDisk: text,
    readBase: async (signal) => (await readIndexStages(path, signal))?.base ?? (await readMergeBase(path, signal)),
  };
}

/** Reading takes away the mark of the byte order that some files begin with, and writing must not lose it. */
async function withMark(text: string, file: string): Promise<string> {
  const beginning = (await readFile(file)).subarray(0, BYTE_ORDER_MARK.length);
  return BYTE_ORDER_MARK.equals(beginning) ? `\ufeff${text}` : text;
}

async function mergeVersions(
  versions: { readonly base: string; readonly ours: string; readonly theirs: string },
  file: string | undefined,
  signal: AbortSignal,
): Promise<MarkedFile> {
  const text = async (name: string): Promise<string> => withMark((await readSourceFile(name)).text, name);
  const [base, ours, theirs] = [await text(versions.base), await text(versions.ours), await text(versions.theirs)];
  const merged = await mergeFiles(
    { base, ours, theirs },
    {
      style: 'diff3',
      markerSize: unusedMarkerSize([base, ours, theirs]),
      labels: { base: versions.base, ours: versions.ours, theirs: versions.theirs },
      folder: process.cwd(),
    },
    signal,
  );
  if (merged.kind !== 'merged') {
    throw new InputError(
      merged.kind === 'binary' ? 'The versions are not text.' : `git could not merge the versions: ${merged.message}`,
    );
  }
  const name = file ?? versions.ours;
  return {
    text: merged.content.toString('utf8'),
    languageId: languageIdOf(name),
    path: name,
    name,
    onDisk: undefined,
    readBase: () => Promise.resolve(base),
  };
}

async function resolve(
  file: MarkedFile,
  resolver: MergeResolver,
  { minConfidence }: Options,
  signal: AbortSignal,
): Promise<MergedFileResult> {
  const options = { minimumConfidence: minConfidence, readBase: () => file.readBase(signal) };
  return { name: file.name, onDisk: file.onDisk, resolved: await resolveText(file, resolver, options, signal) };
}

/** Writes what has changed; what somebody else changed meanwhile stays as it is now. */
async function write({ name, onDisk, resolved }: MergedFileResult): Promise<void> {
  if (resolved.text === onDisk) return;
  if (onDisk !== undefined && (await readFile(name, 'utf8').catch(() => undefined)) !== onDisk) {
    throw new InputError(`${name} was changed by somebody else meanwhile, so nothing was written to it.`);
  }
  try {
    await replaceFile(name, resolved.text);
  } catch (error) {
    throw new InputError(`${name} could not be written: ${(error as Error).message}. It is as it was.`);
  }
}
