// What a disk refuses, in one sentence for the user: a full one, one that is read only, one that does not work.

import { words, type Words } from './words.js';

/** Undefined where the error is none of a file system's. */
export function diskErrorWords(error: unknown, place: string): Words | undefined {
  const { code, path, dest } = error as NodeJS.ErrnoException & { readonly dest?: string };
  if (!(error instanceof Error) || typeof code !== 'string') return undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') return words('The disk of {0} is full.', place);
  if (REFUSED.has(code)) return words('{0} cannot be written to.', place);
  if (code === 'EIO') return words('The disk of {0} does not work as it should.', place);
  if (code.endsWith('EISDIR')) return words('{0} is a folder, where a file belongs.', dest ?? path ?? place);
  return 'syscall' in error ? words('{0} cannot be written to ({1}).', place, code) : undefined;
}

// A folder that cannot be made below one that is read only is said not to exist.
const REFUSED = new Set(['ENOENT', 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST']);
