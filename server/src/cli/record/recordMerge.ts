// `record-merge`: what the ranker sees of each hunk, with the answer, for training it (models/build/merge). Training reads
// nothing else, so that it cannot differ from what is computed when a conflict is answered. Not listed in --help: it is
// of use to those alone who make the model.

import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { Command } from 'commander';
import { groupBy } from '../../common/groupBy.js';
import {
  encodeConflict,
  featureColumns,
  featureTable,
  poseProblem,
  SEQUENCE_LENGTH,
  SEQUENCES,
  sideRelationColumns,
  sideRelationOf,
  withoutSpace,
} from '../../merge/index.js';
import { readItems } from '../../measure/data.js';
import { evaluateAll } from '../eval/evaluate.js';
import { measuringSyntax } from '../../setup/measuringSyntax.js';
import { type MergeCase, mergeCases, mergeHunk } from '../eval/merge/mergeData.js';
import { wholeNumber } from '../terminal/options.js';

interface RecordOptions {
  readonly out: string;
  readonly perRepository: number;
  readonly thin?: true;
  readonly skip: number;
  readonly languages?: readonly string[];
}

export function recordMergeCommand(): Command {
  return new Command('record-merge')
    .description('Features, encodings and answers of merge hunks, for training.')
    .argument('<data...>', 'data files: .jsonl, .jsonl.gz or .jsonl.xz')
    .requiredOption('--out <folder>', 'where the records are written')
    .option('--per-repository <number>', 'take so many hunks of a repository', wholeNumber(1), 1000)
    .option('--thin', 'leave out weak hunks, and every other hunk of merges that took a whole file')
    .option(
      '--languages <names>',
      "record hunks of these alone, by VS Code's identifiers; the others are siblings",
      (names: string) => names.split(','),
    )
    .option('--skip <number>', 'leave out so many, which an earlier recording has', wholeNumber(0), 0)
    .action((files: string[], options: RecordOptions) => recordMerge(files, options));
}

async function recordMerge(
  files: readonly string[],
  { out, perRepository, thin, skip, languages }: RecordOptions,
): Promise<void> {
  const all = mergeCases(await readItems(files, mergeHunk)).filter(
    ({ hunk }) => languages === undefined || languages.includes(hunk.language),
  );
  const chosen = takeInTurn([...groupBy(all, ({ hunk }) => hunk.repo).values()], perRepository);
  const cases = (thin === true ? thinOut(chosen) : chosen).slice(skip);
  await mkdir(out, { recursive: true });
  const layout = {
    sequences: SEQUENCES,
    sequenceLength: SEQUENCE_LENGTH,
    columns: featureColumns,
    sides: sideRelationColumns,
  };
  await writeFile(join(out, 'layout.json'), `${JSON.stringify(layout, undefined, 1)}\n`);
  await recordSides(all, out);
  const streams = ['hunks.jsonl', 'features.f32', 'tokens.i32', 'edits.u8'].map((name) =>
    createWriteStream(join(out, name)),
  );
  const [hunks, features, tokens, edits] = streams as [WriteStream, WriteStream, WriteStream, WriteStream];
  const syntax = measuringSyntax();
  await evaluateAll(cases, async (of: MergeCase, signal) => {
    const problem = await poseProblem(of.input, syntax, signal);
    const encoded = encodeConflict(of.input);
    await write(hunks, `${JSON.stringify(describe(of, problem.candidates))}\n`);
    await write(features, bytesOf(featureTable(problem)));
    await write(tokens, bytesOf(encoded.tokens));
    await write(edits, Uint8Array.from(encoded.edits));
  });
  for (const stream of streams) {
    stream.end();
    await once(stream, 'finish');
  }
  syntax.dispose();
}

/** The sides of every hunk of the data: what a hunk that is left out tells of others of its merge is not lost. */
async function recordSides(all: readonly MergeCase[], out: string): Promise<void> {
  const [hunks, sides] = ['sides.jsonl', 'sides.f32'].map((name) => createWriteStream(join(out, name))) as [
    WriteStream,
    WriteStream,
  ];
  for (const { hunk, input } of all) {
    const { id, repo, commit } = hunk;
    const answer = withoutSpace(hunk.resolution);
    const right = [hunk.ours, hunk.theirs].map((side) => withoutSpace(side) === answer);
    await write(hunks, `${JSON.stringify({ id, repo, commit, weak: Boolean(hunk.weak), right })}\n`);
    await write(sides, bytesOf(Float32Array.from(sideRelationOf(input))));
  }
  for (const stream of [hunks, sides]) {
    stream.end();
    await once(stream, 'finish');
  }
}

/**
 * So many hunks of each repository, whichever their identifiers' order brings first, the repositories in turn: a recording
 * that is interrupted is a smaller one of the same kind.
 */
function takeInTurn(repositories: readonly (readonly MergeCase[])[], most: number): MergeCase[] {
  const mixed = repositories.map((of) =>
    [...of].sort((left, right) => (left.hunk.id < right.hunk.id ? -1 : 1)).slice(0, most),
  );
  const longest = Math.max(...mixed.map((of) => of.length));
  return Array.from({ length: longest }, (_, turn) => mixed.flatMap((of) => of.slice(turn, turn + 1))).flat();
}

/** Merges that took a whole file say little about a hunk, and weak hunks may have another answer. */
function thinOut(cases: readonly MergeCase[]): MergeCase[] {
  let wholeFiles = 0;
  return cases.filter(({ hunk }) => hunk.weak !== true && (!hunk.whole_file || wholeFiles++ % 2 === 0));
}

function describe({ hunk }: MergeCase, candidates: readonly { readonly text: string }[]) {
  const { id, repo, language, line_label: label, whole_file: wholeFile, weak, hunks } = hunk;
  const answer = withoutSpace(hunk.resolution);
  const right = candidates.flatMap(({ text }, index) => (withoutSpace(text) === answer ? [index] : []));
  const lines = Math.max(...[hunk.ours, hunk.base, hunk.theirs].map((text) => text.split('\n').length - 1));
  return {
    id,
    repo,
    language,
    label,
    wholeFile: Boolean(wholeFile),
    weak: Boolean(weak),
    hunks,
    lines,
    candidates: candidates.length,
    right,
  };
}

async function write(stream: WriteStream, chunk: string | Uint8Array): Promise<void> {
  if (!stream.write(chunk)) await once(stream, 'drain');
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
