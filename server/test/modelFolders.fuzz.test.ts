// Model folders that are cut, changed, emptied or nonsense: each is refused in one sentence, or works; nothing crashes or
// hangs. LACUNA_FUZZ says how many folders there are; the number of a folder is its seed.

import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startModel, type LanguageModel, type ModelState } from '../src/model/index.js';
import { buildCli, type BuiltCli } from './cli/builtCli.js';
import { seededRandom, type Random } from '../src/common/random.js';
import { inEnglish } from '../src/common/words.js';

const folders = Number(process.env['LACUNA_FUZZ'] ?? 30);
const tiny = fileURLToPath(new URL('fixtures/tiny-model', import.meta.url));
const silent = { trace: () => {}, debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const PATIENCE = 60_000;

let cli: BuiltCli;
let workerFile: string;
let base: string;
beforeAll(async () => {
  cli = await buildCli();
  workerFile = join(cli.file, '../worker.cjs');
  base = await mkdtemp(join(tmpdir(), 'lacuna-models-'));
});
afterAll(async () => {
  cli.remove();
  await rm(base, { recursive: true });
});

/** Does one or two bad things to a folder. @returns what, for the message of a failure */
async function damage(folder: string, below: Random['below']): Promise<string> {
  const names = (await readdir(folder, { recursive: true })).sort();
  const done: string[] = [];
  for (let times = 1 + below(2); times > 0; times--) {
    const name = names[below(names.length)]!;
    const file = join(folder, name);
    const found = await stat(file).catch(() => undefined);
    if (found?.isFile() !== true) continue;
    const ways: readonly (readonly [string, () => Promise<unknown>])[] = [
      ['removed', () => rm(file)],
      ['emptied', () => writeFile(file, '')],
      ['cut', () => truncate(file, below(found.size + 1))],
      ['changed', async () => writeFile(file, changed(await readFile(file), below))],
      ['made nonsense', () => writeFile(file, Buffer.from(Array.from({ length: 200 }, () => below(256))))],
      ['made a folder', () => rm(file).then(() => mkdir(file))],
      [
        'replaced',
        async () =>
          writeFile(
            file,
            await readFile(
              join(
                tiny,
                names.find((other) => /onnx$/.test(other))!,
              ),
            ),
          ),
      ],
      [
        'given another number',
        async () => writeFile(file, otherNumber(await readFile(file, 'latin1'), below), 'latin1'),
      ],
    ];
    const [what, act] = ways[below(ways.length)]!;
    await act();
    done.push(`${name} ${what}`);
  }
  return done.join(', ');
}

function changed(bytes: Buffer, below: Random['below']): Buffer {
  for (let times = 1 + below(8); times > 0 && bytes.length > 0; times--) bytes[below(bytes.length)] = below(256);
  return bytes;
}

function otherNumber(text: string, below: Random['below']): string {
  const numbers = [...text.slice(0, 20_000).matchAll(/-?\d+(\.\d+)?/g)];
  const found = numbers[below(Math.max(1, numbers.length))];
  if (found === undefined) return text;
  const others = ['0', '-1', '1e99', '4294967296', 'null', '"x"', '[]'];
  return text.slice(0, found.index) + others[below(others.length)]! + text.slice(found.index + found[0].length);
}

const request = {
  prompt: { key: 'a', path: 'a.py', prefix: 'def add(a, b):\n    return', suffix: '\n' },
  alternatives: 1,
  maximumLines: 1,
  maximumTokens: 6,
  maximumMs: 5_000,
};

/** What comes of a folder: a sentence, or an answer. */
async function outcomeOf(model: LanguageModel): Promise<string> {
  const died = new Promise<string>((resolve) => {
    model.onStateChange((state: ModelState) => {
      if (state.kind === 'restarting') resolve(inEnglish(state.reason));
    });
  });
  const answered = model
    .ready()
    .then(() => model.generate(request, new AbortController().signal))
    .then(
      ({ continuations }) => (continuations.length > 0 ? 'answered' : 'answered nothing'),
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
  return Promise.race([answered, died, delay(PATIENCE, 'hung', { ref: false })]);
}

describe('a damaged model folder', () => {
  it('is refused in one sentence, or works', async () => {
    const outcomes: Record<string, number> = {};
    for (let seed = 0; seed < folders; seed++) {
      const folder = join(base, String(seed));
      await cp(tiny, folder, { recursive: true });
      const what = await damage(folder, seededRandom(seed).below);
      const model = startModel({ folder, workerFile, threads: 1, logger: silent });
      const outcome = await outcomeOf(model);
      await model.dispose();
      await rm(folder, { recursive: true });
      expect(outcome, `folder ${seed}: ${what}`).not.toBe('hung');
      expect(outcome, `folder ${seed}: ${what}`).not.toMatch(/\n|undefined|\[object|Cannot read propert/);
      const kind = outcome === 'answered' ? outcome : 'refused';
      outcomes[kind] = (outcomes[kind] ?? 0) + 1;
    }
    expect(outcomes['refused']).toBeGreaterThan(0);
  }, 3_600_000);

  it(
    'that was in order when it was loaded may change while it runs: what is loaded goes on',
    { timeout: 60_000 },
    async () => {
      const folder = join(base, 'running');
      await cp(tiny, folder, { recursive: true });
      const model = startModel({ folder, workerFile, threads: 1, logger: silent });
      expect(await outcomeOf(model)).toBe('answered');
      const { continuations } = await model.generate(request, new AbortController().signal);
      // As an update does: the old files go, others come.
      for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
      await writeFile(join(folder, 'model.json'), '{');
      const again = await model.generate(request, new AbortController().signal);
      expect(again.continuations[0]!.text).toBe(continuations[0]!.text);
      await model.dispose();
      const next = startModel({ folder, workerFile, threads: 1, logger: silent });
      await expect(next.ready()).rejects.toThrow(/model\.json is not valid JSON\.$/);
      await next.dispose();
    },
  );
});
