import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockFolder } from './lock.js';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lacuna-lock-'));
  file = join(folder, 'a.lock');
});
afterEach(() => rm(folder, { recursive: true }));

it('is nobody else’s while somebody has it, and free again', async () => {
  const unlock = await lockFolder(file, 'a');
  await expect(lockFolder(file, 'a')).rejects.toThrow('The model a is being made already.');
  await unlock();
  await (
    await lockFolder(file, 'a')
  )();
});

it('is not taken from whoever has not written its name into it yet', async () => {
  await writeFile(file, '');
  await expect(lockFolder(file, 'a')).rejects.toThrow('The model a is being made already.');
});

it('is taken from whoever was killed', async () => {
  await writeFile(file, '');
  await utimes(file, 0, 0);
  await (
    await lockFolder(file, 'a')
  )();
  await writeFile(file, '999999999');
  await (
    await lockFolder(file, 'a')
  )();
});
