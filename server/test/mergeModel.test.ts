// The ranker of merges that ships: its columns are those of this version, its files are whole, and it knows the simplest
// things about conflicts.

import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { createTrainedRanker, type MergeInput, parseRankerDescription, poseProblem } from '../src/merge/index.js';
import { openSmallGraph } from '../src/model/runtime/session.js';

const folder = join(import.meta.dirname, '../../models/lacuna-merge');
const manifest = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')) as {
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
};
const description = parseRankerDescription(manifest);
const opened = new Map<string, ReturnType<typeof openSmallGraph>>();
const ranker = createTrainedRanker(description, async (file, feeds) => {
  const graph = opened.get(file) ?? openSmallGraph(join(folder, file));
  opened.set(file, graph);
  return (await graph).run(feeds);
});
afterAll(async () => {
  for (const graph of opened.values()) await (await graph).release();
});

async function answersTo(texts: Pick<MergeInput, 'base' | 'ours' | 'theirs'>) {
  const input = {
    ...texts,
    before: '',
    after: '',
    languageId: 'typescript',
    path: 'src/a.ts',
    others: [],
    siblings: [],
  };
  return ranker.rank(await poseProblem(input), new AbortController().signal);
}

test.each(Object.entries(manifest.files))('%s is the file that the manifest tells of', (file, expected) => {
  const bytes = readFileSync(join(folder, file));
  expect(bytes.length).toBe(expected.bytes);
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(expected.sha256);
});

describe('the ranker that ships', () => {
  test('prefers the side that has what the other added, and more', async () => {
    const [first] = await answersTo({
      base: '',
      ours: "import { a } from './a';\nimport { b } from './b';\nimport { c } from './c';\n",
      theirs: "import { a } from './a';\nimport { b } from './b';\n",
    });
    expect(first!.candidate.text).toContain("'./c'");
  });

  test('joins two edits of one line that do not touch each other', async () => {
    const [first] = await answersTo({
      base: 'const total = sum(first, second);\n',
      ours: 'const total = sum(first, second, third);\n',
      theirs: 'const total: number = sum(first, second);\n',
    });
    expect(first!.candidate.text).toBe('const total: number = sum(first, second, third);\n');
  });

  test('gives confidences that are a probability together, and attributes them', async () => {
    const ranked = await answersTo({ base: 'a();\n', ours: 'b();\n', theirs: 'c();\n' });
    const sum = ranked.reduce((total, { confidence }) => total + confidence, 0);
    expect(sum).toBeGreaterThan(0.5);
    expect(sum).toBeLessThanOrEqual(1);
    expect(ranked[0]!.attributions.length).toBeGreaterThan(1);
  });
});
