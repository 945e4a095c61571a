// When a thread counts as stuck; and threads that block outside of JavaScript, where nothing can end them, in a program of
// their own.

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { watchThread } from './stuckThread.js';

describe('the watch', () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  /** Ticks of a second, each of which the clock sees as so long. @returns after how many ticks the thread counted as stuck */
  function ticksUntilStuck(limitMs: number, tickMs: readonly number[]): number | undefined {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    let stuckAt: number | undefined;
    let ticks = 0;
    watchThread(limitMs, () => (stuckAt = ticks));
    for (const ms of tickMs) {
      now += ms;
      ticks++;
      vi.advanceTimersByTime(1_000);
    }
    return stuckAt;
  }

  it('counts the time in which this thread runs', () => {
    expect(ticksUntilStuck(5_000, [1_000, 1_000, 1_000, 1_000, 1_000, 1_000])).toBe(5);
  });

  it('counts no hour that the machine slept', () => {
    expect(ticksUntilStuck(5_000, [1_000, 3_600_000, 1_000])).toBeUndefined();
    expect(ticksUntilStuck(5_000, [1_000, 3_600_000, 1_000, 1_000])).toBe(4);
  });
});

describe.skipIf(process.platform === 'win32')('a thread that blocks in the native part', { timeout: 30_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'lacuna-stuck-'));
  const program = join(folder, 'program.cjs');
  const pipe = join(folder, 'pipe');

  beforeAll(() => {
    // Nobody ever writes into the pipe, so that opening it to read takes for ever.
    spawnSync('mkfifo', [pipe]);
    const contents = `
      import { Worker } from 'node:worker_threads';
      import { abandonThread, watchThread } from './stuckThread.js';
      const code = 'require("node:fs").openSync(process.argv[2])';
      const worker = new Worker(code, { eval: true, argv: [process.argv[2]] });
      watchThread(100, () => {
        if (process.argv[3] === 'abandon') abandonThread(worker);
        console.log('noticed');
        process.exit(3);
      });`;
    const stdin = { contents, resolveDir: import.meta.dirname };
    buildSync({ stdin, outfile: program, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** How the program ended; undefined where it did not within five seconds. */
  function ended(how: string): Promise<{ said: string; end: string | undefined }> {
    const child = spawn(process.execPath, [program, pipe, how], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (data: Buffer) => (said += data.toString()));
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        resolve({ said, end: undefined });
        child.kill('SIGKILL');
      }, 5_000);
      child.once('close', (status, signal) => {
        clearTimeout(timer);
        resolve({ said, end: signal ?? String(status) });
      });
    });
  }

  it('is noticed, and does not keep the program from ending once it is abandoned', async () => {
    expect(await ended('abandon')).toEqual({ said: 'noticed\n', end: 'SIGKILL' });
  });

  it('would keep it from ending otherwise', async () => {
    expect(await ended('nothing')).toEqual({ said: 'noticed\n', end: undefined });
  });
});
