// The files of a folder, folder by folder, without what git ignores. Links are not followed.

import { lstat, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { existsSync } from 'node:fs';
import { namesBelow } from './below.js';
import { isIgnored, readIgnoreRules, type IgnoreRules } from './ignoreRules.js';

/** @param start a folder in it whose files alone are met; what is no folder has none */
export async function* walk(root: string, start: string = root): AsyncGenerator<string> {
  const first = await wayTo(root, start, true);
  const pending: { readonly folder: string; readonly above: IgnoreRules | undefined }[] =
    first === undefined ? [] : [{ folder: start, above: first.rules }];
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    const { folder, above } = next;
    const rules = await readIgnoreRules(folder, above);
    // A folder that cannot be read, or is gone by now, holds nothing for us.
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (isIgnored(path, entry.isDirectory(), rules)) continue;
      if (entry.isDirectory()) pending.push({ folder: path, above: rules });
      else if (entry.isFile()) yield path;
    }
  }
}

/** Whether a file would be met on a walk of a folder, or will be once it is written. */
export async function isWalked(root: string, file: string): Promise<boolean> {
  return (await wayTo(root, file, false)) !== undefined;
}

/** The rules for what is in the folder of a file or folder; undefined where a walk does not come to it. */
async function wayTo(
  root: string,
  target: string,
  isFolder: boolean,
): Promise<{ readonly rules: IgnoreRules | undefined } | undefined> {
  let rules = await rulesAbove(root);
  const below = target === root ? [] : namesBelow(root, target);
  let path = root;
  for (const [at, name] of below.entries()) {
    rules = await readIgnoreRules(path, rules);
    path = join(path, name);
    if (isIgnored(path, isFolder || at < below.length - 1, rules) || (await isLink(path))) return undefined;
  }
  return { rules };
}

async function isLink(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined))?.isSymbolicLink() === true;
}

/** The rules of the folders above, up to the repository's root. */
async function rulesAbove(folder: string): Promise<IgnoreRules | undefined> {
  const folders: string[] = [];
  for (let at = folder; !existsSync(join(at, '.git'));) {
    const up = dirname(at);
    // Outside a repository the rules above do not count.
    if (up === at) return undefined;
    folders.unshift((at = up));
  }
  let rules: IgnoreRules | undefined;
  for (const one of folders) rules = await readIgnoreRules(one, rules);
  return rules;
}
