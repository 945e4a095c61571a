// Which files of the workspace a text imports, by their names: enough to look at them first, without knowing how each
// language resolves an import.

import { basename, dirname, extname, join, sep } from 'node:path';

const QUOTED = /(?:from|import|require\(|export\b[^'"\n]*from)\s*\(?\s*['"]([^'"\n]+)['"]/g;
const DOTTED = /^\s*(?:from\s+([\w.]+)\s+import|import\s+(?:static\s+)?([\w.]+)|using\s+(?:static\s+)?([\w.]+)\s*;)/gm;
const GO = /^\s*(?:\w+\s+)?"([\w./-]+)"\s*$/gm;

/** Most imports of one file that are followed. */
const MOST = 40;

/**
 * @param file absolute path of the importing file
 * @param files absolute paths of the workspace
 * @returns those of them that an import seems to name, in the order of the imports
 */
export function importedFiles(text: string, file: string, files: Iterable<string>): readonly string[] {
  const wanted = importedNames(text).slice(0, MOST);
  if (wanted.length === 0) return [];
  const found = wanted.map((): string[] => []);
  const relativeTo = dirname(file);
  const exact = wanted.map((name) => (name.startsWith('.') && name.includes('/') ? join(relativeTo, name) : undefined));
  const tails = wanted.map((name) => name.split(/[./\\]+/).filter((part) => part !== ''));
  for (const other of files) {
    if (other === file) continue;
    const bare = other.slice(0, other.length - extname(other).length);
    const parts = bare.split(sep);
    for (const [i, tail] of tails.entries()) {
      const target = exact[i];
      const isIt =
        target === undefined
          ? endsWith(parts, tail)
          : bare === target || other === target || bare === join(target, 'index') || bare === bareOf(target);
      if (isIt) found[i]!.push(other);
    }
  }
  // A name that many files share says nothing.
  return [...new Set(found.filter((some) => some.length <= 3).flat())];
}

function importedNames(text: string): readonly string[] {
  const names: string[] = [];
  for (const pattern of [QUOTED, DOTTED, GO]) {
    for (const match of text.matchAll(pattern)) {
      const name = match.slice(1).find((group) => group !== undefined);
      if (name !== undefined) names.push(name);
    }
  }
  return names;
}

/** Whether a path ends as a module's name does; names of one part need a file of that very name. */
function endsWith(parts: readonly string[], tail: readonly string[]): boolean {
  const most = Math.min(2, tail.length);
  const end = tail.slice(-most);
  if (end.length === 0) return false;
  const at = parts.slice(-most);
  return at.length === end.length && at.every((part, i) => part === end[i]);
}

function bareOf(path: string): string {
  const name = basename(path);
  return path.slice(0, path.length - (name.includes('.') ? extname(name).length : 0));
}
