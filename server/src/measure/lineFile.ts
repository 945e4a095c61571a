// A file of lines of JSON that a run appends to: a run that was stopped goes on where it ended.

import { open, readFile, truncate } from 'node:fs/promises';

export interface LineFile {
  /** What earlier runs wrote, in order. */
  readonly earlier: readonly unknown[];
  append(values: readonly object[]): Promise<void>;
  close(): Promise<void>;
}

/** Opens or makes the file; a last line that was cut off is taken away. */
export async function openLineFile(path: string): Promise<LineFile> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) await truncate(path, Buffer.byteLength(whole));
  const file = await open(path, 'a');
  return {
    earlier: whole
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as unknown),
    async append(values) {
      await file.write(values.map((value) => `${JSON.stringify(value)}\n`).join(''));
    },
    close: () => file.close(),
  };
}
