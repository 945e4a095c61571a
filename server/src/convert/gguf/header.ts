// The header of a GGUF file: what it says of its model, and where its tensors lie. The kept parser for it,
// @huggingface/gguf, makes objects of everything before anybody can refuse it, cannot leave out the vocabulary, and brings
// its own way into the network along; the format itself is a list of names with values.

import { open, stat, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { words } from '../../common/words.js';
import { ConversionError } from '../conversionError.js';
import { readFrom, type FileReader } from './fileReader.js';
import { tensorTypes, type TensorType } from './tensorTypes.js';

export type MetadataValue = number | boolean | string | readonly MetadataValue[];

export interface TensorPlace {
  readonly name: string;
  /** The first dimension is that of a row. */
  readonly dimensions: readonly number[];
  readonly type: TensorType;
  /** Of its first byte in the file. */
  readonly offset: number;
  readonly bytes: number;
}

export interface GgufHeader {
  /** Arrays are left out where only the rest was asked for. */
  readonly metadata: ReadonlyMap<string, MetadataValue>;
  readonly tensors: ReadonlyMap<string, TensorPlace>;
  /** Of the file, in bytes. */
  readonly size: number;
}

/** More of these no model has; a damaged header may ask for any number. */
const MOST_TENSORS = 100_000;
const MOST_FIELDS = 10_000;
const LONGEST_NAME = 65_535;
const LONGEST_TEXT = 16_000_000;
const MOST_VALUES = 4_000_000;

/**
 * Reads a header, and checks that every tensor lies in the file.
 * @param arrays whether lists, such as the vocabulary, are wanted too
 * @throws ConversionError with one sentence
 */
export async function readHeader(file: string, { arrays }: { arrays: boolean }): Promise<GgufHeader> {
  const unreadable = (error: NodeJS.ErrnoException): never => {
    throw error.code === 'ENOENT'
      ? new ConversionError(words('{0} cannot be read: there is no such file.', file))
      : new ConversionError(words('{0} cannot be read ({1}).', file, error.code ?? error.message));
  };
  // Asked before it is opened: to open a pipe waits for whoever writes into it.
  const found = await stat(file).catch(unreadable);
  if (found.isDirectory()) throw new ConversionError(words('{0} is a folder, not a file.', file));
  if (!found.isFile()) throw new ConversionError(words('{0} is not a regular file.', file));
  const handle = await open(file).catch(unreadable);
  try {
    return await read(handle, (await handle.stat()).size, basename(file), arrays);
  } finally {
    await handle.close();
  }
}

async function read(handle: FileHandle, size: number, name: string, arrays: boolean): Promise<GgufHeader> {
  const reader = readFrom(handle, size, name);
  const damaged = (): ConversionError => new ConversionError(words('{0} is damaged: its header makes no sense.', name));
  const magic = size < 24 ? '' : Buffer.from(await reader.bytes(4)).toString('latin1');
  if (magic !== 'GGUF') throw new ConversionError(words('{0} is not a GGUF file.', name));
  const version = await reader.uint32();
  if (version !== 2 && version !== 3) {
    throw version === 0x03000000 || version === 0x02000000
      ? new ConversionError(words('{0} is a GGUF file for machines of another byte order.', name))
      : new ConversionError(words('{0} is a GGUF file of version {1}; versions 2 and 3 are read.', name, version));
  }
  const tensorCount = await reader.uint64();
  const fieldCount = await reader.uint64();
  if (tensorCount > MOST_TENSORS || fieldCount > MOST_FIELDS) throw damaged();

  const text = async (longest: number): Promise<string> => {
    const length = await reader.uint64();
    if (length > longest) throw damaged();
    return Buffer.from(await reader.bytes(length)).toString('utf8');
  };
  const metadata = new Map<string, MetadataValue>();
  for (let field = 0; field < fieldCount; field++) {
    const key = await text(LONGEST_NAME);
    const kind = await reader.uint32();
    const value =
      kind === ARRAY ? await readArray(reader, arrays, text, damaged) : await readValue(reader, kind, text, damaged);
    if (value !== undefined) metadata.set(key, value);
  }

  const places: (Omit<TensorPlace, 'offset'> & { readonly from: number })[] = [];
  for (let tensor = 0; tensor < tensorCount; tensor++) {
    const tensorName = await text(LONGEST_NAME);
    const dimensionCount = await reader.uint32();
    if (dimensionCount > 4) throw damaged();
    const dimensions: number[] = [];
    for (let i = 0; i < dimensionCount; i++) dimensions.push(await reader.uint64());
    const typeNumber = await reader.uint32();
    const from = await reader.uint64();
    const type = tensorTypes.get(typeNumber);
    if (type === undefined)
      throw new ConversionError(words('{0} holds a tensor of a kind that is not known ({1}).', name, typeNumber));
    const count = dimensions.reduce((product, dimension) => product * dimension, 1);
    const bytes = (count / type.block) * type.bytes;
    if ((dimensions[0] ?? 1) % type.block !== 0 || !(bytes <= size)) throw damaged();
    places.push({ name: tensorName, dimensions, type, bytes, from });
  }
  const alignment = metadata.get('general.alignment') ?? 32;
  if (typeof alignment !== 'number' || !(alignment > 0)) throw damaged();
  const start = Math.ceil(reader.position / alignment) * alignment;
  const tensors = new Map<string, TensorPlace>();
  for (const { from, ...place } of places) {
    const offset = start + from;
    if (offset + place.bytes > size)
      throw new ConversionError(words('{0} is cut off: its weights are not all there.', name));
    tensors.set(place.name, { ...place, offset });
  }
  return { metadata, tensors, size };
}

const STRING = 8;
const ARRAY = 9;
/** Bytes of the kinds of values, by their number; texts and lists have any length. */
const widths: readonly number[] = [1, 1, 2, 2, 4, 4, 4, 1, NaN, NaN, 8, 8, 8];

type ReadText = (longest: number) => Promise<string>;

async function readValue(
  reader: FileReader,
  kind: number,
  text: ReadText,
  damaged: () => ConversionError,
): Promise<number | boolean | string> {
  if (kind === STRING) return text(LONGEST_TEXT);
  const width = widths[kind];
  if (width === undefined || Number.isNaN(width)) throw damaged();
  return valueAt(view(await reader.bytes(width)), 0, kind);
}

/** A whole list at once; undefined where it was only skipped. */
async function readArray(
  reader: FileReader,
  isWanted: boolean,
  text: ReadText,
  damaged: () => ConversionError,
): Promise<readonly MetadataValue[] | undefined> {
  const kind = await reader.uint32();
  const count = await reader.uint64();
  if (count > MOST_VALUES) throw damaged();
  if (kind === STRING) {
    const values: string[] = [];
    for (let i = 0; i < count; i++) {
      if (isWanted) values.push(await text(LONGEST_TEXT));
      else reader.skip(await reader.uint64());
    }
    return isWanted ? values : undefined;
  }
  const width = widths[kind];
  if (width === undefined || Number.isNaN(width)) throw damaged();
  if (!isWanted) {
    reader.skip(count * width);
    return undefined;
  }
  const bytes = view(await reader.bytes(count * width));
  return Array.from({ length: count }, (_, i) => valueAt(bytes, i * width, kind));
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function valueAt(bytes: DataView, at: number, kind: number): number | boolean {
  switch (kind) {
    case 0:
      return bytes.getUint8(at);
    case 1:
      return bytes.getInt8(at);
    case 2:
      return bytes.getUint16(at, true);
    case 3:
      return bytes.getInt16(at, true);
    case 4:
      return bytes.getUint32(at, true);
    case 5:
      return bytes.getInt32(at, true);
    case 6:
      return bytes.getFloat32(at, true);
    case 7:
      return bytes.getUint8(at) !== 0;
    case 10:
      return Number(bytes.getBigUint64(at, true));
    case 11:
      return Number(bytes.getBigInt64(at, true));
    default:
      return bytes.getFloat64(at, true);
  }
}
