import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLineFile } from './lineFile.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lines-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('goes on behind what was written whole, and takes away what was cut off', async () => {
  const path = join(folder, 'lines.jsonl');
  const first = await openLineFile(path, (value) => value);
  expect(first.earlier).toEqual([]);
  await first.append([{ id: 'ä' }, { id: 'b' }]);
  await first.close();
  await appendFile(path, '{"id":"cut o');
  const second = await openLineFile(path, (value) => value);
  expect(second.earlier).toEqual([{ id: 'ä' }, { id: 'b' }]);
  await second.append([{ id: 'c' }]);
  await second.close();
  expect(await readFile(path, 'utf8')).toBe('{"id":"ä"}\n{"id":"b"}\n{"id":"c"}\n');
});

it('leaves a file alone that holds something else', async () => {
  const path = join(folder, 'notes.txt');
  await writeFile(path, 'a note\nwithout an end');
  await expect(openLineFile(path, (value) => value)).rejects.toThrow();
  expect(await readFile(path, 'utf8')).toBe('a note\nwithout an end');
});
