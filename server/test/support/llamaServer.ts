// Starts a real llama.cpp server, where the tests' own Python environment has one.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const python = join(root, '.vscode-test/llama/bin/python');

/** Why there is no llama.cpp here; undefined where there is. */
export function llamaObstacle(): string | undefined {
  return existsSync(python) ? undefined : 'llama.cpp is not installed under .vscode-test/llama (npm test installs it)';
}

export interface LlamaServer {
  readonly url: string;
  /** Seconds of processor that it has used, on all cores; undefined where that cannot be seen. */
  processorSeconds(): Promise<number | undefined>;
  /** Whether any request is being computed. */
  isBusy(): Promise<boolean>;
  stop(): Promise<void>;
}

/** @param model a GGUF file; made, tiny and random, where it is not there */
export async function startLlamaServer(
  model: string,
  { slots = 4, context = 2048, threads = 1 } = {},
): Promise<LlamaServer> {
  const port = await freePort();
  const script = join(root, 'server/test/remote/llamaServer.py');
  const child = spawn(python, [script, model, ...[port, slots, context, threads].map(String)], { stdio: 'pipe' });
  let said = '';
  child.stderr.on('data', (data: Buffer) => (said = (said + data.toString()).slice(-4_000)));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const origin = `http://127.0.0.1:${port}`;
  const deadline = performance.now() + 120_000;
  for (;;) {
    const health = await fetch(`${origin}/health`).catch(() => undefined);
    if (health?.ok === true) break;
    if (child.exitCode !== null || performance.now() > deadline) throw new Error(`llama.cpp does not start: ${said}`);
    await delay(100);
  }
  return {
    url: `${origin}/v1`,
    async processorSeconds() {
      const fields = await readFile(`/proc/${child.pid}/stat`, 'utf8').catch(() => undefined);
      // Fields 14 and 15, in hundredths of a second; the second field, the name, may hold spaces.
      const [user, system] =
        fields
          ?.slice(fields.lastIndexOf(')') + 2)
          .split(' ')
          .slice(11, 13) ?? [];
      return user === undefined ? undefined : (Number(user) + Number(system)) / 100;
    },
    async isBusy() {
      const slotList = (await (await fetch(`${origin}/slots`)).json()) as { is_processing: boolean }[];
      return slotList.some(({ is_processing: isProcessing }) => isProcessing);
    },
    async stop() {
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), 3_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
