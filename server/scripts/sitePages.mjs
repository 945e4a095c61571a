// What the site's pages may hold: links to what is no page lead to the repository, and nothing is loaded from another host.
import { posix } from 'node:path';

/**
 * Points relative links at files that the site does not have to the repository, and leaves out remarks on lines of their own.
 * @param {string} markdown
 * @param {string} folder of the page, within the repository
 * @param {string} repository its address
 * @param {(path: string) => boolean} isThere whether the site has a file of the repository
 */
export function towardsRepository(markdown, folder, repository, isThere) {
  const told = markdown.replace(/^<!--.*?-->$/gms, '');
  return told.replace(/\]\((?![a-z]+:|#)([^)#\s]+)(#[^)\s]*)?\)/g, (whole, target, heading = '') => {
    const path = posix.normalize(posix.join(folder, target));
    return isThere(path) ? whole : `](${repository}/blob/main/${path}${heading})`;
  });
}

/**
 * Addresses on other hosts that a page or style sheet loads by itself. A link that a reader follows is none.
 * @param {string} source
 * @returns {string[]}
 */
export function foreignLoads(source) {
  const address = String.raw`["']?\s*((?:https?:)?\/\/[^"'\s>)]+)`;
  const loads = [
    String.raw`<(?:script|img|iframe|source|video|audio|embed|object|use|image|input|track)\b[^>]*?\s(?:src|srcset|data|href|poster)\s*=\s*${address}`,
    String.raw`<link\b[^>]*?\shref\s*=\s*${address}`,
    String.raw`url\(\s*${address}`,
    String.raw`@import\s*${address}`,
  ];
  return loads.flatMap((load) => [...source.matchAll(new RegExp(load, 'gi'))].map(([, found]) => found));
}
