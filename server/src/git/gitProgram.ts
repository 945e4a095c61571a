// Which program is run as git. A name without a folder is looked for in the folder where a process starts too, on Windows
// always and elsewhere where the path says so; that folder may be a workspace of others, which must not bring its own git.
// So git is run by its absolute path: the one that the user's settings name, else the first that the path leads to.

import { accessSync, constants, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

let chosen: string | undefined;
let found: { readonly path: string; readonly program: string | undefined } | undefined;

/** The git that is run; undefined where there is none. */
export function gitProgram(): string | undefined {
  // Programs that git starts are looked for in the same safe way.
  if (process.platform === 'win32') process.env.NoDefaultCurrentDirectoryInExePath = '1';
  if (chosen !== undefined) return chosen;
  const path = process.env.PATH ?? '';
  if (found?.path !== path) found = { path, program: findProgram('git', path, process.platform, isProgram) };
  return found.program;
}

/** @param programs absolute paths in the order of the user's preference; the first that exists is run from now on */
export function useGit(programs: readonly string[]): void {
  chosen = programs.find((program) => isAbsolute(program) && isProgram(program));
}

/** The absolute path of a program, looked for in the absolute folders of a path alone. */
export function findProgram(
  name: string,
  path: string,
  platform: NodeJS.Platform,
  exists: (file: string) => boolean,
): string | undefined {
  const isWindows = platform === 'win32';
  const folders = path
    .split(isWindows ? ';' : ':')
    .map((folder) => (isWindows ? folder.replace(/^"(.*)"$/, '$1') : folder))
    .filter((folder) => (isWindows ? /^[a-z]:[\\/]|^\\\\/i.test(folder) : isAbsolute(folder)));
  // Scripts would need a shell, which is not run.
  const file = isWindows ? `${name}.exe` : name;
  return folders
    .map((folder) => (isWindows ? `${folder.replace(/[\\/]$/, '')}\\${file}` : join(folder, file)))
    .find(exists);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Variables for whatever git is run: a clone may lack what lies elsewhere, and git would get it there. */
export const withoutNetwork = { GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: 'none' };
