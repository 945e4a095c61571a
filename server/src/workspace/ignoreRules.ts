// What git ignores: the .gitignore of a folder and of those above it, each for what lies below itself, and what the user and
// a repository exclude beside these.

import ignore, { type Ignore } from 'ignore';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { excludeFiles } from '../git/index.js';

/** Never of interest, whatever the rules say. */
const ALWAYS = [
  '.git',
  '.hg',
  '.svn',
  'node_modules',
  '.venv',
  'venv',
  '__pycache__',
  '.vscode-test',
  '.idea',
  '.gradle',
];

/** Milliseconds for git to say where else rules are. */
const PATIENCE = 5_000;

/** Rules for a folder, with those that these decide over. */
export interface IgnoreRules {
  readonly folder: string;
  /** In small and large letters alike, as on some systems, and where that may make a difference in favour of a file also as written. */
  readonly readings: readonly Ignore[];
  readonly above: IgnoreRules | undefined;
}

/** Reads the rules of a folder, with those of the repository that begins there; a file that cannot be read has none. */
export async function readIgnoreRules(
  folder: string,
  above: IgnoreRules | undefined,
): Promise<IgnoreRules | undefined> {
  let rules = above;
  for (const file of [...(await excludesOf(folder)), join(folder, '.gitignore')]) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (text !== '') rules = { folder, readings: readingsOf(text), above: rules };
  }
  return rules;
}

/** By the top of a repository; git is asked once for each. */
const excludes = new Map<string, Promise<readonly string[]>>();

async function excludesOf(folder: string): Promise<readonly string[]> {
  if (!existsSync(join(folder, '.git'))) return [];
  const known = excludes.get(folder) ?? excludeFiles(folder, AbortSignal.timeout(PATIENCE));
  excludes.set(folder, known);
  return known;
}

function readingsOf(text: string): readonly Ignore[] {
  const read = (ignorecase: boolean): Ignore => ignore({ ignorecase }).add(text);
  return /[!^]/.test(text) ? [read(true), read(false)] : [read(true)];
}

/** @param path absolute, inside the folder of the rules */
export function isIgnored(path: string, isFolder: boolean, rules: IgnoreRules | undefined): boolean {
  if (isFolder && ALWAYS.includes(path.slice(path.lastIndexOf(sep) + 1))) return true;
  // The rules nearest to the file decide; an exception there takes back what one above says.
  for (let at = rules; at !== undefined; at = at.above) {
    const own = relative(at.folder, path).split(sep).join('/');
    const said = at.readings.map((reading) => reading.test(isFolder ? `${own}/` : own));
    if (said.some(({ ignored }) => ignored)) return true;
    if (said.every(({ unignored }) => unignored)) return false;
  }
  return false;
}
