// The vocabulary of a GGUF file as a tokenizer.json: byte-level BPE by the file's own tokens and merges, split first as the
// file says by name.

import { words, type Words } from '../../common/words.js';
import { ConversionError } from '../conversionError.js';
import type { GgufHeader, MetadataValue } from '../gguf/header.js';
import { preTokenizers } from './preTokenizers.js';

export interface Vocabulary {
  /** Texts by number in the file. */
  readonly tokens: readonly string[];
  /** Numbers of the tokens that can occur, which is all but the padding behind the last one. */
  readonly kept: readonly number[];
  /** Texts of those that no document's text becomes. */
  readonly specials: ReadonlySet<string>;
  /** Of tokenizer.json. */
  readonly tokenizer: object;
}

const NORMAL = 1;
const CONTROL = 3;
const USER_DEFINED = 4;

/** @throws ConversionError with one sentence */
export function readVocabulary({ metadata }: Pick<GgufHeader, 'metadata'>, name: string): Vocabulary {
  const refuse = (reason: Words): ConversionError =>
    new ConversionError(words('{0} cannot be used: {1}.', name, reason));
  const preTokenizer = readSplit({ metadata }, name);
  const list = (key: string): readonly MetadataValue[] => {
    const value = metadata.get(`tokenizer.ggml.${key}`);
    if (!Array.isArray(value)) throw refuse(words('it has no field {0}', `tokenizer.ggml.${key}`));
    return value as readonly MetadataValue[];
  };
  const tokens = list('tokens').map(String);
  const types = metadata.has('tokenizer.ggml.token_type') ? list('token_type') : tokens.map(() => NORMAL);
  if (tokens.length < 256 || types.length !== tokens.length) throw refuse(words('its vocabulary makes no sense'));
  const kept = tokens.flatMap((_, i) => ([NORMAL, CONTROL, USER_DEFINED].includes(Number(types[i])) ? [i] : []));
  const isSpecial = (i: number): boolean => types[i] !== NORMAL || !isByteLevel(tokens[i]!);
  const specials = new Set(kept.filter(isSpecial).map((i) => tokens[i]!));
  const ids = new Map(kept.map((i, id) => [tokens[i]!, id]));
  const isOrdinary = (text: string): boolean => ids.has(text) && !specials.has(text);
  const missing = [...byteCharacters()].find((character) => !isOrdinary(character));
  if (missing !== undefined) throw refuse(words('its vocabulary lacks single bytes'));
  const merges = list('merges').flatMap((merge): [string, string][] => {
    const [left = '', right = ''] = String(merge).split(' ');
    return isOrdinary(left) && isOrdinary(right) && isOrdinary(left + right) ? [[left, right]] : [];
  });
  return { tokens, kept, specials, tokenizer: tokenizerJson(ids, merges, specials, preTokenizer) };
}

/**
 * How text is split before it is merged, which the header says without the vocabulary.
 * @throws ConversionError with one sentence where the tokenizer is none that is read
 */
export function readSplit({ metadata }: Pick<GgufHeader, 'metadata'>, name: string): readonly object[] {
  const refuse = (reason: Words): ConversionError =>
    new ConversionError(words('{0} cannot be used: {1}.', name, reason));
  const model = metadata.get('tokenizer.ggml.model');
  if (typeof model !== 'string') throw refuse(words('it has no tokenizer'));
  if (model !== 'gpt2') throw refuse(words('its tokenizer ({0}) is no byte-level BPE', model));
  const splitName = metadata.get('tokenizer.ggml.pre') ?? 'default';
  const split = typeof splitName === 'string' ? preTokenizers.get(splitName) : undefined;
  if (split === undefined) throw refuse(words('its way to split text ({0}) is not known', String(splitName)));
  return split;
}

function tokenizerJson(
  ids: ReadonlyMap<string, number>,
  merges: readonly (readonly [string, string])[],
  specials: ReadonlySet<string>,
  preTokenizer: readonly object[],
): object {
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false };
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [...ids]
      .filter(([content]) => specials.has(content))
      .map(([content, id]) => ({
        ...{ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true },
      })),
    normalizer: null,
    pre_tokenizer: { type: 'Sequence', pretokenizers: [...preTokenizer, byteLevel] },
    post_processor: null,
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(ids),
      merges,
    },
  };
}

/** Byte-level BPE writes bytes as printable characters (Radford et al. 2019). */
const byteCharacters: () => ReadonlySet<string> = (() => {
  let characters: ReadonlySet<string> | undefined;
  return () => {
    let next = 256;
    return (characters ??= new Set(
      Array.from({ length: 256 }, (_, byte) => {
        const printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
        return String.fromCharCode(printable ? byte : next++);
      }),
    ));
  };
})();

function isByteLevel(token: string): boolean {
  const known = byteCharacters();
  return [...token].every((character) => known.has(character));
}
