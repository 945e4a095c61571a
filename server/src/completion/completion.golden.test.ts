// Golden cases of whole requests, with syntax trees and a scripted model: server/test/fixtures/completion/<case>.txt.
// Sections: the document with ˇ at the cursor; one answer of the model for each request; what was asked and is shown.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FakeModel } from '../../test/support/fakeModel.js';
import {
  expectGolden,
  markInsertion,
  parseMarks,
  readGoldenCases,
  type GoldenCase,
} from '../../test/support/golden.js';
import { openSyntax } from '../../test/support/openSyntax.js';
import { silentLogger } from '../common/logger.js';
import { createCompleter, defaultCompletionSettings } from './index.js';
import type { TextMode } from './types.js';

const folder = join(import.meta.dirname, '../../test/fixtures/completion');

const syntax = openSyntax();

describe('complete', () => {
  it.each(readGoldenCases(folder).map((golden) => [golden.name, golden] as const))('%s', async (_name, golden) => {
    const { actual, expected } = expectGolden(golden, await run(golden));
    expect(actual).toBe(expected);
  });
});

async function run({ name, header, input }: GoldenCase): Promise<string> {
  const {
    language: languageId = 'typescript',
    lines = 'auto',
    probability = '0.95',
    trigger,
    comments = 'on',
    strings = 'on',
  } = header;
  const [marked = '', ...answers] = input;
  const { text, offset } = parseMarks(header['lineEnds'] === 'crlf' ? marked.replaceAll('\n', '\r\n') : marked);
  const asked: number[] = [];
  const model = new FakeModel({
    script: ({ maximumLines }) => ({
      text: answers[asked.push(maximumLines) - 1] ?? '',
      probability: probability.split(' ').map(Number),
    }),
  });
  const completer = createCompleter({
    model,
    syntax,
    logger: silentLogger,
    now: () => 0,
    // Time stands still, so that the tree is always there in time; nothing else is waited for.
    sleep: (ms) => (ms === 15 ? new Promise(() => undefined) : Promise.resolve()),
  });
  const document = { uri: `file:///${name}`, path: name, languageId, version: 1, text };
  const settings = {
    ...defaultCompletionSettings,
    certainty: 'any' as const,
    debounce: 0,
    comments: comments as TextMode,
    strings: strings as TextMode,
    lines: lines === 'auto' ? ('auto' as const) : Number(lines),
  };
  const result = await completer.complete(
    { document, offset, alternatives: 1, settings, trigger: trigger === 'manual' ? 'manual' : 'automatic' },
    new AbortController().signal,
  );
  completer.closed(document.uri);
  const [shown] = result.kind === 'none' ? [] : result.suggestions;
  const outcome =
    shown === undefined
      ? `none: ${result.kind === 'none' ? result.reason : ''}`
      : `probability ${shown.probability.toFixed(2)}\n${markInsertion(text, shown.range, shown.text)}`;
  return `asked for ${asked.join(', then ') || 'nothing'}; ${outcome}`.replaceAll('\r', '␍');
}
