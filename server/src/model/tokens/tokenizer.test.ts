import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { Tokenizer } from '@huggingface/tokenizers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTokenizer, splitAtLines } from './tokenizer.js';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const json = JSON.parse(readFileSync(join(root, 'models/lacuna-0.5b/tokenizer.json'), 'utf8')) as Parameters<
  typeof createTokenizer
>[0];
const { vocabulary } = (
  JSON.parse(readFileSync(join(root, 'models/lacuna-0.5b/model.json'), 'utf8')) as {
    architecture: { vocabulary: number };
  }
).architecture;
const tokenizer = createTokenizer(json, vocabulary);
/** The library without our caches and cuts. */
const plain = new Tokenizer({ ...json, added_tokens: [], normalizer: null, post_processor: null }, {});
const spell = (ids: readonly number[]): string =>
  Buffer.from(ids.map((id) => tokenizer.bytes(id)).join(''), 'latin1').toString('utf8');

describe('the shipped tokenizer', () => {
  const golden = JSON.parse(
    gunzipSync(readFileSync(join(root, 'server/test/fixtures/tokenizer-golden.json.gz'))).toString(),
  ) as { text: string; ids: number[] }[];

  it('gives the Python tokenizer’s tokens on a thousand varied lines', () => {
    expect(golden.length).toBeGreaterThanOrEqual(1_000);
    for (const { text, ids } of golden) expect(tokenizer.encode(text), text).toEqual(ids);
  });

  it('gives a text the tokens of its lines, cut where no token crosses', () => {
    const part = fc.constantFrom(
      'a',
      ' ',
      '\n',
      '\r\n',
      '\t',
      ');',
      '{',
      'é',
      '🙂',
      '漢字',
      '12',
      "don't",
      '\u00a0',
      '  ',
      '\u2028',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        expect(splitAtLines(text).join('')).toBe(text);
        expect(tokenizer.encode(text)).toEqual(plain.encode(text).ids);
        expect(spell(tokenizer.encode(text))).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it('finds the tokens that can spell a text', () => {
    const found = tokenizer.compatibleWith('    ').map((id) => tokenizer.bytes(id));
    expect(found).toContain(' ');
    expect(found).toContain('   ');
    expect(found).toContain('    ');
    expect(found.every((bytes) => bytes.startsWith('    ') || '    '.startsWith(bytes))).toBe(true);
  });
});
