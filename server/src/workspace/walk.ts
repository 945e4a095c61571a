// The files of a folder, folder by folder, without what git ignores. Links are not followed.

import { lstat, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { existsSync } from 'node:fs';
import { namesBelow } from './below.js';
import { isIgnored, readIgnoreRules, type IgnoreRules } from './ignoreRules.js';

export async function* walk(root: string): AsyncGenerator<string> {
  const pending: { readonly folder: string; readonly above: IgnoreRules | undefined }[] = [
    { folder: root, above: await rulesAbove(root) },
  ];
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
  let rules = await rulesAbove(root);
  const below = namesBelow(root, file);
  let path = root;
  for (const [at, name] of below.entries()) {
    rules = await readIgnoreRules(path, rules);
    path = join(path, name);
    if (isIgnored(path, at < below.length - 1, rules) || (await isLink(path))) return false;
  }
  return true;
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
