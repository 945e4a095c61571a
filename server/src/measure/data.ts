// Data files: one JSON object a line, plain or packed with gzip or xz. A line that does not fit ends the command before
// anything long has begun, with the file and the line in the sentence.

import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import xz from 'xz-decompress';
import type { z } from 'zod';
import { InputError } from '../common/inputError.js';

/**
 * Reads the items of several files, in the order given; empty lines are skipped.
 * @throws InputError
 */
export async function readItems<T>(files: readonly string[], schema: z.ZodType<T>): Promise<T[]> {
  const items: T[] = [];
  for (const file of files) {
    const lines = (await readText(file)).split('\n');
    for (const [index, line] of lines.entries()) {
      if (line.trim() !== '') items.push(parseLine(line, schema, `${file}, line ${index + 1}`));
    }
  }
  if (items.length === 0) throw new InputError(`There are no items in ${files.join(', ')}.`);
  return items;
}

/**
 * Reads what was recorded of items, each with its item; records of other items are left out.
 * @throws InputError
 */
export async function readWithItems<Item extends { readonly id: string }, Recorded extends { readonly id: string }, T>(
  files: readonly string[],
  schema: z.ZodType<Recorded>,
  items: readonly Item[],
  joined: (item: Item, recorded: Recorded) => T,
): Promise<readonly T[]> {
  const byId = new Map(items.map((item) => [item.id, item]));
  return (await readItems(files, schema)).flatMap((recorded) => {
    const item = byId.get(recorded.id);
    return item === undefined ? [] : [joined(item, recorded)];
  });
}

async function readText(file: string): Promise<string> {
  try {
    return new TextDecoder().decode(await unpack(file));
  } catch (error) {
    const { code, syscall, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new InputError(`${file} cannot be read: there is no such file.`);
    if (code === 'EISDIR') throw new InputError(`${file} is a folder, not a file.`);
    // What the unpackers say, nobody understands.
    const packer = syscall === undefined ? /\.(gz|xz)$/.exec(file)?.[1] : undefined;
    const why = packer === undefined ? message.replace(/\.$/, '') : `it is no ${packer} file, or not all of one`;
    throw new InputError(`${file} cannot be read: ${why}.`);
  }
}

async function unpack(file: string): Promise<Uint8Array> {
  if (file.endsWith('.xz')) {
    const packed = Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>;
    return new Uint8Array(await new Response(new xz.XzReadableStream(packed)).arrayBuffer());
  }
  const bytes = await readFile(file);
  return file.endsWith('.gz') ? promisify(gunzip)(bytes) : bytes;
}

function parseLine<T>(line: string, schema: z.ZodType<T>, place: string): T {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    throw new InputError(`${place}: this is not valid JSON.`);
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.join('.') ?? '';
  throw new InputError(`${place}: ${field === '' ? '' : `"${field}": `}${issue?.message ?? 'this item does not fit'}.`);
}
