// Nobody makes a model of one name twice at the same time: the file beside its folder names the process that does.

import { open, readFile, rm, stat } from 'node:fs/promises';
import { words } from '../../common/words.js';
import { ConversionError } from '../conversionError.js';

/** Whoever has just made the file has not written into it yet; milliseconds. */
const WRITING = 2_000;

/**
 * @returns the function that ends it
 * @throws ConversionError where somebody else is at it
 */
export async function lockFolder(file: string, name: string): Promise<() => Promise<void>> {
  for (let tries = 0; ; tries++) {
    try {
      await take(file);
      return () => rm(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = await readFile(file, 'utf8').catch(() => '');
      if (tries > 0 || isAlive(Number(holder)) || (holder === '' && (await isNew(file))))
        throw new ConversionError(words('The model {0} is being made already.', name));
      await rm(file, { force: true });
    }
  }
}

/** On a full disk the file is made and stays empty, so it goes again. */
async function take(file: string): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(String(process.pid));
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

async function isNew(file: string): Promise<boolean> {
  const made = (await stat(file).catch(() => undefined))?.mtimeMs;
  return made !== undefined && Date.now() - made < WRITING;
}

/** Whoever was killed left its file behind. This very process holds what another of its threads took. */
function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
