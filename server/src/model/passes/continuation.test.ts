import { describe, expect, it } from 'vitest';
import { ContinuationBuilder, type ContinuationBounds } from './continuation.js';
import type { DecodeStep } from './decode.js';
import type { Continuation } from '../language.js';
import type { Tokenizer } from '../tokens/tokenizer.js';

const END = 99;

/** A tokenizer whose tokens are the given texts, numbered in order. */
const tokenizerOf = (texts: readonly string[]): Tokenizer =>
  ({
    isSpecial: (id: number) => id === END,
    bytes: (id: number) => (id === END ? '' : Buffer.from(texts[id]!, 'utf8').toString('latin1')),
  }) as unknown as Tokenizer;

const step = (id: number, logProbability = -0.1): DecodeStep => ({
  id,
  logProbability,
  entropy: 0.2,
  top: [],
  layers: 24,
  hidden: new Float32Array(0),
  drafted: undefined,
});

function collect(
  texts: readonly string[],
  bounds: Partial<ContinuationBounds>,
  forced = 0,
  likely?: readonly number[],
): Continuation {
  const builder = new ContinuationBuilder(tokenizerOf(texts), forced, {
    maximumLines: 1,
    maximumTokens: 100,
    ...bounds,
  });
  texts.forEach((_, id) => {
    if (builder.finish === undefined) builder.push(step(id, likely?.[id]));
  });
  if (builder.finish === undefined) builder.push(step(END));
  return builder.build(builder.finish ?? 'endOfText');
}

describe('ContinuationBuilder', () => {
  const cases: [string, readonly string[], Partial<ContinuationBounds>, number, string, string][] = [
    ['ends a line before the newline', ['return', ' x', ';\n', 'never'], {}, 0, 'return x;', 'lines'],
    ['ends at the end of the text', ['return', ' x'], {}, 0, 'return x', 'endOfText'],
    ['drops a carriage return', ['a', ';\r\n'], {}, 0, 'a;', 'lines'],
    ['keeps as many lines as asked', ['{\n', ' a\n', ' b\n', '}'], { maximumLines: 3 }, 0, '{\n a\n b', 'lines'],
    ['counts the newlines inside one token', ['a', '\n\n', 'b', '\n'], { maximumLines: 2 }, 0, 'a\n', 'lines'],
    ['leaves out what only spells the prefix', ['   ', ' return', '\n'], {}, 4, 'return', 'lines'],
    ['stops at the bound of tokens', ['a', 'b', 'c'], { maximumTokens: 2 }, 0, 'ab', 'tokens'],
  ];
  for (const [name, texts, bounds, forced, text, finish] of cases) {
    it(name, () => expect(collect(texts, bounds, forced)).toMatchObject({ text, finish }));
  }

  it('notices a loop of one token', () => {
    const builder = new ContinuationBuilder(tokenizerOf(['x ']), 0, { maximumLines: 1, maximumTokens: 100 });
    for (let i = 0; i < 100 && builder.finish === undefined; i++) builder.push(step(0));
    expect(builder.finish).toBe('repetition');
  });

  it('drops a further line as soon as it is unlikely', () => {
    const texts = ['{\n', ' a', '\n', ' b', '\n'];
    const { text, finish, logProbability } = collect(
      texts,
      { maximumLines: 9, minimumLineProbability: 0.5 },
      0,
      [-3, -0.1, -0.1, -2, -0.1],
    );
    expect({ text, finish }).toEqual({ text: '{\n a', finish: 'unlikely' });
    expect(logProbability).toBeCloseTo(-3.2);
  });

  it('stops where a further line leaves the block, and keeps blank lines', () => {
    const texts = [' a;', '\n', '\n', '  ', 'b;', '\n', ' ', '}'];
    const { text, finish } = collect(texts, { maximumLines: 9, indentation: '  ' });
    expect({ text, finish }).toEqual({ text: ' a;\n\n  b;', finish: 'block' });
  });

  it('gives spans in UTF-16 units and joins characters that several tokens share', () => {
    const bytes = Buffer.from('é🙂', 'utf8').toString('latin1');
    const tokenizer = { isSpecial: () => false, bytes: (id: number) => bytes[id]! } as unknown as Tokenizer;
    const builder = new ContinuationBuilder(tokenizer, 0, { maximumLines: 1, maximumTokens: 6 });
    for (let id = 0; id < 6; id++) builder.push(step(id));
    const { text, tokens } = builder.build('tokens');
    expect(text).toBe('é🙂');
    expect(tokens.map(({ start, end }) => [start, end])).toEqual([
      [0, 0],
      [0, 1],
      [1, 1],
      [1, 1],
      [1, 1],
      [1, 3],
    ]);
  });
});
