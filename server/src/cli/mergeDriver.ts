// `merge-driver`: what git runs instead of its own merge of a file. What git merges by itself stays git's; of the conflicts
// that are left, those that are certain are resolved, and the others are marked as git would mark them. Whatever goes wrong
// on our side, the file gets what git's own merge gives.

import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Command } from 'commander';
import { mergeFiles, type MergedFiles, type ThreeVersions } from '../git/index.js';
import { applyResolutions, CERTAIN, type MergeResolver, unusedMarkerSize } from '../merge/index.js';
import { abortError, isAbortError } from '../common/abort.js';
import { InputError, NOTHING_FOUND } from './exitStatus.js';
import { interruptible } from './interrupt.js';
import { confidence } from './merge.js';
import { errorStreamLogger } from './openModel.js';
import { wholeNumber } from './options.js';
import { replaceFile } from './replaceFile.js';
import { resolveText, type ResolvedText } from './resolveText.js';
import { languageIdOf } from '../common/languageIds.js';
import { withResolver } from './withResolver.js';

interface Options {
  readonly minConfidence: number;
  /** Seconds. */
  readonly timeLimit: number;
  readonly model?: string;
}

interface DriverInput extends Options {
  readonly ours: string;
  readonly path: string;
  readonly versions: ThreeVersions & { readonly ours: Buffer; readonly base: Buffer; readonly theirs: Buffer };
  readonly markerSize: number;
  readonly labels: { readonly ours: string; readonly base: string; readonly theirs: string };
}

/** Larger files are data; git alone merges them. */
const LARGEST_BYTES = 5_000_000;

/** Seconds: git must not wait for us for ever. */
const TIME_LIMIT = 120;

/** Git looks for a zero byte in so many bytes to tell a binary file. */
const LOOKED_AT = 8000;

export function mergeDriverCommand(): Command {
  return new Command('merge-driver')
    .description('Merge a file for git; %O %A %B %L %P in the driver’s configuration. Writes OURS.')
    .argument('<base>', 'the version from which both sides came (%O)')
    .argument('<ours>', 'our version, which becomes the result (%A)')
    .argument('<theirs>', 'their version (%B)')
    .argument('<marker-size>', 'how often a marker repeats its sign (%L)', wholeNumber(1, 1000))
    .argument('<path>', 'the path under which the file is merged (%P)')
    .argument('[labels...]', 'names of base, ours and theirs for the markers (%S %X %Y)')
    .option('--min-confidence <share>', 'resolve what is at least so certain', confidence, CERTAIN)
    .option('--time-limit <seconds>', 'after so long, what git merges by itself', wholeNumber(0, 86_400), TIME_LIMIT)
    .option('--model <folder>', 'folder of the ranker (default: the one that ships with Lacuna)')
    .addHelpText('after', '\nStatus 0: merged. Status 1: conflicts are left.')
    .action(
      (base: string, ours: string, theirs: string, size: number, path: string, labels: string[], options: Options) =>
        run({ base, ours, theirs }, size, path, labels, options),
    );
}

async function run(
  files: { readonly base: string; readonly ours: string; readonly theirs: string },
  markerSize: number,
  path: string,
  names: readonly string[],
  options: Options,
): Promise<void> {
  const versions = { base: await read(files.base), ours: await read(files.ours), theirs: await read(files.theirs) };
  if (Object.values(versions).some((content) => content.subarray(0, LOOKED_AT).includes(0))) {
    // Git keeps our version of a binary file, and says that there is a conflict.
    console.error(`${path} is a binary file, which is not merged.`);
    process.exitCode = NOTHING_FOUND;
    return;
  }
  const [base = 'base', oursName = 'ours', theirsName = 'theirs'] = names.map(unlessPlaceholder);
  const labels = { base, ours: oursName, theirs: theirsName };
  const input: DriverInput = { ...options, ours: files.ours, path, versions, markerSize, labels };
  const left = await interruptible((signal) => mergeInto(input, signal));
  if (left) process.exitCode = NOTHING_FOUND;
}

/** A git that does not know a placeholder leaves it as it is. */
function unlessPlaceholder(name: string): string | undefined {
  return /^%[A-Z]?$/.test(name) || name === '' ? undefined : name;
}

async function read(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new InputError(`${file} cannot be read: ${(error as Error).message}.`);
  }
}

/** Merges and writes; true where conflicts are left. */
async function mergeInto(input: DriverInput, signal: AbortSignal): Promise<boolean> {
  const { versions, ours } = input;
  const byGit = contentOf(await merge(input, versions, 'configured', signal));
  if (byGit.conflicts === 0) {
    await replaceFile(ours, byGit.content);
    return false;
  }
  const resolved = await inTime(input.timeLimit, (own) => resolveCertain(input, own), signal).catch(
    (error: unknown) => {
      // Whoever interrupts gets what git's own merge gives, at once.
      const reason = isAbortError(error) ? 'there was no time for it.' : (error as Error).message;
      errorStreamLogger.warn(`Lacuna could not help with ${input.path}: ${reason}`);
      return undefined;
    },
  );
  await replaceFile(ours, resolved?.content ?? byGit.content);
  return resolved === undefined || resolved.left > 0;
}

/** Tells the work to stop when it takes too long, and does not wait for it then. */
async function inTime<T>(seconds: number, work: (signal: AbortSignal) => Promise<T>, outer: AbortSignal): Promise<T> {
  const ended = seconds === 0 ? AbortSignal.abort() : AbortSignal.timeout(seconds * 1000);
  const signal = AbortSignal.any([outer, ended]);
  signal.throwIfAborted();
  return new Promise<T>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(abortError()), { once: true });
    work(signal).then(resolve, reject);
  });
}

/** The file with what is certain resolved and the rest as git marks it; undefined where nothing is certain. */
async function resolveCertain(
  input: DriverInput,
  signal: AbortSignal,
): Promise<{ readonly content: Buffer | string; readonly left: number } | undefined> {
  const { versions, path, minConfidence, model } = input;
  if ([versions.ours, versions.base, versions.theirs].some(({ length }) => length > LARGEST_BYTES)) return undefined;
  const texts = [versions.ours, versions.base, versions.theirs].map(decode);
  if (!texts.every((text) => text !== undefined)) return undefined;
  const unmistakable = { ...input, markerSize: unusedMarkerSize(texts) };
  const text = contentOf(await merge(unmistakable, versions, 'diff3', signal)).content.toString('utf8');
  const document = { text, languageId: languageIdOf(path), path };
  const options = { minimumConfidence: minConfidence, readBase: () => Promise.resolve(undefined) };
  const resolved = await withResolver(errorStreamLogger, model, (resolver: MergeResolver) =>
    resolveText(document, resolver, options, signal),
  );
  if (resolved.answers.every(({ applied }) => applied === undefined)) return undefined;
  const count = resolved.answers.filter(({ applied }) => applied !== undefined).length;
  console.error(`Lacuna resolved ${count} of ${resolved.answers.length} conflicts in ${basename(path)}.`);
  if (resolved.left === 0) return { content: resolved.text, left: 0 };
  const rest = contentOf(await merge(input, versionsWithAnswers(text, resolved), 'configured', signal));
  return { content: rest.content, left: rest.conflicts };
}

/** Three versions that agree wherever a conflict is resolved, so that git marks the others as it always does. */
function versionsWithAnswers(text: string, { answers }: ResolvedText): ThreeVersions {
  const version = (side: 'ours' | 'base' | 'theirs'): string =>
    applyResolutions(
      text,
      answers.map(({ conflict, applied }) => ({
        range: conflict.range,
        text: applied?.text ?? conflict[side]?.text ?? '',
      })),
    );
  return { ours: version('ours'), base: version('base'), theirs: version('theirs') };
}

function merge(
  { markerSize, labels }: DriverInput,
  versions: ThreeVersions,
  style: 'configured' | 'diff3',
  signal: AbortSignal,
): Promise<MergedFiles> {
  return mergeFiles(versions, { style, markerSize, labels, folder: process.cwd() }, signal);
}

function contentOf(merged: MergedFiles): { readonly content: Buffer; readonly conflicts: number } {
  if (merged.kind === 'merged') return merged;
  throw new Error(merged.kind === 'binary' ? 'The file is not text.' : `git could not merge it: ${merged.message}`);
}

function decode(content: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return undefined;
  }
}
