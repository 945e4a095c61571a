// Small conflicts after public bug reports of merge tools, answered by the ranker that ships: the first answer is what a
// person would want, white space included, and where nobody can know, nothing is certain.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { resolveText } from '../src/cli/merge/resolveText.js';
import { languageIdOf } from '../src/languages/index.js';
import { silentLogger } from '../src/common/logger.js';
import {
  applyResolutions,
  CERTAIN,
  createMergeResolver,
  createTrainedRanker,
  parseRankerDescription,
  withoutSpace,
} from '../src/merge/index.js';
import { openSmallGraph } from '../src/model/runtime/session.js';
import { openSyntax } from './support/openSyntax.js';

vi.setConfig({ testTimeout: 60_000 });

interface MergeCase {
  readonly kind: 'answer' | 'white space' | 'bytes';
  readonly name: string;
  readonly path: string;
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
  /** Any of these is right; null where nobody can know. */
  readonly want: readonly string[] | null;
}

const cases = readFileSync(join(import.meta.dirname, 'fixtures/cases/merge.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as MergeCase);

const folder = mkdtempSync(join(tmpdir(), 'lacuna-merge-cases-'));
const modelFolder = join(import.meta.dirname, '../../models/lacuna-merge');
const opened = new Map<string, ReturnType<typeof openSmallGraph>>();
const syntax = openSyntax();
const ranker = createTrainedRanker(
  parseRankerDescription(JSON.parse(readFileSync(join(modelFolder, 'model.json'), 'utf8'))),
  async (file, feeds) => {
    const graph = opened.get(file) ?? openSmallGraph(join(modelFolder, file));
    opened.set(file, graph);
    return (await graph).run(feeds);
  },
);
const resolver = createMergeResolver({ ranker, syntax, logger: silentLogger });
afterAll(async () => {
  for (const graph of opened.values()) await (await graph).release();
  rmSync(folder, { recursive: true });
});

/** What git makes of the three versions, with the base between the markers. */
function mergedByGit({ base, ours, theirs }: MergeCase): string {
  const files = Object.entries({ ours, base, theirs }).map(([name, text]) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  });
  try {
    return execFileSync('git', ['merge-file', '-p', '--diff3', ...files], { encoding: 'utf8' });
  } catch (error) {
    return (error as { readonly stdout: string }).stdout;
  }
}

async function answered(of: MergeCase) {
  const text = mergedByGit(of);
  const { answers } = await resolveText(
    { text, languageId: languageIdOf(of.path), path: of.path },
    resolver,
    { minimumConfidence: CERTAIN, readBase: () => Promise.resolve(of.base) },
    new AbortController().signal,
  );
  const firsts = answers.map(({ conflict, result }) => ({
    range: conflict.range,
    text: result.resolutions[0]?.text ?? '',
  }));
  return { text: applyResolutions(text, firsts), isCertain: answers.some(({ applied }) => applied !== undefined) };
}

test.each(cases.filter(({ kind, want }) => kind === 'answer' && want !== null))(
  'the first answer of $name is one that a person would give',
  async (of) => {
    const { text } = await answered(of);
    expect(of.want!.map(withoutSpace)).toContain(withoutSpace(text));
  },
);

test.each(cases.filter(({ want }) => want === null))('nothing of $name is certain', async (of) => {
  expect((await answered(of)).isCertain).toBe(false);
});

test.each(cases.filter(({ kind }) => kind === 'white space'))(
  'the first answer of $name has the white space that a side changed',
  async (of) => {
    expect(of.want).toContain((await answered(of)).text);
  },
);
