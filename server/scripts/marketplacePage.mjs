// The page that a marketplace and the editor's list of extensions show, which is the package's README: docs/marketplace.md,
// with its links as they are at the root of the repository. From there vsce makes addresses of them, by `repository.url`
// of package.json.
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { root } from './prepare.mjs';

const page = 'docs/marketplace.md';

/** @returns {Promise<string>} */
export async function marketplacePage() {
  return atRoot(await readFile(join(root, page), 'utf8'), posix.dirname(page));
}

/**
 * @param {string} markdown with links that are relative to a folder
 * @param {string} folder
 */
export function atRoot(markdown, folder) {
  return markdown.replace(/\]\((?![a-z]+:|#)([^)\s]+)\)/g, (_, link) => `](${posix.join(folder, link)})`);
}
