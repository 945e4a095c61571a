// The file behind a URI that a client names. Clients write the same file in several ways, and some name files of other
// machines and systems, which are none here.

import { fileURLToPath } from 'node:url';

/** The file that a document is of, which for a cell is its notebook's; the URI itself where there is none on this machine. */
export function fileBehind(uri: string): string {
  const notebook = /^vscode-notebook-cell:([^#?]*)/.exec(uri)?.[1];
  return fileOf(notebook === undefined ? uri : `file:${notebook}`) ?? uri;
}

/**
 * The absolute path, without a separator at its end unless it is a root, and with the letter of a drive in small letters, as
 * VS Code writes it (other clients write `C:`); undefined for what is no file of this system.
 */
export function fileOf(uri: string, windows = process.platform === 'win32'): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    const path = fileURLToPath(uri, { windows });
    const bare = path.replace(windows ? /(?<=[^:\\])\\$/ : /(?<=.)\/$/, '');
    return windows ? bare.replace(/^[A-Z](?=:)/, (letter) => letter.toLowerCase()) : bare;
  } catch {
    return undefined;
  }
}
