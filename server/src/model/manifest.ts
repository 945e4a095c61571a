// model.json: what a model folder holds. Everything that does not fit is said in one sentence that names the file.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod';
import { SaidError } from '../common/saidError.js';
import { words, type Words } from '../common/words.js';

/** The version of the folder format that this code reads. */
const FORMAT = 1;

const count = z.number().int().positive();
const offset = z.number().int().nonnegative();
export const fileName = z.string().regex(/^[\w.-]+$/, 'is not a plain file name');
const slice = z.object({ file: fileName, offset, bytes: count });

const manifestSchema = z.object({
  format: z.literal(FORMAT),
  name: z.string().min(1),
  version: z.string(),
  source: z.object({ repository: z.string(), revision: z.string(), file: z.string(), sha256: z.string() }).partial(),
  licence: z.string(),
  architecture: z.object({
    family: z.enum(['qwen2', 'qwen3', 'llama', 'granite', 'starcoder2']),
    layers: count,
    hidden: count,
    heads: count,
    kvHeads: count,
    headDim: count,
    vocabulary: count,
    ropeBase: z.number().positive(),
    /** What positions are divided by before they turn a pair of a head's numbers, for each pair; ones where nothing is said. */
    ropeDivisors: z.array(z.number().positive()).optional(),
    maximumPositions: count,
  }),
  segments: z.array(z.object({ file: fileName, from: offset, to: count })).min(1),
  head: z.array(z.object({ file: fileName, from: offset, to: count })).min(1),
  embedding: z
    .array(
      z.object({
        from: offset,
        to: count,
        bits: z.union([z.literal(4), z.literal(8)]),
        block: count,
        weights: slice,
        scales: slice.extend({ type: z.literal('float16') }),
        zeroPoints: slice.nullable(),
      }),
    )
    .min(1),
  tokenizer: fileName,
  prompt: z.object({
    order: z.enum(['suffix-first', 'prefix-first']),
    fimPrefix: z.string(),
    fimSuffix: z.string(),
    fimMiddle: z.string(),
    /** Stands before the path of a file; a comment does where a family has no such token. */
    fileSeparator: z.string().optional(),
    /** Stands before everything. */
    begin: z.string().optional(),
    endOfText: z.string(),
    stop: z.array(z.string()),
  }),
  files: z.record(fileName, z.object({ bytes: count, sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type ListedFile = Manifest['files'][string];
export type EmbeddingPart = Manifest['embedding'][number];

/** A model folder that cannot be used; the message is one sentence for the user. */
export class ModelFolderError extends SaidError {
  override readonly name = 'ModelFolderError';
}

/**
 * Reads and checks model.json: format, shapes that must fit each other, presence and size of every file.
 * @throws ModelFolderError
 */
export async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, 'model.json');
  const text = await readFile(path, 'utf8').catch(() => {
    throw new ModelFolderError(words('The model folder {0} has no readable model.json.', folder));
  });
  const manifest = parseManifest(text, path);
  for (const [file, expected] of Object.entries(manifest.files)) {
    const found = await stat(join(folder, file)).catch(() => undefined);
    if (found === undefined) throw new ModelFolderError(words('The model file {0} is missing.', join(folder, file)));
    if (found.size !== expected.bytes) {
      throw new ModelFolderError(
        words(
          'The model file {0} has {1} bytes instead of {2}: it is cut or of another version.',
          join(folder, file),
          found.size,
          expected.bytes,
        ),
      );
    }
  }
  return manifest;
}

/** Parses the text of a model.json and checks that its parts fit each other. */
export function parseManifest(text: string, path: string): Manifest {
  const json = parseJson(text, path);
  const format = (json as { format?: unknown } | null)?.format;
  if (typeof format === 'number' && format !== FORMAT) {
    throw new ModelFolderError(
      words('{0} has format {1}, but this version of Lacuna reads format {2}.', path, format, FORMAT),
    );
  }
  const manifest = fitTo(manifestSchema, json, path);
  const misfit = findMisfit(manifest);
  if (misfit !== undefined) throw new ModelFolderError(words('{0} does not fit: {1}.', path, misfit));
  return manifest;
}

/** @throws ModelFolderError */
export function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ModelFolderError(words('{0} is not valid JSON.', path));
  }
}

/** @throws ModelFolderError with the first of the schema's complaints, in words for whoever looks into the file */
export function fitTo<T>(schema: z.ZodType<T>, json: unknown, path: string): T {
  const { data, error } = schema.safeParse(json);
  if (error === undefined) return data;
  const [issue] = error.issues;
  const place = issue?.path.join('.') ?? '';
  const complaint = issue?.message.replace('received undefined', 'but there is nothing') ?? 'invalid';
  throw new ModelFolderError(
    words('{0} does not fit: {1}.', path, place === '' ? complaint : `"${place}": ${complaint}`),
  );
}

/**
 * Compares every file with its SHA-256.
 * @throws ModelFolderError naming the first file that differs.
 */
export async function verifyChecksums(folder: string, manifest: Manifest): Promise<void> {
  for (const [file, expected] of Object.entries(manifest.files))
    await verifyFile(join(folder, file), expected, 'model.json');
}

/**
 * Compares a file with what a list of the folder's files says of it.
 * @throws ModelFolderError
 */
export async function verifyFile(path: string, expected: ListedFile, list: string): Promise<void> {
  const hash = createHash('sha256');
  const stream = createReadStream(path, { highWaterMark: 1 << 20 });
  await pipeline(stream, hash).catch(({ code }: NodeJS.ErrnoException) => {
    throw new ModelFolderError(
      code === 'ENOENT'
        ? words('The model file {0} is missing.', path)
        : words('The model file {0} cannot be read.', path),
    );
  });
  if (stream.bytesRead !== expected.bytes || hash.digest('hex') !== expected.sha256)
    throw new ModelFolderError(words('The model file {0} is damaged: its SHA-256 is not the one in {1}.', path, list));
}

function findMisfit(manifest: Manifest): Words | undefined {
  const { architecture: a, files } = manifest;
  const chain = (name: Words, parts: readonly { from: number; to: number }[], end: number): Words | undefined => {
    let at = 0;
    for (const part of parts) {
      if (part.from !== at || part.to <= part.from)
        return words('the {0} do not follow one another at {1}', name, part.from);
      at = part.to;
    }
    return at === end ? undefined : words('the {0} end at {1} instead of {2}', name, at, end);
  };
  if (a.ropeDivisors !== undefined && a.ropeDivisors.length !== a.headDim / 2)
    return words('{0} divisors of positions do not fit heads of {1}', a.ropeDivisors.length, a.headDim);
  if (a.heads % a.kvHeads !== 0) return words('{0} heads cannot share {1} key/value heads', a.heads, a.kvHeads);
  for (const part of manifest.embedding) {
    const rows = part.to - part.from;
    const blocks = Math.ceil(a.hidden / part.block);
    const rowBytes = (blocks * part.block * part.bits) / 8;
    if (part.weights.bytes !== rows * rowBytes)
      return words('the embedding has {0} bytes instead of {1}', part.weights.bytes, rows * rowBytes);
    if (part.scales.bytes !== rows * blocks * 2) return words("the embedding's scales have the wrong size");
  }
  const named = [
    ...manifest.segments.map((segment) => segment.file),
    ...manifest.head.map((head) => head.file),
    ...manifest.embedding.flatMap((part) => [part.weights.file, part.scales.file]),
    manifest.tokenizer,
  ];
  const unlisted = named.find((file) => !(file in files));
  return (
    chain(words('segments'), manifest.segments, a.layers) ??
    chain(words('head parts'), manifest.head, a.vocabulary) ??
    chain(words('embedding parts'), manifest.embedding, a.vocabulary) ??
    (unlisted === undefined ? undefined : words('"{0}" is not listed under "files"', unlisted))
  );
}
