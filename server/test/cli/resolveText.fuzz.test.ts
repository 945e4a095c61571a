// Conflict files as nobody would write them: cut, nested, with mixed line ends, huge lines and random bytes. Nothing may
// crash or hang, and what stands outside the conflicts stays as it is. LACUNA_FUZZ says how many files there are, and
// LACUNA_FUZZ_SEED which ones.

import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type ResolvedText, resolveText } from '../../src/cli/merge/resolveText.js';
import { createMergeResolver, createPriorRanker, parseConflicts } from '../../src/merge/index.js';
import { languages } from '../../src/languages/index.js';
import { openSyntax } from '../support/openSyntax.js';

const files = Number(process.env.LACUNA_FUZZ ?? 500);
const seed = Number(process.env.LACUNA_FUZZ_SEED ?? 1);
const parameters = (share: number): fc.Parameters<unknown> => ({ seed, numRuns: Math.ceil(files * share) });
vi.setConfig({ testTimeout: 3_600_000 });

const errors: string[] = [];
const quiet = (): void => undefined;
const logger = {
  trace: quiet,
  debug: quiet,
  info: quiet,
  warn: quiet,
  error: (message: string) => void errors.push(message),
};
const syntax = openSyntax();
const resolver = createMergeResolver({ ranker: createPriorRanker(), syntax, logger });

/** A stretch of a file, and whether it is a conflict that has to be found. */
interface Stretch {
  readonly text: string;
  readonly isConflict: boolean;
}

const lineEnd = fc.constantFrom('\n', '\n', '\r\n');
const word = fc.constantFrom(
  'import { a } from "b";',
  'foo(',
  ')',
  '{',
  '}',
  '  return x + 1;',
  '[1, 2]',
  'class A {',
  '',
);
const huge = fc.integer({ min: 1, max: 100_000 }).map((length) => 'x'.repeat(length));
const content = fc.oneof(
  { weight: 12, arbitrary: word },
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme' }) },
  { weight: 1, arbitrary: huge },
  { weight: 1, arbitrary: fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('latin1')) },
);
// A sign at the beginning would make a marker; what is indented is none.
const line = fc
  .tuple(content, lineEnd)
  .map(([text, end]) => text.replace(/[\r\n]/g, '').replace(/^[<>=|]/, ' $&') + end);
const lines = fc.array(line, { maxLength: 6 }).map((each) => each.join(''));
const label = fc.constantFrom('', ' HEAD', ' feature/😀', ' a b c', ' >>>>>>>');

const conflict = fc
  .record({
    size: fc.integer({ min: 7, max: 12 }),
    end: lineEnd,
    label,
    ours: lines,
    theirs: lines,
    base: fc.option(lines),
  })
  .map(({ size, end, label: name, ours, theirs, base }) => {
    const marker = (sign: string, behind = name): string => sign.repeat(size) + behind + end;
    const middle = base === null ? '' : marker('|') + base;
    return { text: marker('<') + ours + middle + marker('=', '') + theirs + marker('>'), isConflict: true };
  });
const stretches = fc.array(
  fc.oneof(
    conflict,
    lines.map((text): Stretch => ({ text, isConflict: false })),
  ),
  { maxLength: 6 },
);
const withGrammar = languages.flatMap(({ id, grammar }) => (grammar === undefined ? [] : id));

// Syntax trees take most of the time, so few files have a language that has a grammar.
const languageId = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom('plaintext', 'sql') },
  { weight: 1, arbitrary: fc.constantFrom(...withGrammar) },
);

/** Everything that can happen to a text on its way. */
const damage = fc.record({
  cuts: fc.array(fc.tuple(fc.nat(), fc.nat({ max: 200 })), { maxLength: 4 }),
  insertions: fc.array(
    fc.tuple(
      fc.nat(),
      fc.oneof(
        fc.constantFrom(
          '<<<<<<< a\n',
          '=======\n',
          '>>>>>>> b\n',
          '||||||| c\n',
          '<<<<<<<',
          '\n=======',
          '\r',
          '\0',
          '\n',
        ),
        fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString('utf8')),
      ),
    ),
    { maxLength: 6 },
  ),
});

describe(`${files} files`, () => {
  it('resolves every conflict of a file, and nothing else', async () => {
    const whole = async (parts: readonly Stretch[], language: string, minimumConfidence: number): Promise<void> => {
      const text = parts.map((part) => part.text).join('');
      const resolved = await resolve(text, language, minimumConfidence);
      const expected = parts.filter(({ isConflict }) => isConflict).map((part) => part.text);
      expect(resolved.answers.map(({ conflict: { range } }) => text.slice(range.start, range.end))).toEqual(expected);
      expectSameOutside(text, resolved);
    };
    await fc.assert(fc.asyncProperty(stretches, languageId, fc.constantFrom(0, 0.4), whole), parameters(0.5));
  });

  it('leaves what stands outside the conflicts of a damaged file as it is', async () => {
    const damaged = async (parts: readonly Stretch[], language: string, harm: Damage): Promise<void> => {
      const text = harmed(parts.map((part) => part.text).join(''), harm);
      expectSameOutside(text, await resolve(text, language, 0));
    };
    await fc.assert(fc.asyncProperty(stretches, languageId, damage, damaged), parameters(0.5));
  });

  it('never failed inside', () => {
    expect(errors).toEqual([]);
  });
});

function resolve(text: string, language: string, minimumConfidence: number): Promise<ResolvedText> {
  const document = { text, languageId: language, path: 'a' };
  const readBase = (): Promise<string> => Promise.resolve(text.slice(text.length / 4));
  return resolveText(document, resolver, { minimumConfidence, readBase }, new AbortController().signal);
}

/** The new text is the old one with the answers in the places of their conflicts. */
function expectSameOutside(text: string, { text: result, answers, broken, left }: ResolvedText): void {
  let rest = result;
  let copied = 0;
  const take = (part: string): void => {
    expect(rest.startsWith(part)).toBe(true);
    rest = rest.slice(part.length);
  };
  for (const { conflict: found, applied } of answers) {
    const { start, end } = found.range;
    expect(start).toBeGreaterThanOrEqual(copied);
    const inside = text.slice(start, end);
    expect(inside).toMatch(/^<{3,}( [^\n]*)?\r?\n([^]*\n)?={3,}( [^\S\n]*)?\r?\n([^]*\n)?>{3,}( [^\n]*)?\r?\n?$/);
    take(text.slice(copied, start));
    take(applied === undefined ? inside : applied.text);
    copied = end;
  }
  expect(rest).toBe(text.slice(copied));
  expect(left).toBe(answers.filter(({ applied }) => applied === undefined).length + broken.length);
  // Where nothing was left, nothing is found any more but what the sides themselves hold.
  if (left === answers.length + broken.length) expect(parseConflicts(result)).toEqual(parseConflicts(text));
}

interface Damage {
  readonly cuts: readonly (readonly [number, number])[];
  readonly insertions: readonly (readonly [number, string])[];
}

function harmed(text: string, { cuts, insertions }: Damage): string {
  let result = text;
  for (const [at, length] of cuts) {
    const start = at % (result.length + 1);
    result = result.slice(0, start) + result.slice(start + length);
  }
  for (const [at, inserted] of insertions) {
    const start = at % (result.length + 1);
    result = result.slice(0, start) + inserted + result.slice(start);
  }
  return result;
}
