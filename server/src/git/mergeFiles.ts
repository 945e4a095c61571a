// What git itself makes of three versions of a file: merged where it can, marked where it cannot.

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { abortError } from '../common/abort.js';
import { diskErrorWords } from '../common/diskError.js';
import { InputError } from '../common/inputError.js';
import { gitProgram } from './gitProgram.js';

/** Contents as they are on disk; git looks at bytes. */
export interface ThreeVersions {
  readonly ours: Uint8Array | string;
  readonly base: Uint8Array | string;
  readonly theirs: Uint8Array | string;
}

export interface MergeFilesOptions {
  /** `configured` is what the user told git, `diff3` shows the base between the markers. */
  readonly style: 'configured' | 'diff3';
  readonly markerSize: number;
  /** The side that is taken where both clash; without it, conflicts are marked. */
  readonly favour?: 'ours' | 'theirs' | undefined;
  readonly labels: { readonly ours: string; readonly base: string; readonly theirs: string };
  /** Whether git is known to be older than 2.44, which need not be tried then. */
  readonly isOld?: boolean;
  /** Where git looks for its configuration. */
  readonly folder: string;
}

export type MergedFiles =
  | { readonly kind: 'merged'; readonly content: Buffer; readonly conflicts: number }
  | { readonly kind: 'binary' }
  /** Git is missing, or cannot merge these. */
  | { readonly kind: 'failed'; readonly message: string };

/** Git reports so many conflicts at the most, and errors from here on. */
const MOST_REPORTED = 127;

/** `git merge` compares versions so, and would mark other lines otherwise; git knows the option since 2.44. */
const AS_MERGES_DO = ['--diff-algorithm=histogram'];

const LARGEST_OUTPUT = 256 * 1024 * 1024;

/** Whether git has shown that it does not know the option, which is asked once: a process for nothing costs time. */
let isOld = false;

/**
 * @throws an AbortError when the signal is aborted
 * @throws InputError where the system's folder for temporary files cannot be written to
 */
export async function mergeFiles(
  versions: ThreeVersions,
  options: MergeFilesOptions,
  signal: AbortSignal,
): Promise<MergedFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'lacuna-merge-')).catch(inOneSentence);
  try {
    const file = (name: string): string => join(folder, name);
    await Promise.all([
      writeFile(file('ours'), versions.ours),
      writeFile(file('base'), versions.base),
      writeFile(file('theirs'), versions.theirs),
    ]).catch(inOneSentence);
    const files = [file('ours'), file('base'), file('theirs')];
    if (!isOld && options.isOld !== true) {
      const merged = await run(AS_MERGES_DO, files, options, signal);
      if (merged.kind !== 'failed') return merged;
    }
    // A git that is older than the option compares in its other way, which seldom makes a difference.
    const merged = await run([], files, options, signal);
    if (merged.kind !== 'failed') isOld = true;
    return merged;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function inOneSentence(error: unknown): never {
  const said = diskErrorWords(error, tmpdir());
  throw said === undefined ? error : new InputError(said);
}

function run(
  comparison: readonly string[],
  files: readonly string[],
  { style, markerSize, favour, labels, folder }: MergeFilesOptions,
  signal: AbortSignal,
): Promise<MergedFiles> {
  const parameters = [
    'merge-file',
    '-p',
    '--quiet',
    ...comparison,
    ...(style === 'diff3' ? ['--diff3'] : []),
    ...(favour === undefined ? [] : [`--${favour}`]),
    `--marker-size=${markerSize}`,
    ...[labels.ours, labels.base, labels.theirs].flatMap((label) => ['-L', label]),
    ...files,
  ];
  const program = gitProgram();
  if (program === undefined) return Promise.resolve({ kind: 'failed', message: 'there is no git on the path' });
  return new Promise((resolve, reject) => {
    const settings = {
      cwd: folder,
      signal,
      encoding: 'buffer' as const,
      maxBuffer: LARGEST_OUTPUT,
      windowsHide: true,
      env: { ...process.env, LC_ALL: 'C' },
    };
    execFile(program, parameters, settings, (error, content, messages) => {
      if (error === null) return resolve({ kind: 'merged', content, conflicts: 0 });
      if (signal.aborted) return reject(abortError());
      const { code } = error;
      if (typeof code === 'number' && code > 0 && code <= MOST_REPORTED) {
        return resolve({ kind: 'merged', content, conflicts: code });
      }
      const message = messages.toString('utf8').trim();
      resolve(/binary/i.test(message) ? { kind: 'binary' } : { kind: 'failed', message: message || error.message });
    });
  });
}
