// A disk that refuses: each step that writes fails once, with one of the errors that a disk gives. Whatever fails, there is one
// sentence, and nothing is left of the model, nor of a folder that was made for it.

import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { standardRecipe } from '../family/recipe.js';
import { convert } from './convert.js';
import { runJob } from './job.js';

/** Steps until the one that fails, and what it fails with. */
const disk = vi.hoisted(() => ({ steps: 0, failsAt: Infinity, code: '' }));

function step(what: string): void {
  if (++disk.steps !== disk.failsAt) return;
  throw Object.assign(new Error(`${disk.code}: the disk refuses, ${what}`), { code: disk.code, syscall: what });
}

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  return {
    ...real,
    async open(path: string, flags?: string) {
      const isWritten = flags !== undefined && flags !== 'r';
      if (isWritten) step('open');
      const handle = await real.open(path, flags);
      if (!isWritten) return handle;
      return new Proxy(handle, {
        get(of, name) {
          const value = Reflect.get(of, name) as unknown;
          if (typeof value !== 'function') return value;
          const call = value.bind(of) as (...args: unknown[]) => unknown;
          if (!['write', 'writeFile', 'truncate', 'sync'].includes(String(name))) return call;
          return async (...args: unknown[]) => {
            step(String(name));
            return await call(...args);
          };
        },
      });
    },
    async writeFile(...args: Parameters<typeof real.writeFile>) {
      step('write');
      await real.writeFile(...args);
    },
    async rename(...args: Parameters<typeof real.rename>) {
      step('rename');
      await real.rename(...args);
    },
    async mkdir(...args: Parameters<typeof real.mkdir>) {
      step('mkdir');
      return await real.mkdir(...args);
    },
  };
});
vi.mock('../../common/replaceFile.js', async (original) => {
  const real = await original<typeof import('../../common/replaceFile.js')>();
  return {
    ...real,
    async replaceFile(...args: Parameters<typeof real.replaceFile>) {
      step('write');
      await real.replaceFile(...args);
    },
  };
});

const file = fileURLToPath(new URL('../../../test/fixtures/gguf/tiny.gguf', import.meta.url));

let base: string;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'lacuna-full-'));
});
afterAll(() => rm(base, { recursive: true }));

async function attempt(folder: string, code: string, failsAt: number): Promise<string | undefined> {
  Object.assign(disk, { steps: 0, failsAt, code });
  try {
    await convert(
      { file, folder, name: 'tiny', recipe: standardRecipe },
      { parallel: 1, round: (job) => Promise.resolve(runJob(job)) },
      () => undefined,
      new AbortController().signal,
    );
    return undefined;
  } catch (error) {
    return (error as Error).message;
  } finally {
    disk.failsAt = Infinity;
  }
}

const refusals: readonly (readonly [string, RegExp])[] = [
  ['ENOSPC', /^The disk of \S+ is full\.$/],
  ['EDQUOT', /^The disk of \S+ is full\.$/],
  ['EROFS', /^\S+ cannot be written to\.$/],
  ['EIO', /^The disk of \S+ does not work as it should\.$/],
  ['EFBIG', /^\S+ cannot be written to \(EFBIG\)\.$/],
];

it('is said in one sentence and leaves nothing behind, whatever step fails', { timeout: 300_000 }, async () => {
  // Of two folders that are not there yet, neither stays; one that was there does.
  const outer = join(base, 'outer');
  const kept = join(base, 'kept');
  await mkdir(kept, { recursive: true });
  await writeFile(join(kept, 'other'), '');
  let at = 1;
  for (; ; at++) {
    const folder = at % 2 === 0 ? join(outer, 'models') : kept;
    const [code, sentence] = refusals[Math.floor(at / 2) % refusals.length]!;
    const said = await attempt(folder, code, at);
    if (said === undefined) {
      await rm(join(folder, 'tiny'), { recursive: true });
      break;
    }
    expect(said, `step ${at}`).toMatch(sentence);
    expect(await readdir(kept), `step ${at}`).toEqual(['other']);
    expect(await readdir(outer).catch(() => 'none'), `step ${at}`).toBe('none');
  }
  expect(at).toBeGreaterThan(20);
  await rm(outer, { recursive: true, force: true });
});
