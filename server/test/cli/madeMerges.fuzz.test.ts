// Merges made of our own example programs: each side edits something else, so close to the other that git leaves a conflict.
// Structure settles nearly all of them, and what it settles is the text with both edits, to the byte. LACUNA_FUZZ says how
// many merges there are for each language, LACUNA_FUZZ_SEED which ones, and LACUNA_MADE_DATA names a folder of whole files
// (`files-LANG.jsonl.gz`) that are taken in place of the examples.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { languageIdOf } from '../../src/languages/index.js';
import { silentLogger } from '../../src/common/logger.js';
import { seededRandom } from '../../src/common/random.js';
import { readItems } from '../../src/measure/data.js';
import { createMergeResolver, createPriorRanker, parseConflicts } from '../../src/merge/index.js';
import { mergedFile } from '../../src/cli/eval/merge/evaluateMergedFile.js';
import { mergeWithBases } from '../../src/cli/merge/mergeThree.js';
import { resolveText } from '../../src/cli/merge/resolveText.js';
import { makeMerge, type MadeMerge } from '../support/madeMerges.js';
import { openSyntax } from '../support/openSyntax.js';

const merges = Number(process.env.LACUNA_FUZZ ?? 12);
const seed = Number(process.env.LACUNA_FUZZ_SEED ?? 3);
const data = process.env.LACUNA_MADE_DATA;
vi.setConfig({ testTimeout: 3_600_000 });

/** Of all made merges together; single languages of a few programs may fall below it. */
const LEAST_SETTLED = 0.9;

interface Program {
  readonly path: string;
  readonly text: string;
}

const examples = join(import.meta.dirname, '../../../examples');
const languages = [
  'typescript',
  'javascript',
  'python',
  'java',
  'csharp',
  'go',
  'rust',
  'cpp',
  'c',
  'php',
  'ruby',
  'kotlin',
];
const syntax = openSyntax();
const resolver = createMergeResolver({ ranker: createPriorRanker(), syntax, logger: silentLogger });
const { signal } = new AbortController();
const counts = { made: 0, settled: 0 };
afterAll(() => {
  if (data !== undefined) process.stdout.write(`${counts.settled} of ${counts.made} made merges are settled.\n`);
  expect(counts.made).toBeGreaterThan(0);
  expect(counts.settled / counts.made).toBeGreaterThan(LEAST_SETTLED);
});

it.each(languages)('%s: what structure settles is the text with both edits', async (languageId) => {
  const programs = await programsOf(languageId);
  if (programs.length === 0) return;
  const random = seededRandom(seed);
  let made = 0;
  for (let attempt = 0; made < merges && attempt < merges * 20; attempt++) {
    const program = programs[random.below(programs.length)]!;
    const tree = await syntax.parse(languageId, program.text);
    if (tree === undefined) continue;
    let merge: MadeMerge | undefined;
    try {
      merge = tree.countErrors() > 0 ? undefined : makeMerge(tree, random);
    } finally {
      tree.delete();
    }
    if (merge === undefined) continue;
    const marked = await markedByGit(merge);
    if (parseConflicts(marked).conflicts.length === 0) continue;
    made++;
    counts.made++;
    const document = { text: marked, languageId, path: program.path };
    const options = { minimumConfidence: 2, settles: true, readBase: () => Promise.resolve(undefined) };
    const { text, left } = await resolveText(document, resolver, options, signal);
    if (left > 0) continue;
    counts.settled++;
    expect(text, merge.edits).toBe(merge.merged);
  }
});

async function programsOf(languageId: string): Promise<readonly Program[]> {
  if (data !== undefined) {
    const file = join(data, `files-${languageId}.jsonl.gz`);
    if (!existsSync(file)) return [];
    const items = await readItems([file], mergedFile);
    return items
      .filter(({ base }) => base.length > 300 && base.length < 20_000)
      .map(({ path, base }) => ({ path, text: base }));
  }
  return readdirSync(examples, { recursive: true, encoding: 'utf8' })
    .filter((path) => languageIdOf(path) === languageId)
    .map((path) => ({ path, text: readFileSync(join(examples, path), 'utf8') }));
}

async function markedByGit(versions: MadeMerge): Promise<string> {
  const labels = { ours: 'ours', base: 'base', theirs: 'theirs' };
  const merged = await mergeWithBases(versions, { labels, folder: examples }, signal);
  if (merged.kind !== 'merged') throw new Error('git could not merge it.');
  return merged.content.toString('utf8');
}
