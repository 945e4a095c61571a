// What befalls a program on a real machine: no memory, a client that vanishes, a clock that jumps, files that change under
// it. Nothing hangs, and what can be said is said in one sentence.

import { spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainClient } from '../support/plainClient.js';
import { start } from '../support/tracer.js';
import { type BuiltCli, buildCli } from './builtCli.js';

const tiny = fileURLToPath(new URL('../fixtures/tiny-model', import.meta.url));
const shipped = fileURLToPath(new URL('../../../models/lacuna-0.5b', import.meta.url));
let cli: BuiltCli;
let folder: string;
beforeAll(async () => {
  cli = await buildCli();
  folder = await mkdtemp(join(tmpdir(), 'lacuna-faults-'));
  await writeFile(join(folder, 'a.py'), 'def add(a, b):\n    return ');
});
afterAll(async () => {
  cli.remove();
  await rm(folder, { recursive: true });
});

/** In kB: enough for the runtime, mostly, and not for the model that ships. */
const TOO_LITTLE = 2_000_000;

/** A command with so many kB of address space; that of the runtime alone is about 1.9 million. */
const within = (kilobytes: number, ...command: string[]): string[] => [
  'bash',
  '-c',
  `ulimit -v ${kilobytes}; exec "$@"`,
  'bash',
  process.execPath,
  ...command,
];

describe.skipIf(process.platform !== 'linux' || process.arch !== 'x64')('without memory', { timeout: 120_000 }, () => {
  it('the command line says so in one sentence', async () => {
    const place = `${join(folder, 'a.py')}:2:12`;
    const { status, stderr } = await start(within(TOO_LITTLE, cli.file, 'complete', place, '--model', shipped));
    // Where the runtime itself can reserve nothing, it ends by itself, at once, and there is nobody to say anything.
    if (status !== 2) return expect(stderr).toMatch(/OOM|allocate|memory/i);
    // What native libraries print of it may stand in front.
    expect(stderr.trim().split('\n').at(-1)).toMatch(/^The model cannot be loaded, since the memory does not suffice/);
  });

  it('the language server says so, and goes on with what needs no model', async () => {
    const uri = pathToFileURL(join(folder, 'conflict.py')).href;
    let message = '';
    let hover = '';
    const { status } = await start(within(TOO_LITTLE, cli.file, 'serve', '--stdio'), async (streams) => {
      const client = await plainClient(streams, { model: { path: shipped } });
      const said = (): unknown => client.heard.find(({ method }) => method === 'window/showMessage')?.params;
      const deadline = performance.now() + 60_000;
      while (said() === undefined && performance.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      ({ message } = said() as { message: string });
      const text = '<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> branch\n';
      await client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'python', version: 1, text } });
      const answer = await client.request<{ contents: { value: string } }>('textDocument/hover', {
        textDocument: { uri },
        position: { line: 1, character: 0 },
      });
      hover = answer.contents.value;
      await client.end();
    });
    // As above: the runtime itself may have ended.
    if (status !== 0) return;
    expect(message).toMatch(/^Lacuna: The model cannot be loaded, since the memory does not suffice/);
    expect(hover).toContain('Lacuna');
  });
});

describe('a client that vanishes', { timeout: 60_000 }, () => {
  it('takes the server with it, so that a restarted editor finds none left over', async () => {
    const child = spawn(process.execPath, [cli.file, 'serve', '--stdio'], { stdio: 'pipe' });
    const ended = new Promise<number | null>((resolve) => child.once('close', (status) => resolve(status)));
    await plainClient(child, { model: { path: tiny }, threads: 1 });
    // As when the extension host is killed: no shutdown, no exit.
    child.stdin.destroy();
    child.stdout.destroy();
    expect(await ended).not.toBeUndefined();
  });
});

describe('files that change', { timeout: 60_000 }, () => {
  it('a model whose files are cut while it runs goes on with what it has read, or the server ends at once', async () => {
    const copy = join(folder, 'model');
    await cp(tiny, copy, { recursive: true });
    const child = spawn(process.execPath, [cli.file, 'serve', '--stdio'], { stdio: 'pipe' });
    const ended = new Promise<string>((resolve) =>
      child.once('close', (status, signal) => resolve(signal ?? String(status))),
    );
    const client = await plainClient(child, { model: { path: copy }, threads: 1, debounce: 0 });
    const uri = pathToFileURL(join(folder, 'a.py')).href;
    const text = 'def add(a, b):\n    return ';
    await client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'python', version: 1, text } });
    const ask = (): Promise<unknown> =>
      client.request('textDocument/inlineCompletion', {
        textDocument: { uri },
        position: { line: 1, character: 11 },
        context: { triggerKind: 1 },
      });
    const before = await ask();
    for (const name of await readdir(copy, { recursive: true })) {
      if (/\.(bin|onnx)$/.test(name)) await truncate(join(copy, name), 0);
    }
    // Weights are mapped into memory. Where the processor's kernels read them there instead of from a copy in their own
    // order, the system ends whoever reads what is gone; the editor starts the server again.
    const after = await Promise.race([ask().catch(() => undefined), ended]);
    if (typeof after === 'string' || after === undefined) return expect(await ended).toBe('SIGBUS');
    expect(after).toEqual(before);
    await client.end();
    expect(await ended).toBe('0');
  });
});

describe.skipIf(process.platform === 'win32')('a machine that sleeps', { timeout: 60_000 }, () => {
  it('goes on where it was: what was asked before is answered, and no worker is replaced', async () => {
    const child = spawn(process.execPath, [cli.file, 'serve', '--stdio'], { stdio: 'pipe' });
    const ended = new Promise<number | null>((resolve) => child.once('close', (status) => resolve(status)));
    const client = await plainClient(child, { model: { path: tiny }, threads: 1, debounce: 0 });
    const uri = pathToFileURL(join(folder, 'a.py')).href;
    const text = 'def add(a, b):\n    return ';
    await client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'python', version: 1, text } });
    const ask = (): Promise<unknown[]> =>
      client.request('textDocument/inlineCompletion', {
        textDocument: { uri },
        position: { line: 1, character: 11 },
        context: { triggerKind: 1 },
      });
    const asked = ask();
    // All threads stand still in the middle of it, as when the lid is closed.
    child.kill('SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    child.kill('SIGCONT');
    expect(Array.isArray(await asked)).toBe(true);
    expect(Array.isArray(await ask())).toBe(true);
    expect(JSON.stringify(client.heard)).not.toMatch(/started again|does not answer/);
    await client.end();
    expect(await ended).toBe(0);
  });
});

describe('a clock that jumps', { timeout: 60_000 }, () => {
  it('changes nothing: the server goes by a clock that only goes forward', async () => {
    // A clock that is an hour off at each look, back and forth.
    const jumping = join(folder, 'jumping.cjs');
    await writeFile(
      jumping,
      'let turn = 0; const now = Date.now; Date.now = () => now() + (turn++ % 2 ? 3.6e6 : -3.6e6);',
    );
    const uri = pathToFileURL(join(folder, 'a.py')).href;
    const answers: number[] = [];
    const { status } = await start([process.execPath, '-r', jumping, cli.file, 'serve', '--stdio'], async (streams) => {
      const client = await plainClient(streams, { model: { path: tiny }, threads: 1 });
      const text = 'def add(a, b):\n    return ';
      await client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'python', version: 1, text } });
      for (const triggerKind of [1, 2, 1]) {
        const items = await client.request<unknown[]>('textDocument/inlineCompletion', {
          textDocument: { uri },
          position: { line: 1, character: 11 },
          context: { triggerKind },
        });
        answers.push(items.length);
      }
      await client.end();
    });
    expect(status).toBe(0);
    expect(answers).toHaveLength(3);
  });
});
