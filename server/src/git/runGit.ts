// Runs the user's git and gives back what it prints. Nothing that a repository's configuration names is run: no shell, no
// filters, no text converters, no monitor of the file system, no hooks. Nothing is written, no lock is taken, nothing fetched.

import { execFile } from 'node:child_process';
import { resolve as resolvePath } from 'node:path';
import { abortError } from '../common/abort.js';
import { gitProgram, withoutNetwork } from './gitProgram.js';

/** No list and no three versions of one source file are longer; what is gets no answer instead of the memory. */
const LARGEST_OUTPUT = 64 * 1024 * 1024;

const quiet = ['--no-optional-locks', '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];

export type GitAnswer =
  | { readonly kind: 'said'; readonly output: Buffer }
  /** Git is missing or fails; the message is the first line that it said. */
  | { readonly kind: 'failed'; readonly message: string };

/**
 * @param folder where git runs
 * @param input what it reads
 * @throws an AbortError when the signal is aborted
 */
export async function askGit(
  folder: string,
  parameters: readonly string[],
  signal: AbortSignal,
  input = '',
): Promise<GitAnswer> {
  const program = gitProgram();
  if (program === undefined) return { kind: 'failed', message: 'there is no git on the path' };
  const named = await namedRepository(program);
  return new Promise((resolve, reject) => {
    const options = {
      cwd: folder,
      signal,
      encoding: 'buffer' as const,
      maxBuffer: LARGEST_OUTPUT,
      windowsHide: true,
      // A file may be called `*`, and is meant as it is called.
      env: { ...process.env, ...named, ...withoutNetwork, GIT_LITERAL_PATHSPECS: '1', LC_ALL: 'C' },
    };
    const child = execFile(program, [...quiet, ...parameters], options, (error, output, messages) => {
      if (error === null) return resolve({ kind: 'said', output });
      if (signal.aborted) return reject(abortError());
      const [line = ''] = messages.toString('utf8').trim().split(/\r?\n/);
      resolve({ kind: 'failed', message: line.replace(/^fatal: /, '').replace(/\.$/, '') || error.message });
    });
    // Where git is missing or ends early, the callback says so; the pipe has nothing to add.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** @returns undefined where git is missing or fails: the folder is in no repository, say */
export async function runGit(
  folder: string,
  parameters: readonly string[],
  signal: AbortSignal,
  input = '',
): Promise<Buffer | undefined> {
  const answer = await askGit(folder, parameters, signal, input);
  return answer.kind === 'said' ? answer.output : undefined;
}

let topHere: Promise<string | undefined> | undefined;

/**
 * The repository that the environment names, as in an alias that git runs in a further working tree. It is meant from the
 * folder where we were started, and where no working tree is named, that is the one: git would take the folder where it runs.
 */
async function namedRepository(program: string): Promise<NodeJS.ProcessEnv> {
  const { GIT_DIR: own, GIT_WORK_TREE: tree } = process.env;
  if (own === undefined) return tree === undefined ? {} : { GIT_WORK_TREE: resolvePath(tree) };
  const top = tree === undefined ? await (topHere ??= topOf(program)) : resolvePath(tree);
  return { GIT_DIR: resolvePath(own), ...(top === undefined ? {} : { GIT_WORK_TREE: top }) };
}

/** Undefined where there is no working tree. */
function topOf(program: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, [...quiet, 'rev-parse', '--show-toplevel'], { windowsHide: true }, (error, output) => {
      resolve(error === null ? output.replace(/\r?\n$/, '') : undefined);
    });
  });
}
