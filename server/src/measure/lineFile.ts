// A file of lines of JSON that a run appends to: a run that was stopped goes on where it ended.

import { open, readFile, truncate } from 'node:fs/promises';

export interface LineFile<Line> {
  /** What earlier runs wrote, in order. */
  readonly earlier: readonly Line[];
  append(values: readonly object[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens or makes the file; a last line that was cut off is taken away.
 * @param read takes a line's value for what it is; where it throws, the file stays as it was
 */
export async function openLineFile<Line>(path: string, read: (value: unknown) => Line): Promise<LineFile<Line>> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const earlier = whole
    .split('\n')
    .slice(0, -1)
    .map((line) => read(JSON.parse(line)));
  if (whole.length < text.length) await truncate(path, Buffer.byteLength(whole));
  const file = await open(path, 'a');
  return {
    earlier,
    async append(values) {
      await file.write(values.map((value) => `${JSON.stringify(value)}\n`).join(''));
    },
    close: () => file.close(),
  };
}
