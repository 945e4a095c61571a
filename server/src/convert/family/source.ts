// The tensors of a GGUF file, by the names that its families share; each is checked against the model's sizes before anything
// is written.

import type { FileHandle } from 'node:fs/promises';
import { words, type Words } from '../../common/words.js';
import { ConversionError } from '../conversionError.js';
import { dequantisers } from '../gguf/dequantise.js';
import type { GgufHeader, TensorPlace } from '../gguf/header.js';
import type { Shape } from './shape.js';

export interface Source {
  readonly shape: Shape;
  has(name: string): boolean;
  /** A matrix of so many rows of so many numbers. @throws ConversionError */
  matrix(name: string, columns: number, rows: number): TensorPlace;
  /** The numbers of a small tensor. @throws ConversionError */
  vector(name: string, size: number): Promise<Float32Array>;
  /** The numbers of some rows of a matrix. */
  rows(tensor: TensorPlace, start: number, end: number): Promise<Float32Array>;
}

/** @param name what the file is called in sentences */
export function openSource({ tensors }: GgufHeader, shape: Shape, handle: FileHandle, name: string): Source {
  const refuse = (reason: Words): ConversionError =>
    new ConversionError(words('{0} cannot be used: {1}.', name, reason));
  const find = (tensor: string, dimensions: readonly number[]): TensorPlace => {
    const place = tensors.get(tensor);
    if (place === undefined) throw refuse(words('it has no tensor {0}', tensor));
    const size = place.dimensions.filter((dimension, i) => i === 0 || dimension !== 1);
    if (size.length !== dimensions.length || size.some((dimension, i) => dimension !== dimensions[i])) {
      const [found, wanted] = [place.dimensions.join(' x '), dimensions.join(' x ')];
      throw refuse(words('its tensor {0} is {1} instead of {2}', tensor, found, wanted));
    }
    if (dequantisers[place.type.name] === undefined)
      throw refuse(words('its tensor {0} has the form {1}, which is not read', tensor, place.type.name));
    return place;
  };
  const rows = async (tensor: TensorPlace, start: number, end: number): Promise<Float32Array> => {
    const columns = tensor.dimensions[0]!;
    const out = new Float32Array((end - start) * columns);
    dequantisers[tensor.type.name]!(
      await readRows(handle, tensor, start, end, name),
      out.length / tensor.type.block,
      out,
    );
    return out;
  };
  return {
    shape,
    has: (tensor) => tensors.has(tensor),
    matrix: (tensor, columns, rowCount) => find(tensor, rowCount === 1 ? [columns] : [columns, rowCount]),
    async vector(tensor, size) {
      const values = await rows(find(tensor, [size]), 0, 1);
      if (!values.every(Number.isFinite)) throw refuse(words('its tensor {0} holds what is no number', tensor));
      return values;
    },
    rows,
  };
}

/** The bytes of some rows as they lie in the file. @throws ConversionError where the file was cut meanwhile */
export async function readRows(
  handle: FileHandle,
  { dimensions, type, offset }: TensorPlace,
  start: number,
  end: number,
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const rowBytes = (dimensions[0]! / type.block) * type.bytes;
  const bytes = new Uint8Array((end - start) * rowBytes);
  let done = 0;
  while (done < bytes.length) {
    const { bytesRead } = await handle
      .read(bytes, done, bytes.length - done, offset + start * rowBytes + done)
      .catch((error: NodeJS.ErrnoException) => {
        throw new ConversionError(words('{0} cannot be read ({1}).', name, error.code ?? error.message));
      });
    if (bytesRead === 0) throw new ConversionError(words('{0} is cut off: its weights are not all there.', name));
    done += bytesRead;
  }
  return bytes;
}
