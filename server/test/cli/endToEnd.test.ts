// The built command line with a real, tiny, untrained model: what it says is nonsense, but every part takes part.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScriptedModelServer } from '../support/modelServer.js';
import { type BuiltCli, buildCli } from './builtCli.js';

const model = fileURLToPath(new URL('../fixtures/tiny-model', import.meta.url));
let cli: BuiltCli;
let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  cli = await buildCli();
  folder = await mkdtemp(join(tmpdir(), 'lacuna-end-'));
  await writeFile(at('a.py'), 'def add(a, b):\n    \n');
  const infill = { prompt: 'a = 1', suffix: 'c = 3', canonical_solution: 'b = 2', language: 'py' };
  const edit = {
    id: '1',
    repo: 'a/a',
    path: 'a.py',
    language: 'python',
    kind: 'mid-line',
    prefix: 'a = 1\nb =',
    suffix: '\nc = 3\n',
    target_line: ' 2',
  };
  await writeFile(at('infill.jsonl'), `${JSON.stringify(infill)}\n`.repeat(3));
  await writeFile(at('edits.jsonl'), `${JSON.stringify(edit)}\n`.repeat(3));
});
afterAll(async () => {
  cli.remove();
  await rm(folder, { recursive: true });
});

/** Runs a command with --json, and checks that standard output holds one object and nothing else. */
async function json(...args: string[]): Promise<{ status: number | null; result: Record<string, unknown> }> {
  const { status, stdout } = await cli.run(...args, '--json', '--model', model, '--threads', '1');
  expect(stdout).toMatch(/^\{.*\}\n$/);
  return { status, result: JSON.parse(stdout) as Record<string, unknown> };
}

describe('with a tiny model', () => {
  it('completes, or says why not', async () => {
    const { status, result } = await json('complete', `${at('a.py')}:2:5`, '-n', '3', '--lines', '1');
    expect(result).toMatchObject({
      suggestions: expect.any(Array) as unknown,
      timing: { promptMs: expect.any(Number) as unknown },
    });
    const suggestions = result['suggestions'] as Record<string, unknown>[];
    expect(status).toBe(suggestions.length > 0 ? 0 : 1);
    expect(typeof result['reason']).toBe(suggestions.length > 0 ? 'undefined' : 'string');
    for (const suggestion of suggestions) {
      expect(Object.keys(suggestion).sort()).toEqual(['probability', 'range', 'text', 'tokens']);
    }
  });

  it('evaluates infills', async () => {
    const { status, result } = await json('eval', 'infill', at('infill.jsonl'), '--limit', '2');
    expect(status).toBe(0);
    expect(result).toMatchObject({ n: 2, failed: 0, byLanguage: { py: { n: 2 } } });
    for (const key of ['exactFirstLine', 'exactRaw', 'promptMs', 'decodeMs']) expect(result[key]).toBeTypeOf('number');
    expect(Object.keys(result['msPerItem'] as object)).toEqual(['p50', 'p90']);
  });

  it('evaluates edits', async () => {
    const out = at('out.jsonl');
    const { status, result } = await json(
      'eval',
      'edits',
      at('edits.jsonl'),
      at('edits.jsonl'),
      '--out',
      out,
      '--compare',
      'off',
    );
    expect(status).toBe(0);
    expect(result).toMatchObject({
      n: 6,
      byLanguage: { python: { n: 6 } },
      byKind: { 'mid-line': { n: 6 } },
      byRepository: { 'a/a': { n: 6 } },
      stop: { threshold: { from: 'the calibration data' } },
      modes: { exact: { n: 6, same: 1 }, off: { n: 6, same: 1 } },
    });
    const keys = 'exactLine shown precisionShown ece layersPerToken draftedShare decodeMs promptMs msPerItem';
    for (const key of keys.split(' ')) expect(result).toHaveProperty(key);
  });

  it('goes on with a model server that was away for a moment, and says how it ended', async () => {
    const line = [' 2', '\n'];
    const server: ScriptedModelServer = await ScriptedModelServer.start({
      script: () => {
        // The second item's request, as often as it is made again.
        if (server.completions.length === 1) server.refuseWith = [500, 500, 500, 500];
        return line;
      },
    });
    const { status, stdout } = await cli.run('eval', 'edits', at('edits.jsonl'), '--server', server.url, '--json');
    await server.stop();
    expect(JSON.parse(stdout)).toMatchObject({ n: 3, exactLine: 1, failed: 0 });
    expect(status).toBe(0);
  });

  it('says in one sentence why a model server did not answer', async () => {
    const server = await ScriptedModelServer.start();
    server.sayInstead = 'hello';
    const { status, stderr } = await cli.run('complete', `${at('a.py')}:2:5`, '--server', server.url);
    await server.stop();
    expect(stderr).toMatch(/^The model could not answer: [^\n]* OpenAI-compatible [^\n]*\n$/);
    expect(status).toBe(2);
  });

  it('examines itself', async () => {
    const { result } = await json('doctor');
    const lines = result['lines'] as { name: string; ok: boolean }[];
    const names = [
      'lacuna',
      'node',
      'onnxruntime',
      'processor',
      'memory',
      'grammars',
      'model',
      'checksums',
      'prompts',
      'loading',
      'probability',
      'speed',
    ];
    expect(lines.map(({ name }) => name)).toEqual(names);
    expect(lines.filter(({ name }) => ['checksums', 'loading'].includes(name)).every(({ ok }) => ok)).toBe(true);
  });
});
