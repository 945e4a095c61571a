// A model whose graphs were made before they gave back new rows alone: it writes what it wrote, bit for bit.

import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { decodeModel, encodeModel } from '../src/convert/graphs/onnxSchema.js';
import { loadEngine } from '../src/model/generation/engine.js';
import type { Continuation } from '../src/model/index.js';

const modelFolder = fileURLToPath(new URL('fixtures/tiny-model', import.meta.url));
const sum = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex');

interface Named {
  readonly name: string;
  readonly opType?: string;
}
interface Decoded {
  readonly graph: { readonly node: Named[]; readonly input: Named[]; readonly output: Named[] };
}

/** The whole caches are the results, as they were. */
function older(graph: Uint8Array): Uint8Array {
  const model = decodeModel(graph) as Decoded;
  const { node, input, output } = model.graph;
  return encodeModel({
    ...model,
    graph: {
      ...model.graph,
      node: node.filter(({ opType }) => opType !== 'Gather'),
      input: input.filter(({ name }) => name !== 'slots'),
      output: output.map((one) => ({ ...one, name: one.name.replace('new_', 'present_') })),
    },
  });
}

async function write(folder: string): Promise<readonly Continuation[]> {
  const engine = await loadEngine(folder, 1);
  const prompt = { key: 'a', path: 'a.py', prefix: 'def add(a, b):\n    return', suffix: '\n' };
  const request = {
    prompt,
    maximumTokens: 8,
    maximumMs: 10_000,
    maximumLines: 1,
    alternatives: 2,
    exits: 'off' as const,
  };
  try {
    const { continuations, branches } = await engine.generate({ ...request, branches: { count: 3 } }, () => false);
    return [...continuations, ...(branches ?? [])];
  } finally {
    await engine.release();
  }
}

it('older graphs write what those of today write', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lacuna-older-'));
  try {
    await cp(modelFolder, folder, { recursive: true });
    const manifest = await readFile(join(folder, 'model.json'), 'utf8');
    const { segments, files } = JSON.parse(manifest) as {
      segments: { file: string }[];
      files: Record<string, { bytes: number; sha256: string }>;
    };
    for (const { file } of segments) {
      const graph = older(await readFile(join(folder, file)));
      expect(graph.length).not.toBe(files[file]!.bytes);
      await writeFile(join(folder, file), graph);
      files[file] = { bytes: graph.length, sha256: sum(graph) };
    }
    const changed = JSON.stringify({ ...(JSON.parse(manifest) as object), files });
    await writeFile(join(folder, 'model.json'), changed);
    const exits = join(folder, 'exits', 'exits.json');
    await writeFile(exits, (await readFile(exits, 'utf8')).replace(sum(manifest), sum(changed)));
    const written = await write(folder);
    expect(written.length).toBeGreaterThan(2);
    expect(written).toEqual(await write(modelFolder));
  } finally {
    await rm(folder, { recursive: true });
  }
});
