// The files below a folder, through links too, as far as somebody may look.

import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface FileBelow {
  readonly path: string;
  /** Its name, and the names of the folders above it, up to the one that was asked for. */
  readonly parts: readonly string[];
}

export interface FilesBelow {
  /** A link that leads nowhere is among them. */
  readonly files: readonly FileBelow[];
  /** Folders that are there and cannot be listed. */
  readonly closed: readonly { readonly path: string; readonly code: string }[];
}

/** Folders of models are not deeper. */
const DEPTH = 6;

/** A folder that is not there has no files. */
export async function filesBelow(folder: string): Promise<FilesBelow> {
  const files: FileBelow[] = [];
  const closed: { path: string; code: string }[] = [];
  const seen = new Set<string>();
  const list = async (path: string, parts: readonly string[]): Promise<void> => {
    let entries;
    try {
      // Links may lead back to where they came from.
      const real = await realpath(path);
      if (seen.has(real)) return;
      seen.add(real);
      entries = await readdir(path, { withFileTypes: true });
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT' && code !== 'ENOTDIR') closed.push({ path, code });
      return;
    }
    for (const entry of entries) {
      const below = { path: join(path, entry.name), parts: [...parts, entry.name] };
      const isFolder =
        entry.isDirectory() ||
        (entry.isSymbolicLink() && (await stat(below.path).catch(() => undefined))?.isDirectory() === true);
      if (!isFolder) files.push(below);
      else if (below.parts.length < DEPTH) await list(below.path, below.parts);
    }
  };
  await list(folder, []);
  return { files, closed };
}
