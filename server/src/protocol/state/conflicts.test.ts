import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import type { DocumentSnapshot } from '../../common/document.js';
import type { MergeResolver } from '../../merge/index.js';
import { Conflicts } from './conflicts.js';
import { asIs } from '../../common/words.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const MEGABYTE = 2 ** 20;

/** Takes ours, cut out of the document as the real one does. */
const resolver = {
  resolve: (_document, _file, { ours }) =>
    Promise.resolve({
      resolutions: [
        {
          text: ours.text,
          pattern: 'ours',
          source: 'line',
          parts: ['ours'],
          confidence: 0.5,
          rankerConfidence: 0.5,
          parses: undefined,
          refusal: undefined,
          settled: undefined,
          explanation: asIs(''),
          pieces: [],
        },
      ],
      reason: undefined,
    }),
} as Partial<MergeResolver> as MergeResolver;

function conflicts(): Conflicts {
  return new Conflicts({
    resolver,
    readInGit: () => Promise.resolve({ kind: 'outside' }),
    readElsewhere: () => Promise.resolve([]),
    now: () => 0,
  });
}

function documentWith(ours: string, length = 0): DocumentSnapshot {
  const text = `<<<<<<< HEAD\n${ours}\n=======\ntheirs\n>>>>>>> branch\n${'// filling\n'.repeat(length / 11)}`;
  // Joined and copied, so that it is one string in memory, as a document that came over the protocol is.
  return { uri: 'file:///a.ts', path: 'a.ts', languageId: 'typescript', version: 1, text: structuredClone(text) };
}

test('a separator that is left of a conflict is told where git has the file in conflict', async () => {
  const entry = { mode: '100644', object: '0' };
  const known = new Conflicts({
    resolver,
    readInGit: () =>
      Promise.resolve({
        kind: 'unmerged',
        entries: { base: entry, ours: entry, theirs: entry },
        stages: { base: 'a\n', ours: 'b\n', theirs: 'c\n' },
        markerSize: 7,
        mergesLines: true,
      }),
    readElsewhere: () => Promise.resolve([]),
    now: () => 0,
  });
  const text = 'b\r\n=======\r\nc\r\n';
  const { broken } = await known.of({ ...documentWith(''), text });
  expect(broken.map(({ line, reason }) => [line, reason])).toEqual([[1, 'strayMarker']]);
});

describe('answers to conflicts', () => {
  test('are found once for a conflict and its surroundings', async () => {
    const known = conflicts();
    const { signal } = new AbortController();
    const first = await known.answer(documentWith('const ours = 1;'), 0, signal);
    expect(first.resolutions[0]?.text).toBe('const ours = 1;\n');
    expect(await known.answer(documentWith('const ours = 1;'), 0, signal)).toBe(first);
    expect(await known.answer(documentWith('const ours = 2;'), 0, signal)).not.toBe(first);
  });

  test('keep no document in memory', async () => {
    const known = conflicts();
    const { signal } = new AbortController();
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    for (let version = 1; version <= 40; version++) {
      const document = { ...documentWith(`const chosenByOurSide = ${version};`, MEGABYTE), version };
      await known.answer(document, 0, signal);
    }
    known.forget('file:///a.ts');
    collectGarbage();
    expect((process.memoryUsage().heapUsed - before) / MEGABYTE).toBeLessThan(10);
  });
});
