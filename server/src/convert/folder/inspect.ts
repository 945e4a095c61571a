// Whether a GGUF file can be made into a model, from its header alone.

import { basename } from 'node:path';
import { words } from '../../common/words.js';
import { ConversionError } from '../conversionError.js';
import { readShape } from '../family/shape.js';
import { readSplit } from '../family/vocabulary.js';
import { dequantisers } from '../gguf/dequantise.js';
import { readHeader } from '../gguf/header.js';
import { fitsMemory, amount, memoryToRun } from './space.js';
import { totalmem } from 'node:os';

/** Bytes of a number once it is rounded to 4 bits in blocks of 32, with scale and zero point. */
const BYTES_OF_NUMBER = 0.58;

/**
 * The vocabulary is read only when a model is made of the file.
 * @returns bytes of the model that it would become, about
 * @throws ConversionError with one sentence
 */
export async function inspectFile(file: string, name = basename(file)): Promise<number> {
  const { metadata, tensors } = await readHeader(file, { arrays: false });
  readShape({ metadata, tensors }, name);
  const refuse = (reason: Parameters<typeof words>[1]): ConversionError =>
    new ConversionError(words('{0} cannot be used: {1}.', name, reason));
  const unread = [...tensors.values()].find(({ type }) => dequantisers[type.name] === undefined);
  if (unread !== undefined)
    throw refuse(words('its tensor {0} has the form {1}, which is not read', unread.name, unread.type.name));
  readSplit({ metadata }, name);
  let numbers = 0;
  for (const { name: tensor, dimensions } of tensors.values()) {
    // Where there is a head, the embeddings are mostly the same matrix, stored once.
    if (tensor === 'token_embd.weight' && tensors.has('output.weight')) continue;
    numbers += dimensions.reduce((product, size) => product * size, 1);
  }
  const bytes = Math.round(numbers * BYTES_OF_NUMBER);
  if (!fitsMemory(bytes)) {
    const [needed, all] = [amount(memoryToRun(bytes)), amount(totalmem())];
    throw new ConversionError(
      words(
        '{0} cannot be used: it takes about {1} of memory when it runs, and this machine has {2}.',
        name,
        needed,
        all,
      ),
    );
  }
  return bytes;
}
