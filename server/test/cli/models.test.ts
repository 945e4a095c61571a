// `lacuna model` as a person calls it, on a folder of models of its own.

import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ggufHeader } from '../support/ggufHeader.js';
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

  const choice = join(base, 'models', '.chosen');
  await mkdir(choice);
  expect((await cli.run('model', 'use', 'other')).stderr).toBe(`${choice} is a folder, where a file belongs.\n`);
  expect(await readdir(join(base, 'models'))).toEqual(['.chosen', 'other']);
  await rm(choice, { recursive: true });
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
  // Whether the editor does it is known to the editor's settings alone.
  expect((await cli.run('doctor')).stdout).toMatch(
    /prompts .* prepare does it at once, .* where lacuna\.model\.prefill is on\n/,
  );
  const prepared = await cli.run('model', 'prepare', '--json');
  expect(prepared.stderr).toBe('');
  const { isUsed, isNew, folder } = JSON.parse(prepared.stdout) as Record<string, unknown>;
  expect(isNew).toBe(true);
  expect(String(folder)).toContain(join('models', '.prefill', 'other-'));
  expect(JSON.parse((await cli.run('model', 'prepare', 'other', '--json')).stdout)).toMatchObject({
    isUsed,
    isNew: false,
  });
  const { lines } = JSON.parse((await cli.run('doctor', '--json')).stdout) as {
    lines: { name: string; ok: boolean }[];
  };
  expect(lines).toContainEqual(expect.objectContaining({ name: 'prompts', ok: true }));
  expect((await cli.run('complete', `${file}:2:12`)).stderr).not.toMatch(/form|prompts/i);
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

it(
  'says that the chosen model is gone, where the one that ships is used in its place',
  { timeout: 60_000 },
  async () => {
    const folder = join(base, 'models', 'other');
    const gone = /^The chosen model other is gone, and lacuna-0\.5b is used in its place; [^\n]*\.\n/;
    await mkdir(folder, { recursive: true });
    await writeFile(join(base, 'models', '.chosen'), 'other\n');
    expect((await cli.run('model', 'list', '--json')).stderr).toMatch(gone);
    const file = join(base, 'a.py');
    await writeFile(file, 'a = \n');
    expect((await cli.run('complete', `${file}:1:5`)).stderr).toMatch(gone);
    expect((await cli.run('complete', `${file}:1:5`, '--model', folder)).stderr).not.toMatch(gone);
    expect((await cli.run('complete', `${file}:1:5`, '--server', 'http://127.0.0.1:1/v1')).stderr).not.toMatch(gone);
    const { stdout, stderr } = await cli.run('doctor', '--json');
    const { lines } = JSON.parse(stdout) as { lines: { name: string; value: string; ok: boolean }[] };
    expect(lines.find(({ name }) => name === 'choice')).toMatchObject({ ok: true });
    expect(`${lines.find(({ name }) => name === 'choice')!.value}\n`).toMatch(gone);
    expect(stderr).not.toMatch(gone);
    expect((await cli.run('model', 'remove', 'other')).status).toBe(0);
    expect((await cli.run('model', 'list', '--json')).stderr).toBe('');
  },
);

it('removes what is left of a damaged model, which no list shows, so that its name is free', async () => {
  await mkdir(join(base, 'models', 'half'), { recursive: true });
  await writeFile(join(base, 'models', 'half', 'model.json'), '{');
  await writeFile(join(base, 'models', 'notes'), 'mine');
  expect((await list()).models.map(({ name }) => name)).not.toContain('half');
  expect((await cli.run('model', 'remove', 'half')).status).toBe(0);
  expect((await cli.run('model', 'remove', 'notes')).status).toBe(2);
  expect(await readdir(join(base, 'models'))).not.toContain('half');
  await rm(join(base, 'models', 'notes'));
});

describe('the files of other programs', { timeout: 120_000 }, () => {
  const put = async (path: string, content: Buffer | string | object): Promise<void> => {
    await mkdir(dirname(join(base, path)), { recursive: true });
    const isText = typeof content === 'string' || Buffer.isBuffer(content);
    await writeFile(join(base, path), isText ? content : JSON.stringify(content));
  };
  const layer = (kind: string, digest: string): object => ({
    ...{ mediaType: `application/vnd.ollama.image.${kind}`, digest: `sha256:${digest.repeat(64)}`, size: 1 },
  });
  const library = 'ollama/manifests/registry.ollama.ai/library';
  const blob = (digest: string): string => `ollama/blobs/sha256-${digest.repeat(64)}`;
  let tinyBytes: Buffer;
  beforeAll(async () => {
    tinyBytes = await readFile(tiny);
  });
  afterEach(async () => {
    for (const name of ['ollama', 'hub', 'llama', '.lmstudio', 'elsewhere', '.lmstudio-home-pointer'])
      await rm(join(base, name), { recursive: true, force: true });
  });
  const found = async (): Promise<Record<string, string | null>> =>
    Object.fromEntries((await list()).found.map(({ name, program, why }) => [`${program}: ${name}`, why]));

  it('are found in Ollama under the names that it gives them', async () => {
    await put(blob('a'), tinyBytes);
    await put(blob('d'), Buffer.concat([tinyBytes, Buffer.alloc(32)]));
    await put(blob('e'), Buffer.concat([tinyBytes, Buffer.alloc(64)]));
    await put(`${library}/coder/0.5b`, { layers: [layer('template', 'b'), layer('model', 'a')] });
    await put('ollama/manifests/hf.co/someone/Tiny-GGUF/Q4_K_M', { layers: [layer('model', 'd')] });
    // A newer version links names to manifests among the blobs, and lists several forms of a model in one.
    await put(blob('1'), { layers: [layer('model', 'e')] });
    await put(blob('2'), {
      manifests: [{ runner: 'mlx', layers: [layer('tensor', 'b')] }, { digest: `sha256:${'1'.repeat(64)}` }],
    });
    await mkdir(join(base, 'ollama/manifests-v2/ollama.com/me/own'), { recursive: true });
    await symlink(join(base, blob('2')), join(base, 'ollama/manifests-v2/ollama.com/me/own/latest'));
    expect(await found()).toEqual({
      'Ollama: coder:0.5b': null,
      'Ollama: hf.co/someone/Tiny-GGUF:Q4_K_M': null,
      'Ollama: me/own:latest': null,
    });
    // The name in the list is enough.
    const added = await cli.run('model', 'add', 'coder:0.5b', '--json');
    expect(JSON.parse(added.stdout)).toMatchObject({ name: 'coder-0.5b' });
    const { source } = JSON.parse(await readFile(join(base, 'models/coder-0.5b/model.json'), 'utf8')) as {
      source: object;
    };
    expect(source).toMatchObject({ file: 'coder:0.5b' });
    await cli.run('model', 'remove', 'coder-0.5b');
  });

  it('of Ollama that cannot be used are there with the reason', async () => {
    await put(blob('a'), tinyBytes);
    await put(`${library}/tuned/1`, { layers: [layer('model', 'a'), layer('adapter', 'b')] });
    await put(`${library}/cloud/1`, { layers: [] });
    await put(`${library}/gone/1`, { layers: [layer('model', 'c')] });
    await put(`${library}/mlx/1`, { layers: [layer('tensor', 'b')] });
    await put(`${library}/broken/1`, '{');
    await put(`ollama/blobs/sha256-${'f'.repeat(64)}-partial`, tinyBytes.subarray(0, 5_000));
    await put(`ollama/blobs/sha256-${'f'.repeat(64)}-partial-0`, '{"N":0}');
    expect(await found()).toEqual({
      'Ollama: tuned:1': 'tuned:1 cannot be used: an adapter changes it, which is not read.',
      'Ollama: cloud:1': 'cloud:1 cannot be used: its weights are not on this machine.',
      'Ollama: gone:1': 'gone:1 cannot be used: its weights are not on this machine.',
      'Ollama: mlx:1': 'mlx:1 cannot be used: it is kept tensor by tensor, and not as a GGUF file.',
      'Ollama: broken:1': 'broken:1 cannot be used: its manifest cannot be read.',
      'Ollama: sha256-ffffffffffff': 'sha256-ffffffffffff is a download that is not finished.',
    });
    const refused = await cli.run('model', 'add', 'tuned:1');
    expect(refused).toMatchObject({
      status: 2,
      stderr: 'tuned:1 cannot be used: an adapter changes it, which is not read.\n',
    });
  });

  it('are found in LM Studio, where it was moved too, and in Hugging Face, each once', async () => {
    await put('elsewhere/home/settings.json', { downloadsFolder: join(base, 'elsewhere/models') });
    await put('.lmstudio-home-pointer', `${join(base, 'elsewhere/home')}\n`);
    await put('elsewhere/models/someone/a/a.gguf', Buffer.concat([tinyBytes, Buffer.alloc(32)]));
    await put('hub/models--someone--tiny/blobs/0123', tinyBytes);
    for (const snapshot of ['1', '2']) {
      await mkdir(join(base, 'hub/models--someone--tiny/snapshots', snapshot), { recursive: true });
      await symlink('../../blobs/0123', join(base, 'hub/models--someone--tiny/snapshots', snapshot, 'tiny.gguf'));
    }
    // A folder that is a link, and one that leads back to where it came from.
    await put('elsewhere/more/b.gguf', Buffer.concat([tinyBytes, Buffer.alloc(64)]));
    await mkdir(join(base, '.lmstudio/models'), { recursive: true });
    await symlink(join(base, 'elsewhere/more'), join(base, '.lmstudio/models/more'));
    await symlink('..', join(base, 'elsewhere/more/back'));
    expect(await found()).toEqual({
      'LM Studio: a.gguf': null,
      'LM Studio: b.gguf': null,
      'Hugging Face: tiny.gguf': null,
    });
  });

  it('are there with the reason where they hold something else, or not all of it', async () => {
    const qwen = { 'general.architecture': 'qwen2', 'general.type': 'model' };
    const files: [name: string, fields: Record<string, string | number>, reason: string][] = [
      [
        'part-00001-of-00003.gguf',
        { ...qwen, 'split.count': 3 },
        'it is one of several parts of a model, which llama-gguf-split --merge puts together',
      ],
      [
        'part-00002-of-00003.gguf',
        { 'split.no': 1, 'split.count': 3 },
        'it is one of several parts of a model, which llama-gguf-split --merge puts together',
      ],
      [
        'mmproj-f16.gguf',
        { 'general.architecture': 'clip', 'general.type': 'mmproj' },
        'it only reads pictures or sounds for another model',
      ],
      ['old-mmproj.gguf', { 'general.architecture': 'clip' }, 'it only reads pictures or sounds for another model'],
      ['lora.gguf', { ...qwen, 'general.type': 'adapter' }, 'it is an adapter, which only changes another model'],
      [
        'old-lora.gguf',
        { 'general.architecture': 'llama', 'adapter.type': 'lora' },
        'it is an adapter, which only changes another model',
      ],
      ['embed.gguf', { 'general.architecture': 'qwen3', 'qwen3.pooling_type': 3 }, 'it compares texts and writes none'],
      [
        'imatrix.gguf',
        { 'general.architecture': 'qwen2', 'general.type': 'imatrix' },
        'it holds no model but something that belongs to one',
      ],
      [
        'bert.gguf',
        { 'general.architecture': 'bert' },
        'its family, bert, is none of those that are read (qwen2, qwen3, llama, granite, starcoder2)',
      ],
    ];
    for (const [name, fields] of files) await put(`llama/${name}`, ggufHeader(fields));
    await put('llama/broken.gguf', 'GGUF?');
    await put('llama/a.gguf.part', tinyBytes.subarray(0, 500));
    await put('llama/b.gguf.downloadInProgress', '');
    await put('llama/c.gguf.etag', '"1"');
    await put('hub/models--someone--half/blobs/0123.9.incomplete', tinyBytes.subarray(0, 500));
    await put('hub/models--someone--half/blobs/4567.9.incomplete', '{"config": 1}');
    await symlink('nowhere', join(base, 'llama/gone.gguf'));
    expect(await found()).toEqual({
      ...Object.fromEntries(
        files.map(([name, , reason]) => [`llama.cpp: ${name}`, `${name} cannot be used: ${reason}.`]),
      ),
      'llama.cpp: broken.gguf': 'broken.gguf is not a GGUF file.',
      'llama.cpp: a.gguf.part': 'a.gguf.part is a download that is not finished.',
      'llama.cpp: b.gguf.downloadInProgress': 'b.gguf.downloadInProgress is a download that is not finished.',
      'llama.cpp: gone.gguf': 'gone.gguf is a link that leads nowhere.',
      'Hugging Face: someone/half': 'someone/half is a download that is not finished.',
    });
    const { stdout } = await cli.run('model', 'list');
    expect(stdout).toMatch(/broken\.gguf is not a GGUF file\./);
    expect(stdout).toMatch(/gone\.gguf {2}llama\.cpp, gone\.gguf is a link that leads nowhere\./);
    for (const [name, , reason] of files) {
      const { status, stderr } = await cli.run('model', 'add', join(base, 'llama', name));
      expect([status, stderr]).toEqual([2, `${name} cannot be used: ${reason}.\n`]);
    }
  });

  it('say where a folder cannot be read', async () => {
    await symlink('hub', join(base, 'hub'));
    expect((await list()).found).toEqual([
      expect.objectContaining({
        program: 'Hugging Face',
        fits: false,
        why: `${join(base, 'hub')} cannot be read (ELOOP).`,
      }),
    ]);
  });
});
