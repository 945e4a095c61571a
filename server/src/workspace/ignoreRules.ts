// What git ignores: the .gitignore of a folder and of those above it, each for what lies below itself.

import ignore, { type Ignore } from 'ignore';
import { readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

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

/** Rules of a folder, with those of the folders above it. */
export interface IgnoreRules {
  readonly folder: string;
  readonly rules: Ignore | undefined;
  readonly above: IgnoreRules | undefined;
}

/** Reads the rules of a folder; a file that cannot be read has none. */
export async function readIgnoreRules(folder: string, above: IgnoreRules | undefined): Promise<IgnoreRules> {
  const text = await readFile(join(folder, '.gitignore'), 'utf8').catch(() => '');
  return { folder, rules: text === '' ? undefined : ignore().add(text), above };
}

/** @param path absolute, inside the folder of the rules */
export function isIgnored(path: string, isFolder: boolean, rules: IgnoreRules): boolean {
  if (isFolder && ALWAYS.includes(path.slice(path.lastIndexOf(sep) + 1))) return true;
  // The rules nearest to the file decide; an exception there takes back what one above says.
  for (let at: IgnoreRules | undefined = rules; at !== undefined; at = at.above) {
    if (at.rules === undefined) continue;
    const own = relative(at.folder, path).split(sep).join('/');
    const { ignored, unignored } = at.rules.test(isFolder ? `${own}/` : own);
    if (ignored) return true;
    if (unignored) return false;
  }
  return false;
}
