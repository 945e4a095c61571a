// With the model that ships, nothing is connected to anything: observed from outside, by a tracer of system calls and in
// a namespace without a network.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainClient } from '../support/plainClient.js';
import { namespaceObstacle, start, traced, tracerObstacle, type Talk } from '../support/tracer.js';
import { type BuiltCli, buildCli } from './builtCli.js';

const model = fileURLToPath(new URL('../fixtures/tiny-model', import.meta.url));
const text = 'def add(a, b):\n    return a\n\n\ndef multiply(a, b):\n    ';
const conflict = '<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> branch\n';
let cli: BuiltCli;
let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  cli = await buildCli();
  folder = await mkdtemp(join(tmpdir(), 'lacuna-network-'));
  await writeFile(at('a.py'), text);
  await writeFile(at('conflict.py'), conflict);
});
afterAll(async () => {
  cli.remove();
  await rm(folder, { recursive: true });
});

const withModel = ['--model', model, '--threads', '1'];
const commands = (): [name: string, command: string[]][] => [
  ['completes', ['complete', `${at('a.py')}:6:5`, ...withModel]],
  ['merges', ['merge', at('conflict.py')]],
  ['examines itself', ['doctor', ...withModel]],
];

/** An editor's session: a completion asked for by hand, the quick fixes of a conflict, a hover. */
async function session(streams: Talk): Promise<void> {
  const client = await plainClient(streams, { model: { path: model }, threads: 1, debounce: 0 });
  for (const [name, content] of [
    ['a.py', text],
    ['conflict.py', conflict],
  ] as const) {
    const uri = pathToFileURL(at(name)).href;
    await client.notify('textDocument/didOpen', {
      textDocument: { uri, languageId: 'python', version: 1, text: content },
    });
    const position = { line: name === 'a.py' ? 5 : 0, character: name === 'a.py' ? 4 : 2 };
    const place = { textDocument: { uri }, position };
    await client.request('textDocument/inlineCompletion', { ...place, context: { triggerKind: 1 } });
    await client.request('textDocument/hover', place);
    await client.request('textDocument/codeAction', {
      textDocument: { uri },
      range: { start: position, end: position },
      context: { diagnostics: [] },
    });
  }
  await client.end();
}

describe('under a tracer', () => {
  const obstacle = tracerObstacle();

  it('which does see connections', async ({ skip }) => {
    if (obstacle !== undefined) skip(obstacle);
    const script = "require('node:net').connect(9, '127.0.0.1').on('error', () => undefined)";
    const { network } = await traced([process.execPath, '-e', script]);
    expect(network.join('\n')).toMatch(/connect\(.*AF_INET/);
  });

  it('the command line makes no connection', async ({ skip }) => {
    if (obstacle !== undefined) skip(obstacle);
    for (const [name, command] of commands()) {
      const { network, status, stderr } = await traced([process.execPath, cli.file, ...command]);
      expect([0, 1], `${name}: ${stderr}`).toContain(status);
      expect(network, name).toEqual([]);
    }
  }, 60_000);

  it('the language server makes no connection', async ({ skip }) => {
    if (obstacle !== undefined) skip(obstacle);
    const { network, status } = await traced([process.execPath, cli.file, 'serve', '--stdio'], session);
    expect(status).toBe(0);
    expect(network).toEqual([]);
  }, 60_000);
});

describe('without a network', () => {
  const obstacle = namespaceObstacle();

  it('everything works as it does with one', async ({ skip }) => {
    if (obstacle !== undefined) skip(obstacle);
    for (const [name, command] of commands().slice(0, 2)) {
      const run = (before: string[]) => start([...before, process.execPath, cli.file, ...command, '--json']);
      const [without, normal] = [await run(['unshare', '-rn']), await run([])];
      expect(without.status, name).toBe(normal.status);
      expect(withoutTimes(without.stdout), name).toEqual(withoutTimes(normal.stdout));
    }
    const { status } = await start(['unshare', '-rn', process.execPath, cli.file, 'serve', '--stdio'], session);
    expect(status).toBe(0);
  }, 60_000);
});

function withoutTimes(output: string): unknown {
  return JSON.parse(output, (key, value: unknown) => (/Ms$|^timing$/.test(key) ? undefined : value));
}
