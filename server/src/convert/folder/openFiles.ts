// The files of weights while they are written.

import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

/** Files that are written at several places, opened when they are first needed. */
export class OpenFiles {
  private readonly handles = new Map<string, Promise<FileHandle>>();

  constructor(
    private readonly folder: string,
    private readonly sizes: ReadonlyMap<string, number>,
  ) {}

  async write(file: string, bytes: Uint8Array, position: number): Promise<void> {
    const handle = await this.handle(file);
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
      done += bytesWritten;
    }
  }

  /** Gives the file its size, and waits until it is on the disk. */
  async finish(file: string): Promise<void> {
    const handle = await this.handle(file);
    await handle.truncate(this.sizes.get(file));
    await handle.sync();
    this.handles.delete(file);
    await handle.close();
  }

  async close(): Promise<void> {
    const handles = [...this.handles.values()];
    this.handles.clear();
    for (const handle of handles) await (await handle.catch(() => undefined))?.close();
  }

  private handle(file: string): Promise<FileHandle> {
    const known = this.handles.get(file) ?? openForWriting(join(this.folder, file));
    this.handles.set(file, known);
    return known;
  }
}

/** What is there already stays. */
async function openForWriting(path: string): Promise<FileHandle> {
  return open(path, 'r+').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return open(path, 'w+');
  });
}
