// `lacuna model` as a person calls it, on a folder of models of its own.

import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildCli, type BuiltCli } from './builtCli.js';

const tiny = fileURLToPath(new URL('../fixtures/gguf/tiny.gguf', import.meta.url));

let cli: BuiltCli;
let base: string;
const before = { ...process.env };
beforeAll(async () => {
  cli = await buildCli();
  base = await mkdtemp(join(tmpdir(), 'lacuna-models-'));
  Object.assign(process.env, {
    ...{ LACUNA_MODELS: join(base, 'models'), HOME: base, OLLAMA_MODELS: join(base, 'ollama') },
    ...{ HF_HUB_CACHE: join(base, 'hub'), LLAMA_CACHE: join(base, 'llama'), XDG_CACHE_HOME: join(base, 'cache') },
  });
});
afterAll(async () => {
  process.env = before;
  cli.remove();
  await rm(base, { recursive: true });
});

const list = async () =>
  JSON.parse((await cli.run('model', 'list', '--json')).stdout) as {
    models: { name: string; used: boolean; calibrated: boolean }[];
    found: { name: string; program: string; fits: boolean; why: string | null }[];
  };

it('adds a model, uses it where none is named, and removes it', { timeout: 120_000 }, async () => {
  const added = await cli.run('model', 'add', tiny, '--name', 'other', '--json');
  expect(added.stderr).toBe('');
  expect(JSON.parse(added.stdout)).toMatchObject({ name: 'other', folder: join(base, 'models', 'other') });
  expect((await cli.run('model', 'add', tiny, '--name', 'other')).stderr).toMatch(
    /^There is a model named other already/,
  );
  expect((await list()).models).toEqual([expect.objectContaining({ name: 'other', used: false, calibrated: false })]);

  expect((await cli.run('model', 'use', 'other')).status).toBe(0);
  expect((await list()).models).toEqual([expect.objectContaining({ name: 'other', used: true })]);
  const file = join(base, 'a.py');
  await writeFile(file, 'def add(a, b):\n    return \n');
  for (const named of [[], ['--model', 'other'], ['--model', join(base, 'models', 'other')]]) {
    const completed = await cli.run('complete', `${file}:2:12`, '--json', ...named);
    // A random model writes what no filter lets pass; that it wrote is enough.
    const { timing, calibration } = JSON.parse(completed.stdout) as {
      timing: { tokens: number };
      calibration: unknown;
    };
    expect(timing.tokens).toBeGreaterThan(0);
    expect(calibration).toBeNull();
  }
  const withHoles = await cli.run('partial', `${file}:2:12`);
  expect(withHoles.status).toBe(2);
  expect(withHoles.stderr).toBe(
    'Holes of other were not measured; lacuna calibrate REPOSITORY --model other does it.\n',
  );
  // Two lines calibrate nothing, and the status says no; the model stays as it was.
  const items = ['a', 'b'].map((id) => ({
    ...{ id, repo: 'r', path: 'a.py', language: 'python', kind: 'line-start' },
    ...{ prefix: 'def add(a, b):\n', suffix: '\n', target_line: '    return a + b' },
  }));
  const data = join(base, 'items.jsonl');
  await writeFile(data, items.map((item) => `${JSON.stringify(item)}\n`).join(''));
  const calibrated = await cli.run('calibrate', data, '--json');
  expect(calibrated.status).toBe(1);
  expect(JSON.parse(calibrated.stdout)).toMatchObject({
    epsilonAchievable: 1,
    probability: { calibrated: false, lines: 2, right: 0, needed: 50, source: 'data' },
  });
  expect((await list()).models).toEqual([expect.objectContaining({ name: 'other', calibrated: false })]);
  expect((await readdir(join(base, 'models', 'other'))).filter((name) => /calibration|holes/.test(name))).toEqual([]);
  expect((await cli.run('doctor')).stdout).toMatch(
    /probability\s+not calibrated; lacuna calibrate --model other does it/,
  );

  expect((await cli.run('model', 'remove', 'other')).status).toBe(0);
  // What the doctor measured of the machine stays.
  expect(await readdir(join(base, 'models'))).toEqual(['.speed.json']);
  const missing = await cli.run('model', 'use', 'other');
  expect(missing.status).toBe(2);
  expect(missing.stderr).toMatch(/^There is no model named other; [^\n]*\.\n$/);
});

it('finds the files of other programs, and says of each whether it fits', { timeout: 120_000 }, async () => {
  const digest = 'a'.repeat(64);
  await mkdir(join(base, 'ollama/manifests/registry.ollama.ai/library/coder'), { recursive: true });
  await mkdir(join(base, 'ollama/blobs'), { recursive: true });
  await writeFile(
    join(base, 'ollama/manifests/registry.ollama.ai/library/coder/0.5b'),
    JSON.stringify({
      layers: [{ mediaType: 'application/vnd.ollama.image.model', digest: `sha256:${digest}`, size: 1 }],
    }),
  );
  await cp(tiny, join(base, `ollama/blobs/sha256-${digest}`));
  await mkdir(join(base, '.lmstudio/models/someone/broken'), { recursive: true });
  await writeFile(join(base, '.lmstudio/models/someone/broken/broken.gguf'), 'GGUF?');
  await mkdir(join(base, 'hub/models--someone--tiny/snapshots/1'), { recursive: true });
  await cp(tiny, join(base, 'hub/models--someone--tiny/snapshots/1/tiny.gguf'));
  expect((await list()).found).toEqual([
    expect.objectContaining({ name: 'coder:0.5b', program: 'Ollama', fits: true, why: null }),
    expect.objectContaining({ name: 'tiny.gguf', program: 'Hugging Face', fits: true }),
    expect.objectContaining({
      name: 'broken.gguf',
      program: 'LM Studio',
      fits: false,
      why: 'broken.gguf is not a GGUF file.',
    }),
  ]);
  expect((await cli.run('model', 'list')).stdout).toMatch(/broken\.gguf is not a GGUF file\./);
});
