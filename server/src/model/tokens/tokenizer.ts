// Text to tokens and back. The byte-level BPE is @huggingface/tokenizers'; here are the caches that make it incremental,
// and the tokens as bytes, which healing and decoding need.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer as HuggingFaceTokenizer } from '@huggingface/tokenizers';
import { LRUCache } from 'lru-cache';
import { SaidError, wordsOf } from '../../common/saidError.js';
import { ModelFolderError, type Manifest } from '../manifest.js';
import { words } from '../../common/words.js';

export interface Tokenizer {
  readonly vocabulary: number;
  /** Tokens of a text. Special tokens' names in the text are text, so that no document can forge a prompt. */
  encode(text: string): number[];
  /** Tokens of each pre-token of a text: tokens never cross the border of two. */
  encodePieces(text: string): (readonly number[])[];
  /** The token of a special name such as `<|fim_middle|>`; throws where the vocabulary lacks it. */
  special(name: string): number;
  isSpecial(id: number): boolean;
  /** The token's bytes as a string of characters 0-255; empty for special tokens. */
  bytes(id: number): string;
  /** Tokens whose bytes begin with `bytes`, and those whose bytes `bytes` begins with. */
  compatibleWith(bytes: string): number[];
}

/** The parts of tokenizer.json that are read here. */
interface TokenizerJson {
  readonly pre_tokenizer?: unknown;
  readonly model: { readonly vocab: Readonly<Record<string, number>> };
  readonly added_tokens?: readonly { readonly id: number; readonly content: string }[];
}

export async function loadTokenizer(folder: string, manifest: Manifest): Promise<Tokenizer> {
  const path = join(folder, manifest.tokenizer);
  try {
    return createTokenizer(JSON.parse(await readFile(path, 'utf8')) as TokenizerJson, manifest.architecture.vocabulary);
  } catch (error) {
    throw new ModelFolderError(words('The tokenizer {0} cannot be used: {1}', path, wordsOf(error)));
  }
}

export function createTokenizer(json: TokenizerJson, vocabulary: number): Tokenizer {
  const specials = new Map((json.added_tokens ?? []).map(({ id, content }) => [content, id]));
  const specialIds = new Set(specials.values());
  const library = new HuggingFaceTokenizer({ ...json, added_tokens: [], normalizer: null, post_processor: null }, {});
  const { pre_tokenizer: preTokenizer, model } = library;
  if (preTokenizer === null || model === null) throw new SaidError(words('it has no pre-tokenizer or no model.'));

  const tokenBytes = Array.from({ length: vocabulary }, () => '');
  for (const [token, id] of Object.entries(json.model.vocab)) {
    if (id >= vocabulary) throw new SaidError(words('token {0} lies outside the vocabulary of {1}.', id, vocabulary));
    if (!specialIds.has(id)) tokenBytes[id] = toBytes(token);
  }
  const sorted = tokenBytes
    .map((bytes, id) => ({ bytes, id }))
    .filter(({ bytes }) => bytes !== '')
    .sort((a, b) => (a.bytes < b.bytes ? -1 : a.bytes > b.bytes ? 1 : 0));
  const idOfBytes = new Map(sorted.map(({ bytes, id }) => [bytes, id]));

  const cut = endsTokensAtLines(json.pre_tokenizer) ? splitAtLines : splitAtFlushLines;
  const pieceCache = new LRUCache<string, readonly number[]>({ max: 20_000 });
  const chunkCache = new LRUCache<string, (readonly number[])[]>({ max: 4_000 });
  const encodePiece = (piece: string): readonly number[] => {
    const known = pieceCache.get(piece);
    if (known !== undefined) return known;
    const ids = model([piece]).map((token) => {
      const id = json.model.vocab[token];
      if (id === undefined) throw new SaidError(words('The vocabulary lacks the token {0}.', JSON.stringify(token)));
      return id;
    });
    pieceCache.set(piece, ids);
    return ids;
  };
  const encodeChunk = (chunk: string): (readonly number[])[] => {
    const known = chunkCache.get(chunk);
    if (known !== undefined) return known;
    const pieces = preTokenizer.pre_tokenize_text(chunk).map(encodePiece);
    chunkCache.set(chunk, pieces);
    return pieces;
  };

  return {
    vocabulary,
    encode: (text) => cut(text).flatMap((chunk) => encodeChunk(chunk).flat()),
    encodePieces: (text) => cut(text).flatMap(encodeChunk),
    special(name) {
      const id = specials.get(name);
      if (id === undefined) throw new SaidError(words('it lacks the special token {0}.', name));
      return id;
    },
    isSpecial: (id) => specialIds.has(id),
    bytes: (id) => tokenBytes[id] ?? '',
    compatibleWith(bytes) {
      const found: number[] = [];
      for (let length = 1; length < bytes.length; length++) {
        const id = idOfBytes.get(bytes.slice(0, length));
        if (id !== undefined) found.push(id);
      }
      for (let i = lowerBound(sorted, bytes); i < sorted.length && sorted[i]!.bytes.startsWith(bytes); i++)
        found.push(sorted[i]!.id);
      return found;
    },
  };
}

/**
 * Cuts a text where no pre-token can cross: after a line end that a line with something on it follows. A changed line
 * then costs only its own tokens, and the others come from the cache.
 */
export function splitAtLines(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)(?=[^\S\n\r]*[^\s])/u);
}

/**
 * The same for families that take a line end together with the blanks of the next line: only between a line's last
 * character and one at the very beginning of the next is nothing that both could belong to.
 */
export function splitAtFlushLines(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\S\n)(?=\S)/u);
}

/** Whether no token goes on behind the end of a line, by the rules that text is split by before merging. */
function endsTokensAtLines(preTokenizer: unknown): boolean {
  const rules: unknown[] = [];
  JSON.stringify(preTokenizer, (key, value: unknown) => {
    if (key === 'Regex') rules.push(value);
    return value;
  });
  return rules.some((rule) => rule === String.raw`[\r\n]` || String(rule).includes(String.raw`\s*[\r\n]+`));
}

/** Byte-level BPE writes bytes as printable characters; this is the way back (Radford et al. 2019). */
function toBytes(token: string): string {
  let bytes = '';
  for (const character of token) {
    const byte = byteOfCharacter.get(character);
    if (byte === undefined) throw new SaidError(words('the token {0} is not byte-level.', JSON.stringify(token)));
    bytes += String.fromCharCode(byte);
  }
  return bytes;
}

const byteOfCharacter: ReadonlyMap<string, number> = (() => {
  const map = new Map<string, number>();
  let next = 256;
  for (let byte = 0; byte < 256; byte++) {
    const printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    map.set(String.fromCharCode(printable ? byte : next++), byte);
  }
  return map;
})();

function lowerBound(sorted: readonly { readonly bytes: string }[], bytes: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.bytes < bytes) low = middle + 1;
    else high = middle;
  }
  return low;
}
