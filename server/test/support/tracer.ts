// Runs a program and tells which sockets it opened towards a network, by strace, where that is installed and allowed.

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TracedRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** System calls that make or use a socket of the internet's families, as strace writes them. */
  readonly network: readonly string[];
}

/** Why programs cannot be traced here; undefined where they can. */
export function tracerObstacle(): string | undefined {
  if (process.platform !== 'linux') return 'strace traces programs on Linux only';
  const { error, status } = spawnSync('strace', ['-f', '-e', 'trace=connect', '-o', '/dev/null', 'true']);
  if (error !== undefined) return 'strace is not installed';
  return status === 0 ? undefined : 'strace may not trace here';
}

/** Why a program cannot be given a network of its own, with nothing in it; undefined where it can. */
export function namespaceObstacle(): string | undefined {
  const { error, status } = spawnSync('unshare', ['-rn', 'true']);
  return error === undefined && status === 0 ? undefined : 'unshare may not make a network namespace here';
}

export async function traced(command: readonly string[], talk?: (child: Talk) => Promise<void>): Promise<TracedRun> {
  const folder = mkdtempSync(join(tmpdir(), 'lacuna-trace-'));
  const file = join(folder, 'trace');
  try {
    const run = await start(['strace', '-f', '--seccomp-bpf', '-e', 'trace=%network', '-o', file, ...command], talk);
    const network = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => /AF_INET|sin_addr|sin6_addr/.test(line));
    return { ...run, network };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The streams of a program that is talked to. */
export interface Talk {
  readonly stdin: NodeJS.WritableStream;
  readonly stdout: NodeJS.ReadableStream;
}

export function start(
  [program, ...args]: readonly string[],
  talk?: (child: Talk) => Promise<void>,
): Promise<Omit<TracedRun, 'network'>> {
  return new Promise((resolve, reject) => {
    const child = spawn(program!, args, { stdio: 'pipe' });
    let stdout = '';
    let stderr = '';
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, stdout, stderr }));
    if (talk === undefined) {
      child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
      child.stdin.end();
      return;
    }
    talk(child).then(
      () => child.stdin.end(),
      (error: unknown) => {
        child.kill();
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}
