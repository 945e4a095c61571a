// In which folder a file lies, by their absolute paths. The root of a drive ends in a separator already; other folders end in
// none.

import { sep as ownSeparator } from 'node:path';

/** The deepest of the folders that hold a file. */
export function deepestHolder(
  file: string,
  folders: readonly string[],
  separator: string = ownSeparator,
): string | undefined {
  return folders.filter((folder) => file.startsWith(opened(folder, separator))).sort((a, b) => b.length - a.length)[0];
}

/** The names that lead from a folder to a file in it. */
export function namesBelow(folder: string, file: string, separator: string = ownSeparator): readonly string[] {
  return file.slice(opened(folder, separator).length).split(separator);
}

function opened(folder: string, separator: string): string {
  return folder.endsWith(separator) ? folder : folder + separator;
}
