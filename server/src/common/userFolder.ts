// Folders of the user's own. One that is empty or relative would be a place below wherever the program was started, which may
// be a folder of others, so it counts as none.

import { homedir, userInfo } from 'node:os';
import { isAbsolute } from 'node:path';

/** The home of the user; where the system knows none, a folder in which there is nothing. */
export function homeFolder(): string {
  for (const home of [homedir, () => userInfo().homedir]) {
    try {
      const found = home();
      if (isAbsolute(found)) return found;
    } catch {
      // Whoever has a number and no name, as in a container.
    }
  }
  return process.platform === 'win32' ? 'C:\\' : '/';
}

/** What a variable of the environment names. */
export function folderIn(variable: string): string | undefined {
  const folder = process.env[variable];
  return folder !== undefined && isAbsolute(folder) ? folder : undefined;
}
