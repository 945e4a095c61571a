// Runs the user's git and gives back what it prints. Nothing that a repository's configuration names is run: no shell, no
// filters, no text converters, no monitor of the file system, no hooks. Nothing is written, no lock is taken.

import { execFile } from 'node:child_process';
import { abortError } from '../common/abort.js';

/** No list and no three versions of one source file are longer; what is gets no answer instead of the memory. */
const LARGEST_OUTPUT = 64 * 1024 * 1024;

const quiet = ['--no-optional-locks', '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];

/**
 * @param folder where git runs
 * @param input what it reads
 * @returns undefined where git is missing or fails: the folder is in no repository, say
 * @throws an AbortError when the signal is aborted
 */
export function runGit(
  folder: string,
  parameters: readonly string[],
  signal: AbortSignal,
  input = '',
): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const options = {
      cwd: folder,
      signal,
      encoding: 'buffer' as const,
      maxBuffer: LARGEST_OUTPUT,
      windowsHide: true,
      // A file may be called `*`, and is meant as it is called.
      env: { ...process.env, GIT_LITERAL_PATHSPECS: '1', LC_ALL: 'C' },
    };
    const child = execFile('git', [...quiet, ...parameters], options, (error, output) => {
      if (signal.aborted && error !== null) reject(abortError());
      else resolve(error === null ? output : undefined);
    });
    // Where git is missing or ends early, the callback says so; the pipe has nothing to add.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}
