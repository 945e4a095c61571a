// `merge`: answers the conflicts of files, or merges three versions of one, and resolves what is certain.

import { existsSync, readFileSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { dirname, resolve as resolvePath } from 'node:path';
import { Command } from 'commander';
import { languageIdOf } from '../../languages/index.js';
import { mergeFiles } from '../../git/index.js';
import { CERTAIN, hasMark, type MergeResolver } from '../../merge/index.js';
import { BAD_INPUT, NOTHING_FOUND } from '../terminal/exitStatus.js';
import { isAbortError } from '../../common/abort.js';
import { InputError } from '../../common/inputError.js';
import { interruptible } from '../terminal/interrupt.js';
import { readMarkedFile, type MarkedFile } from './markedFile.js';
import { logResolutions, wholeKey } from './mergeLog.js';
import { createElsewhere } from '../../setup/mergeSiblings.js';
import { mergeWithBases, type VersionTexts, versionsWithAnswers, withMarkOf } from './mergeThree.js';
import {
  failedFileJson,
  mergedFileJson,
  viewMergedFiles,
  type FileResult,
  type MergedFileResult,
} from './mergeView.js';
import { errorStreamLogger } from '../terminal/errorStreamLogger.js';
import { confidence } from '../terminal/numbers.js';
import { printResult, say } from '../terminal/output.js';
import { replaceFile } from '../../common/replaceFile.js';
import { resolvedConflicts, resolvedLine } from './resolvedConflicts.js';
import { resolveText, type ResolvedText, unconflicted } from './resolveText.js';
import { showMergeLog } from './showMergeLog.js';
import { readSourceFile, refuseUnclearName } from '../terminal/sourceFile.js';
import { viewWholeMerge, wholeMerge } from './wholeMerge.js';
import { inEnglish } from '../../common/words.js';
import { withResolver } from '../terminal/withResolver.js';

interface Options {
  readonly write?: true;
  readonly any?: true;
  readonly log?: true;
  readonly since?: string;
  readonly minConfidence: number;
  readonly settled?: true;
  readonly base?: string;
  readonly ours?: string;
  readonly theirs?: string;
  readonly model?: string;
  readonly json?: true;
}

/** Each is read when its turn comes, so that one that cannot be read does not keep the others waiting. */
type ReadFile = (signal: AbortSignal) => Promise<MarkedFile>;

export function mergeCommand(): Command {
  return new Command('merge')
    .description('Resolve the conflicts that git left in files, or merge three versions of a file.')
    .argument(
      '[files...]',
      'files with conflict markers; none: all that git has in conflict; with --base, --ours and --theirs: the file to write',
    )
    .option('--write', 'write the files; without it nothing is changed')
    .option('--any', 'take all markers for conflicts, also where git has no conflict in the file')
    .option('--log', 'show what was resolved in this repository without a person, of all files or of those named')
    .option('--since <date>', 'with --log: leave out what was resolved earlier')
    .option('--min-confidence <share>', 'resolve what is at least so certain', confidence, CERTAIN)
    .option('--settled', 'resolve too what structure alone settles: where no edit of a side meets one of the other')
    .option('--base <file>', 'the version from which both sides came')
    .option('--ours <file>', 'our version')
    .option('--theirs <file>', 'their version')
    .option('--model <folder>', 'folder of the ranker (default: the one that ships with Lacuna)')
    .option('--json', 'print one JSON object on standard output')
    .addHelpText(
      'after',
      '\nLines count from 1. Status 1: conflicts are left. Put -- before a file that begins with a dash.',
    )
    .action((files: string[], options: Options) => {
      if (options.log === true) return showMergeLog(files, options);
      if (options.since !== undefined) throw new InputError('--since goes with --log.');
      return run(files, options);
    });
}

async function run(names: readonly string[], options: Options): Promise<void> {
  const { whole, results } = await interruptible(async (signal) => {
    const isWhole = names.length === 0 && versionsOf(options).length === 0;
    const merge = isWhole ? await wholeMerge(process.cwd(), signal) : undefined;
    const files = filesOf(merge?.names ?? names, options);
    if (files.length === 0) return { whole: merge, results: [] };
    const readElsewhere = createElsewhere();
    const answered = await withResolver(errorStreamLogger, options.model, async (resolver) => {
      const done: FileResult[] = [];
      for (const { name, read } of files) {
        const work = async (): Promise<FileResult> => {
          signal.throwIfAborted();
          const file = await read(signal);
          const isMerged = file.onDisk === undefined || file.undone !== undefined;
          const elsewhere = isMerged ? [] : await readElsewhere(resolvePath(file.name), signal);
          const result = await resolve({ ...file, elsewhere }, resolver, options, signal);
          if (options.write === true && (await write(result))) await tell(file, result);
          return result;
        };
        done.push(await work().catch((error: unknown) => failure(name, error, isWhole || files.length > 1)));
      }
      return done;
    });
    return { whole: merge, results: answered };
  });
  const json = results.map((result) => ('error' in result ? failedFileJson(result) : mergedFileJson(result)));
  const [only] = json;
  const isWritten = options.write === true;
  const object =
    whole !== undefined
      ? { files: json, ...(whole.underWay === undefined ? {} : { underWay: inEnglish(whole.underWay) }) }
      : json.length === 1
        ? only!
        : { files: json };
  printResult(options.json === true, object, () =>
    whole === undefined ? viewMergedFiles(results, isWritten) : viewWholeMerge(whole, results, isWritten),
  );
  process.exitCode = worstStatus(results);
}

function worstStatus(results: readonly FileResult[]): number {
  if (results.some((result) => 'error' in result)) return BAD_INPUT;
  const isLeft = results.some((result) => !('error' in result) && result.resolved.left > 0);
  return isLeft ? NOTHING_FOUND : 0;
}

/** Of several files one that cannot be used is told, and the others are done; so are those that an interrupt leaves. */
function failure(name: string, error: unknown, isOneOfSeveral: boolean): FileResult {
  const said = isAbortError(error) ? new InputError(`Interrupted: ${name} is as it was.`) : error;
  if (!(said instanceof InputError) || !isOneOfSeveral) throw said;
  say(said.message);
  return { name, error: said.message };
}

function filesOf(names: readonly string[], options: Options): { readonly name: string; readonly read: ReadFile }[] {
  const { base, ours, theirs } = options;
  const versions = versionsOf(options).length;
  if (versions === 3) {
    if (names.length > 1) throw new InputError('Three versions make one file; name one at the most.');
    if (options.write === true && names.length === 0)
      throw new InputError('--write needs the file that is to be written.');
    const name = names[0] ?? ours!;
    return [{ name, read: (signal) => mergeVersions({ base: base!, ours: ours!, theirs: theirs! }, name, signal) }];
  }
  if (versions > 0) throw new InputError('--base, --ours and --theirs go together.');
  return names.map((name) => ({ name, read: (signal) => readMarkedFile(name, options.any === true, signal) }));
}

function versionsOf({ base, ours, theirs }: Options): readonly string[] {
  return [base, ours, theirs].filter((file) => file !== undefined);
}

async function mergeVersions(
  versions: { readonly base: string; readonly ours: string; readonly theirs: string },
  name: string,
  signal: AbortSignal,
): Promise<MarkedFile> {
  refuseUnclearName(name);
  const text = async (file: string): Promise<string> => (await readSourceFile(file, { keepMark: true })).text;
  const texts: VersionTexts = {
    base: await text(versions.base),
    ours: await text(versions.ours),
    theirs: await text(versions.theirs),
  };
  const merged = await mergeWithBases(texts, { labels: versions, folder: process.cwd() }, signal);
  if (merged.kind !== 'merged') {
    throw new InputError(
      merged.kind === 'binary' ? 'The versions are not text.' : `git could not merge the versions: ${merged.message}`,
    );
  }
  return {
    text: merged.content.toString('utf8'),
    languageId: languageIdOf(name),
    path: name,
    name,
    onDisk: undefined,
    versions: texts,
    readBase: () => Promise.resolve(texts.base),
  };
}

async function resolve(
  file: MarkedFile,
  resolver: MergeResolver,
  { minConfidence, settled }: Options,
  signal: AbortSignal,
): Promise<MergedFileResult> {
  const { name, onDisk, undone, markers, versions } = file;
  if (undone !== undefined) {
    const left = undone.isConflict ? 1 : 0;
    return { name, onDisk, resolved: { ...unconflicted(file.text), left }, note: undone.sentence };
  }
  const resolved = await resolveText(
    file,
    resolver,
    {
      minimumConfidence: minConfidence,
      settles: settled === true,
      ...(markers === undefined ? {} : { markers }),
      ...(versions === undefined ? {} : { versions }),
      readBase: () => file.readBase(signal),
    },
    signal,
  );
  if (onDisk !== undefined) return { name, onDisk, resolved };
  return { name, onDisk, resolved: { ...resolved, text: await beginAsVersions(file, resolved, signal) } };
}

/** The mark of the byte order stands in front of the first line, or where that is in conflict, behind git's markers. */
async function beginAsVersions(file: MarkedFile, resolved: ResolvedText, signal: AbortSignal): Promise<string> {
  const versions = file.versions as VersionTexts;
  if (!Object.values(versions).some(hasMark)) return resolved.text;
  const open = resolved.answers.find(({ conflict }) => conflict.range.start === 0);
  if (open === undefined || open.applied !== undefined) return withMarkOf(resolved.text, versions);
  const answers = resolved.answers.map(({ conflict, applied }) => ({ conflict, resolved: applied?.text }));
  const marked = versionsWithAnswers(file.text, answers, versions);
  const markerSize = open.conflict.markerSize;
  const options = { style: 'diff3', markerSize, labels: open.conflict.labels, folder: process.cwd() } as const;
  const merged = await mergeFiles(marked, options, signal);
  return merged.kind === 'merged' ? merged.content.toString('utf8') : resolved.text;
}

/** What was resolved, on standard error and in the log; whoever interrupts now has the file already, and needs the trace. */
async function tell({ name, text, path, versions }: MarkedFile, { resolved }: MergedFileResult): Promise<void> {
  const { signal } = new AbortController();
  const resolutions = resolvedConflicts(resolved, text, path, 'merge');
  for (const resolution of resolutions) say(resolvedLine({ ...resolution, path: name }));
  const isWhole = versions !== undefined && resolved.left === 0;
  const logged = isWhole
    ? resolutions.map((each) => ({ ...each, whole: wholeKey(versions, resolved.text) }))
    : resolutions;
  // Where the file is behind a link, it may be one of another repository.
  await logResolutions(dirname(await realpath(name)), logged, signal).catch((error: unknown) =>
    errorStreamLogger.warn(`What was resolved could not be noted: ${(error as Error).message}`),
  );
}

/** Writes what has changed; what somebody else changed meanwhile stays as it is now. True where the file was written. */
async function write({ name, onDisk, resolved, note }: MergedFileResult): Promise<boolean> {
  if (resolved.text === onDisk || note !== undefined) return false;
  const check = (): void => {
    if (onDisk !== undefined && (!existsSync(name) || readFileSync(name, 'utf8') !== onDisk)) {
      throw new InputError(`${name} was changed by somebody else meanwhile, so nothing was written to it.`);
    }
  };
  try {
    await replaceFile(name, resolved.text, true, check);
    return true;
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${name} could not be written: ${(error as Error).message}. It is as it was.`);
  }
}
