// Comments in the languages that people write cost about as many tokens as with all tokens of the model's source: how many
// those are stands in the fixture, as models.build.source.token_rates counts them.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createTokenizer } from './tokenizer.js';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const read = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));
const { architecture } = read('models/lacuna-0.5b/model.json') as { architecture: { vocabulary: number } };
const tokenizer = createTokenizer(
  read('models/lacuna-0.5b/tokenizer.json') as Parameters<typeof createTokenizer>[0],
  architecture.vocabulary,
);
const comments = read('server/test/fixtures/comments.json') as Record<string, { full: number; lines: string[] }>;

it.each(Object.entries(comments))('comments in %s cost few tokens more than in the full vocabulary', (_, entry) => {
  const tokens = entry.lines.flatMap((line) => tokenizer.encode(`// ${line}`));
  expect(tokens.length).toBeGreaterThanOrEqual(entry.full);
  expect(tokens.length / entry.full).toBeLessThan(1.12);
});

// A model that was trained with these tokens ends a line with one, and writes on where it cannot.
it.each(['。', '）', '？', '：'])('a line that ends with %s ends with one token', (mark) => {
  expect(tokenizer.encode(`${mark}\n`)).toHaveLength(1);
});

it('spells every comment as it stands', () => {
  for (const line of Object.values(comments).flatMap(({ lines }) => lines)) {
    const bytes = tokenizer.encode(line).map((id) => tokenizer.bytes(id));
    expect(Buffer.from(bytes.join(''), 'latin1').toString('utf8')).toBe(line);
  }
});
