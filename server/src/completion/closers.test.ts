// Any cursor in front of any closer, in programs of every language that has a row: what the model writes there is
// accepted, and the line must say what it should. LACUNA_POSITIONS=100000 tries so many positions; a few thousand run
// by default. The oracle counts brackets and quotes sign by sign, and knows nothing of strings.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { continuationOf } from '../../test/support/fakeModel.js';
import { openSyntax } from '../../test/support/openSyntax.js';
import { locate } from './place/place.js';
import { showContinuation } from './show/shownText.js';
import { languageIdOf, languageOf, languages, lexiconOf } from '../languages/index.js';

const positions = Number(process.env['LACUNA_POSITIONS'] ?? 3_000);
const folder = join(import.meta.dirname, '../../test/fixtures/languages');
const programs = readdirSync(folder).map((name) => ({
  languageId: name.replace(/\.txt$/, ''),
  text: readFileSync(join(folder, name), 'utf8'),
}));

const examples = join(import.meta.dirname, '../../../examples');
for (const name of readdirSync(examples, { recursive: true, encoding: 'utf8' })) {
  const languageId = languageIdOf(name);
  const isProgram = languageOf(languageId)?.program !== undefined && !name.startsWith('merge');
  if (isProgram) programs.push({ languageId, text: readFileSync(join(examples, name), 'utf8') });
}

const syntax = openSyntax();

/** A text that was taken out of a line of a program, and the line around it. */
interface Hole {
  readonly languageId: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What closes: a run of quotes, or a bracket, or the end of a comment, a template or a regular expression. */
const closer =
  /(?<=[\w)\]$+*?])\/(?=[gimsux]*[.,;)\]\s}])|(?<![\s([{,=:"'`\\])["'`]+(?=[\s)\]};,:.>!+&|#]|$)|(?<![|*])[)\]}]|(?<=[\w"'\])}])>|%>|\?>|\*\/|-->/gm;

/** A place in front of a closer, and some of the line before it that is missing there. */
const holes = fc
  .record({ program: fc.constantFrom(...programs), place: fc.nat(), length: fc.nat({ max: 40 }) })
  .map(({ program: { languageId, text }, place, length }): Hole => {
    const ends = endsOf(text);
    const end = ends[place % ends.length]!;
    const lineStart = text.lastIndexOf('\n', end - 1) + 1;
    return { languageId, text, start: Math.max(lineStart, end - length), end };
  })
  .filter(({ text, start, end }) => isWhole(text.slice(start, end)) && text[start - 1] !== '\\')
  // Not between the two signs of a mark.
  .filter(({ text, start }) => text.slice(start - 1, start + 1) !== '*/')
  .filter(({ languageId, text, end }) => text[end] !== "'" || !primes.has(languageId))
  .filter((hole) => !withRegexes.has(hole.languageId) || !beginsRegex(hole));

/** A quote in these is often none. */
const primes = new Set([
  'matlab',
  'julia',
  'haskell',
  'ada',
  'vhdl',
  'ocaml',
  'fsharp',
  'elm',
  'lisp',
  'clojure',
  'scala',
]);

const withRegexes = new Set(['javascript', 'typescript', 'typescriptreact', 'ruby', 'perl', 'groovy', 'elixir']);

/** No editor closes a regular expression, so that nobody writes the beginning of one that ends behind the cursor. */
function beginsRegex({ text, start, end }: Hole): boolean {
  const isOdd = (part: string): boolean =>
    part
      .replace(/%r\{[^}]*\}|\\./g, '')
      .replace(/\[[^\]\n]*\]/g, '')
      .split('/').length %
      2 ===
    0;
  return isOdd(text.slice(start, end)) && !isOdd(text.slice(text.lastIndexOf('\n', start - 1) + 1, start));
}

/** The editor closes what is opened, so that what is missing closes all that it opens, and nothing else. */
function isWhole(text: string): boolean {
  if (text.trim() === '' || /["'`]/.test(text.replace(/\w'\w/g, ''))) return false;
  let left = text.replace(/[-=]>/g, '');
  for (let before = ''; before !== left;) {
    before = left;
    left = left.replace(/\([^()[\]{}<>]*\)|\[[^()[\]{}<>]*\]|\{[^()[\]{}<>]*\}|<[^()[\]{}<>]*>/g, '');
  }
  return !/[()[\]{}<>]/.test(left);
}

const known = new Map<string, readonly number[]>();
function endsOf(text: string): readonly number[] {
  let ends = known.get(text);
  if (ends === undefined) known.set(text, (ends = [...text.matchAll(closer)].map(({ index }) => index)));
  return ends;
}

/** The document after what the model wrote was accepted, or why nothing was suggested. */
function accept(
  { languageId, text, start, end }: Hole,
  generated: string,
): { readonly text?: string; readonly reason?: string } {
  const document = {
    uri: 'file:///a',
    path: 'a',
    version: 1,
    languageId,
    text: text.slice(0, start) + text.slice(end),
  };
  const context = { place: locate(document, start), trigger: 'manual' as const, isTypedAlong: false };
  const shown = showContinuation(continuationOf(generated), context);
  if ('dropped' in shown) return { reason: shown.dropped };
  return { text: document.text.slice(0, shown.range.start) + shown.text + document.text.slice(shown.range.end) };
}

function lineFrom({ text, start }: Hole): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end === -1 ? text.length : end);
}

/** How many more of each bracket are opened than closed, and which quotes are odd. */
function balance(text: string): string {
  const count = (sign: string): number => text.split(sign).length - 1;
  const nets = ['()', '[]', '{}'].map((pair) => `${pair}${count(pair[0]!) - count(pair[1]!)}`);
  return [...nets, ...['"', '`'].map((quote) => `${quote}${count(quote) % 2}`)].join(' ');
}

/** Brackets need not balance inside quotes and regular expressions, so any reading will do. */
function isBalancedAs(text: string, model: string): boolean {
  const bare = (one: string): string => one.replace(/\\./g, '').replace(/"[^"\n]*"|'[^'\n]*'|`[^`\n]*`/g, '');
  const bald = (one: string): string =>
    bare(one.replace(/(?<=[=(,:!&|~m] ?)\/(?![/*\s])(?:\\.|\[(?:\\.|[^\]\n])*\]|[^/\n])+\//g, ''));
  // A quote behind a digit or a letter may be none.
  const prime = (one: string): string => bare(one.replace(/(?<=\w)'/g, ''));
  // Where a quote behind a word or a bracket transposes, those elsewhere are of characters.
  const transposed = (one: string): string =>
    bare(one.replace(/(?<![\w)\]])'(?:\\.|[^'\n])*'/g, '').replaceAll("'", ''));
  // What stands in a comment counts for nothing.
  const uncommented = (one: string): string => bare(one.replace(/\/\*.*?\*\/|^(?:(?!\/\*).)*?\*\//gs, ''));
  // A back-tick may escape what follows it.
  const ticked = (one: string): string => bare(one.replace(/`./g, ''));
  return [(one: string): string => one, bare, bald, prime, transposed, ticked, uncommented].some(
    (read) => balance(read(text)) === balance(read(model)),
  );
}

/** The line without the comment at its end, so that what is changed is code. */
function codeFrom(hole: Hole): string {
  return lineFrom(hole).replace(/\s\S{1,3} \(?(it's|don't|why|not|ok)\b.*$/, '');
}

/** Texts without their white space: filters may take it away at an end. */
const dense = (text: string | undefined): string | undefined => text?.replace(/\s/g, '');

/** Reasons that have nothing to do with closers. */
const other = new Set(['repeatsItself', 'repeatsSuffix', 'looksSecret', 'tooShort', 'nothingGenerated']);

describe('in front of closers', () => {
  it('every row of the table has a program', () => {
    const tried = new Set(programs.map(({ languageId }) => lexiconOf(languageId)));
    expect(
      languages
        .flatMap(({ id, lexicon }) => (lexicon === undefined ? [] : id))
        .filter((languageId) => !tried.has(lexiconOf(languageId))),
    ).toEqual([]);
  });

  const options = { numRuns: positions, seed: 7 };

  it('what the author wrote stays as it is', () => {
    fc.assert(
      fc.property(holes, (hole) => {
        const accepted = accept(hole, hole.text.slice(hole.start, hole.end));
        if (accepted.reason !== undefined && other.has(accepted.reason)) return;
        expect(dense(accepted.text), accepted.reason).toBe(dense(hole.text));
      }),
      options,
    );
  }, 600_000);

  it('a whole line takes the place of the rest', () => {
    fc.assert(
      fc.property(holes, (hole) => {
        const accepted = accept(hole, lineFrom(hole));
        if (accepted.reason !== undefined && other.has(accepted.reason)) return;
        expect(dense(accepted.text), accepted.reason).toBe(dense(hole.text));
      }),
      options,
    );
  }, 600_000);

  it('where the line lacks the closer, the text brings it', () => {
    // Inside quotes a bracket is text, and may lack another.
    const isInside = ({ text, start }: Hole): boolean =>
      ['"', "'", '`'].some(
        (quote) =>
          text
            .slice(text.lastIndexOf('\n', start - 1) + 1, start)
            .replace(/\\./g, '')
            .split(quote).length %
            2 ===
          0,
      );
    const lost = holes
      .filter(({ text, end }) => /^(\)|\](?!\])|\}(?!\}))[^\n]*[)\]}]/.test(text.slice(end)))
      .filter(
        (hole) =>
          !isInside(hole) &&
          !primes.has(hole.languageId) &&
          !(withRegexes.has(hole.languageId) && hole.text.slice(hole.start, hole.end).includes('/')),
      );
    fc.assert(
      fc.property(lost, fc.boolean(), (hole, isLine) => {
        const written = isLine ? lineFrom(hole) : hole.text.slice(hole.start, hole.end + 1);
        const accepted = accept({ ...hole, end: hole.end + 1 }, written);
        if (accepted.reason !== undefined && (other.has(accepted.reason) || accepted.reason === 'unbalanced')) return;
        expect(dense(accepted.text)).toBe(dense(hole.text));
      }),
      options,
    );
  }, 600_000);

  it('whatever else is written leaves the line balanced', () => {
    const change = fc.constantFrom<(text: string, seed: number) => string>(
      (text, seed) => text.slice(0, 1 + (seed % text.length)),
      (text) => `${text})`,
      (text) => (text.includes('"') ? `${text}"` : text),
      (text) => `${text}}]);`,
      (text, seed) => `${text.slice(0, seed % text.length)})${text.slice(seed % text.length)}`,
      (text) => text.replaceAll('"', "'"),
      (text) => text.replaceAll("'", '"'),
      (text) => `${text}.then((a) => f(b, [a]));`,
      (text) => text.replace(/\w+/, 'other'),
      (text) => `${text}\n${text}`,
    );
    fc.assert(
      fc.property(holes, change, fc.nat(), fc.boolean(), (hole, changed, seed, isLine) => {
        const written = changed(isLine ? codeFrom(hole) : hole.text.slice(hole.start, hole.end), seed);
        const { text } = accept(hole, written);
        if (text !== undefined)
          expect(isBalancedAs(text, hole.text), `${JSON.stringify(written)} in ${text}`).toBe(true);
      }),
      options,
    );
  }, 600_000);

  it('where there is a grammar, the tree has no more errors', async () => {
    const parsed = holes.filter(({ languageId }) => syntax.supports(languageId));
    await fc.assert(
      fc.asyncProperty(parsed, fc.boolean(), async (hole, isLine) => {
        const written = isLine ? lineFrom(hole) : hole.text.slice(hole.start, hole.end);
        const { text } = accept(hole, written);
        if (text === undefined) return;
        expect(await countErrors(hole.languageId, text)).toBeLessThanOrEqual(
          await countErrors(hole.languageId, hole.text),
        );
      }),
      { ...options, numRuns: Math.ceil(positions / 10) },
    );
  }, 600_000);
});

async function countErrors(languageId: string, text: string): Promise<number> {
  const tree = await syntax.parse(languageId, text);
  const errors = tree?.countErrors() ?? 0;
  tree?.delete();
  return errors;
}
