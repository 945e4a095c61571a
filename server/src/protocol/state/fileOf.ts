// The file behind a URI that a client names. Clients write the same file in several ways, and some name files of other
// machines and systems, which are none here.

import { fileURLToPath } from 'node:url';

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
