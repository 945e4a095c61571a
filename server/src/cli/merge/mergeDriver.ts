// `merge-driver`: what git runs instead of its own merge of a file. What git merges by itself stays git's; of the conflicts
// that are left, those that are certain are resolved, and the others are marked as git would mark them. Whatever goes wrong
// on our side, the file gets what git's own merge gives.

import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { abortError, isAbortError } from '../../common/abort.js';
import { languageIdOf } from '../../languages/index.js';
import {
  favouredSide,
  isMergeKept,
  mergeFiles,
  sideNames,
  type MergedFiles,
  type MergeFilesOptions,
  type ThreeVersions,
} from '../../git/index.js';
import { CERTAIN, type MergeResolver } from '../../merge/index.js';
import { InputError } from '../../common/inputError.js';
import { NOTHING_FOUND } from '../terminal/exitStatus.js';
import { installDriver } from './installDriver.js';
import { interruptible } from '../terminal/interrupt.js';
import { logResolutions } from './mergeLog.js';
import { mergeWithBases, type Labels, type VersionTexts, versionsWithAnswers, withMarkOf } from './mergeThree.js';
import { errorStreamLogger } from '../terminal/errorStreamLogger.js';
import { confidence, wholeNumber } from '../terminal/numbers.js';
import { say } from '../terminal/output.js';
import { replaceFile } from '../../common/replaceFile.js';
import { resolvedConflicts, resolvedLine } from './resolvedConflicts.js';
import { resolveText, type ResolvedText } from './resolveText.js';
import { withResolver } from '../terminal/withResolver.js';

interface Options {
  readonly minConfidence: number;
  /** Whether what structure alone settles is merged too. */
  readonly settled?: true;
  /** Seconds. */
  readonly timeLimit: number;
  readonly model?: string;
  /** A file that gets the result in place of OURS. */
  readonly result?: string;
  readonly install?: true;
  readonly global?: true;
}

interface DriverInput extends Options {
  readonly path: string;
  readonly versions: ThreeVersions & { readonly ours: Buffer; readonly base: Buffer; readonly theirs: Buffer };
  readonly markerSize: number;
  readonly labels: Labels;
  /** Git before 2.44 hands over no names. */
  readonly isOld: boolean;
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
    .argument('[base]', 'the version from which both sides came (%O)')
    .argument('[ours]', 'our version, which becomes the result (%A)')
    .argument('[theirs]', 'their version (%B)')
    .argument('[marker-size]', 'how often a marker repeats its sign (%L)', wholeNumber(1, 1000))
    .argument('[path]', 'the path under which the file is merged (%P)')
    .argument('[labels...]', 'names of base, ours and theirs for the markers (%S %X %Y)')
    .option('--min-confidence <share>', 'resolve what is at least so certain', confidence, CERTAIN)
    .option('--settled', 'merge too what structure alone settles: where no edit of a side meets one of the other')
    .option('--time-limit <seconds>', 'after so long, what git merges by itself', wholeNumber(0, 86_400), TIME_LIMIT)
    .option('--model <folder>', 'folder of the ranker (default: the one that ships with Lacuna)')
    .option('--result <file>', 'write this file in place of OURS; it is there only when the merge is done')
    .option('--install', 'configure git to run Lacuna as merge driver and merge tool, in this repository')
    .option('--global', 'with --install: in all of your repositories')
    .addHelpText('after', '\nStatus 0: merged. Status 1: conflicts are left.')
    .action(
      (
        base: string | undefined,
        ours: string | undefined,
        theirs: string | undefined,
        size: number | undefined,
        path: string | undefined,
        labels: string[],
        options: Options,
      ) => {
        if (options.install === true)
          return installDriver({ ...options, settled: options.settled === true, isGlobal: options.global === true });
        if (
          base === undefined ||
          ours === undefined ||
          theirs === undefined ||
          size === undefined ||
          path === undefined
        )
          throw new InputError(
            'A merge needs BASE OURS THEIRS MARKER_SIZE PATH; --install configures git to give them.',
          );
        return run({ base, ours, theirs }, size, path, labels, options);
      },
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
    say(`${path} is a binary file, which is not merged.`);
    process.exitCode = NOTHING_FOUND;
    return;
  }
  const left = await interruptible(async (signal) => {
    const labels = await labelsOf(names, signal);
    const isOld = names.includes('%X');
    const input: DriverInput = { ...options, path, versions, markerSize, labels, isOld };
    const merged = await mergeVersions(input, signal);
    // Git reads its own temporary file at once and removes it; it need not be on the disk.
    await replaceFile(options.result ?? files.ours, merged.content, options.result !== undefined);
    return merged.left > 0;
  });
  if (left) process.exitCode = NOTHING_FOUND;
}

async function labelsOf(names: readonly string[], signal: AbortSignal): Promise<Labels> {
  const [base, ours, theirs] = names.map(unlessPlaceholder);
  const known = ours === undefined || theirs === undefined ? await sideNames(process.cwd(), signal) : undefined;
  return { base: base ?? 'base', ours: ours ?? known?.ours ?? 'ours', theirs: theirs ?? known?.theirs ?? 'theirs' };
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

interface Merged {
  readonly content: Buffer | string;
  /** Conflicts that are left. */
  readonly left: number;
}

async function mergeVersions(input: DriverInput, signal: AbortSignal): Promise<Merged> {
  // Where the result goes to a file of its own, git's merge has been tried already.
  if (input.result === undefined) {
    const byGit = contentOf(await merge(input, input.versions, signal));
    if (byGit.left === 0) return byGit;
  }
  const favour = await favouredSide(process.cwd(), signal);
  if (favour !== undefined) {
    say(`Git was told -X ${favour}, so Lacuna leaves ${input.path} to git.`);
    return contentOf(await merge(input, input.versions, signal, favour));
  }
  const resolved = await inTime(input.timeLimit, (own) => resolveCertain(input, own), signal).catch(
    (error: unknown) => {
      // Whoever interrupts gets what git's own merge gives, at once.
      const reason = isAbortError(error) ? 'there was no time for it.' : (error as Error).message;
      errorStreamLogger.warn(`Lacuna could not help with ${input.path}: ${reason}`);
      return undefined;
    },
  );
  return resolved ?? contentOf(await merge(input, input.versions, new AbortController().signal));
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
async function resolveCertain(input: DriverInput, signal: AbortSignal): Promise<Merged | undefined> {
  const { path, minConfidence, settled, model } = input;
  const versions = textsOf(input.versions);
  if (versions === undefined) return undefined;
  const merged = contentOf(await mergeWithBases(versions, mergeOptions(input), signal));
  const text = merged.content.toString('utf8');
  const document = { text, languageId: languageIdOf(path), path };
  const options = {
    minimumConfidence: minConfidence,
    settles: settled === true,
    versions,
    readBase: () => Promise.resolve(undefined),
  };
  const resolved = await withResolver(
    errorStreamLogger,
    model,
    (resolver: MergeResolver) => resolveText(document, resolver, options, signal),
    { certainOnly: true },
  );
  // Where git's conflict was of the mark of the byte order alone, nothing is left of it.
  const count = resolved.answers.filter(({ applied }) => applied !== undefined).length;
  if (count === 0 && merged.left > 0) return undefined;
  if (resolved.answers.length > 0) {
    say(`Lacuna resolved ${count} of ${resolved.answers.length} conflicts in ${path}.`);
  }
  await tell(resolved, text, path, signal);
  if (resolved.left === 0) return { content: withMarkOf(resolved.text, versions), left: 0 };
  return markRest(input, text, resolved, versions, signal);
}

/**
 * What was resolved, on standard error, and in the log where the merge is one that somebody makes; a log that cannot be
 * written keeps nobody from merging.
 */
async function tell(resolved: ResolvedText, text: string, path: string, signal: AbortSignal): Promise<void> {
  const resolutions = resolvedConflicts(resolved, text, path, 'merge-driver');
  for (const resolution of resolutions) say(`  ${resolvedLine(resolution)}`);
  if (!(await isMergeKept(process.cwd(), signal))) return;
  await logResolutions(process.cwd(), resolutions, signal).catch((error: unknown) =>
    errorStreamLogger.warn(`What was resolved could not be noted: ${(error as Error).message}`),
  );
}

/** What is left as git marks it, in the user's own style. */
async function markRest(
  input: DriverInput,
  text: string,
  { answers }: ResolvedText,
  versions: VersionTexts,
  signal: AbortSignal,
): Promise<Merged> {
  const resolved = answers.map(({ conflict, applied }) => ({ conflict, resolved: applied?.text }));
  const rest = contentOf(await merge(input, versionsWithAnswers(text, resolved, versions), signal));
  const opensAtStart = answers.some(({ conflict, applied }) => conflict.range.start === 0 && applied === undefined);
  return opensAtStart ? rest : { ...rest, content: withMarkOf(rest.content.toString('utf8'), versions) };
}

function mergeOptions({ labels, isOld }: DriverInput): Pick<MergeFilesOptions, 'labels' | 'folder' | 'isOld'> {
  return { labels, isOld, folder: process.cwd() };
}

function merge(
  input: DriverInput,
  versions: ThreeVersions,
  signal: AbortSignal,
  favour?: 'ours' | 'theirs',
): Promise<MergedFiles> {
  const { markerSize } = input;
  return mergeFiles(versions, { ...mergeOptions(input), style: 'configured', markerSize, favour }, signal);
}

function contentOf(merged: MergedFiles): Merged & { readonly content: Buffer } {
  if (merged.kind === 'merged') return { content: merged.content, left: merged.conflicts };
  throw new Error(merged.kind === 'binary' ? 'The file is not text.' : `git could not merge it: ${merged.message}`);
}

/** Undefined where a version is large, or not UTF-8. */
function textsOf({ ours, base, theirs }: DriverInput['versions']): VersionTexts | undefined {
  if ([ours, base, theirs].some(({ length }) => length > LARGEST_BYTES)) return undefined;
  const texts = { ours: decode(ours), base: decode(base), theirs: decode(theirs) };
  return Object.values(texts).every((text) => text !== undefined) ? (texts as VersionTexts) : undefined;
}

function decode(content: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return undefined;
  }
}
