// Golden cases of the filters: server/test/fixtures/postprocess/<filter>/<case>.txt. `all` stands for the whole list.
// The document has the generated text between «», and so has what is expected.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectGolden, markInsertion, parseMarks, readGoldenCases } from '../../../test/support/golden.js';
import { locate } from '../place/place.js';
import { filters, postprocess, type Filter } from './index.js';

const folder = join(import.meta.dirname, '../../../test/fixtures/postprocess');
const byName = new Map<string, Filter>([...filters, ['all', postprocess]]);

describe('filters', () => {
  const cases = readGoldenCases(folder);

  it.each([...byName.keys()])('%s has a case', (name) => {
    expect(cases.some((golden) => golden.name.startsWith(`${name}/`))).toBe(true);
  });

  it.each(cases.map((golden) => [golden.name, golden] as const))('%s', (name, golden) => {
    const filter = byName.get(name.split('/')[0]!)!;
    const { text, offset, inserted } = parseMarks(golden.input[0]!);
    const { language = 'typescript', trigger, typedAlong } = golden.header;
    const document = { uri: 'file:///a', path: 'a', languageId: language, version: 1, text };
    const context = {
      place: locate(document, offset),
      trigger: trigger === 'manual' ? ('manual' as const) : ('automatic' as const),
      isTypedAlong: typedAlong === 'yes',
    };
    const filtered = filter(inserted, context);
    const found =
      typeof filtered === 'string'
        ? markInsertion(text, { start: offset, end: offset }, filtered)
        : `dropped: ${filtered.dropped}`;
    const { actual, expected } = expectGolden(golden, found);
    expect(actual).toBe(expected);
    // A filter that has done its work leaves it alone.
    if (typeof filtered === 'string') expect(filter(filtered, context)).toBe(filtered);
  });
});
