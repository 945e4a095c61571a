// Writes a file so that it is always either the old one or the new one, whatever happens in between: write-file-atomic writes
// a file beside it, which a signal removes, and renames that. What the library leaves to others is here.

import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import writeFileAtomic from 'write-file-atomic';

/** Pauses before a file that another program holds open is tried again, in milliseconds. */
const PAUSES = [20, 100, 400, 1_000];
/** What Windows says of such a file; elsewhere these do not pass by themselves. */
const HELD = new Set(['EACCES', 'EBUSY', 'EPERM']);

/** The bit of a file's mode that lets its owner write. */
const OWNER_WRITES = 0o200;

/**
 * Writes a file, new or not. A link stays a link, and a file keeps its mode and, where we may give files away, its owner.
 * @param isLasting whether it must be on the disk, not only in the system's memory, before the old one goes
 * @param check throws where the file is to stay; it is called when the new content is on the disk, so that nothing that takes
 *   time comes between it and the change
 */
export async function replaceFile(
  file: string,
  content: Uint8Array | string,
  isLasting = true,
  check?: () => void,
): Promise<void> {
  await whileHeld(async () => {
    try {
      await write(file, content, { fsync: isLasting }, check);
    } catch (error) {
      // Whoever is root in a container alone may write a file of others, and cannot give it back to them.
      if ((error as NodeJS.ErrnoException).syscall !== 'chown') throw error;
      const [uid, gid] = [process.getuid!(), process.getgid!()];
      await write(file, content, { fsync: isLasting, chown: { uid, gid } }, check);
    }
  });
}

/** Virus scanners and indexers open new files for a moment, and Windows renames none that is open. */
export async function whileHeld(
  action: () => Promise<void>,
  platform: NodeJS.Platform = process.platform,
  pauses: readonly number[] = PAUSES,
): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await action();
    } catch (error) {
      const pause = pauses[tries];
      const isHeld = platform === 'win32' && HELD.has((error as NodeJS.ErrnoException).code ?? '');
      if (!isHeld || pause === undefined) throw error;
      await delay(pause);
    }
  }
}

async function write(
  file: string,
  content: Uint8Array | string,
  options: writeFileAtomic.Options,
  check: (() => void) | undefined,
): Promise<void> {
  // The library asks once to have the content written and takes what it gets: on a disk that is nearly full, a part, which
  // would replace the user's file. So it has nothing to write, and the content is written here, whole or with an error.
  const tmpfileCreated = (temporary: string): void => {
    // It has the mode of the file that it replaces, which the library sets again; this may forbid to open it.
    const { mode } = statSync(temporary);
    if ((mode & OWNER_WRITES) === 0) chmodSync(temporary, mode | OWNER_WRITES);
    writeFileSync(temporary, content, { flush: options.fsync === true });
    check?.();
  };
  await writeFileAtomic(file, '', { ...options, tmpfileCreated });
}
