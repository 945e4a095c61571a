// Tables for the small rules: brackets, indentation, rhythm, rank, secret files.

import { describe, expect, it } from 'vitest';
import { openAfter, openQuote } from './cut/brackets.js';
import { scan } from './strings/scan.js';
import { lexiconOf } from '../languages/index.js';
import { learnRhythm, pauseBefore, unknownRhythm } from './when/debounce.js';
import { opensBlock } from './cut/extent.js';
import { columnsOf, detectIndentation, indentOf } from './place/indentation.js';
import { locate } from './place/place.js';
import { rankSuggestions } from './show/rank.js';
import { reasonSentence } from './reasons.js';
import { isSecretFile } from './when/secretFiles.js';
import { inEnglish } from '../common/words.js';

describe('scan', () => {
  it('reads code in strings by the ten thousand, and closers that close none of it', () => {
    const text = '"#{'.repeat(20_000) + '((}'.repeat(20_000);
    expect(scan(text, 0, text.length, [], lexiconOf('ruby'), () => undefined)).toBe(text.length);
  });
});

describe('openAfter', () => {
  it.each([
    ['f(a, [', 'typescript', '([', undefined],
    ['f(a)', 'typescript', '', undefined],
    [') {', 'typescript', '{', undefined],
    ['f("(', 'typescript', '(', '"'],
    ['f("\\"(")', 'typescript', '', undefined],
    ['a // (', 'typescript', '', undefined],
    ['a /* ( */ [', 'typescript', '[', undefined],
    ['`a\n(', 'typescript', '', '`'],
    ['"a\n(', 'typescript', '(', undefined],
    ['"""a "(" ', 'python', '', '"""'],
    ['""', 'typescript', '', undefined],
    ['`${a', 'typescript', '', undefined],
    ['`${a} b', 'typescript', '', '`'],
    ['`${a({', 'typescript', '({', undefined],
    ['`${`', 'typescript', '', '`'],
    ['f"{a', 'python', '', undefined],
    ['$"{a} ', 'csharp', '', '"'],
    ['"{a', 'python', '', '"'],
    ["fn f<'a>(x: &'a str, [", 'rust', '([', undefined],
    ["let c = '(';", 'rust', '', undefined],
    ['r#"a "(" ', 'rust', '', '"#'],
    ["(map '(1 2) (", 'clojure', '((', undefined],
    ["foldl' (", 'haskell', '(', undefined],
    ["a' * (b", 'matlab', '(', undefined],
    ["A'First (", 'ada', '(', undefined],
    ["It's (", 'markdown', '', undefined],
    ['"a $(b "c', 'shellscript', '', '"'],
    ['"a $(b', 'shellscript', '', undefined],
    ['"a \\(b', 'swift', '', undefined],
    ['"a #{b}', 'ruby', '', '"'],
    ['R"x(a ) " ', 'cpp', '', ')x"'],
    ['@"a "" (', 'csharp', '', '"'],
    ["'it''s (", 'sql', '', "'"],
    ["$$it's (", 'sql', '', '$$'],
    ['echo "a {$b', 'php', '', undefined],
    ['<<~TEXT\n  a "(', 'ruby', '', 'TEXT'],
    ["cat <<EOF\nit's (\nEOF\n(", 'shellscript', '(', undefined],
    ['if (/["(]/.test(a)', 'javascript', '(', undefined],
  ])('%j in %s', (text, languageId, brackets, quote) => {
    const state = openAfter(text, languageId);
    expect(state.brackets).toEqual([...brackets]);
    expect(openQuote(state)).toBe(quote);
  });
});

describe('opensBlock', () => {
  it.each<[string, string, boolean]>([
    ['function f() {', 'typescript', true],
    ['function f() { // why', 'typescript', true],
    ['f(', 'go', true],
    ['f({}', 'go', false],
    ['const a = "{', 'typescript', false],
    ['case 1:', 'typescript', false],
    ['def f():', 'python', true],
    ['def f():  # why', 'python', true],
    ['a = [1:', 'python', false],
    ['else:', 'klingon', true],
    ['fn f() {', 'rust', true],
    ['        loop { // why', 'rust', true],
    ['  def f(a)', 'ruby', true],
    ['private def f', 'ruby', true],
    ['  items.each do |item| # why', 'ruby', true],
    ['a = if b', 'ruby', true],
    ['class A < B', 'ruby', true],
    ['when 1', 'ruby', true],
    ['return a if b', 'ruby', false],
    ['if a then b end', 'ruby', false],
    ['def f(a) = a', 'ruby', false],
    ['a.do', 'ruby', false],
    ['classes = 1', 'ruby', false],
    ['"if a"', 'ruby', false],
    ['', 'python', false],
  ])('%j in %s: %s', (line, languageId, expected) => expect(opensBlock(line, languageId)).toBe(expected));
});

describe('indentation', () => {
  it.each([
    ['a\n  b\n    c\n', { tabs: false, width: 2 }],
    ['a\n    b\n', { tabs: false, width: 4 }],
    ['a\n\tb\n', { tabs: true, width: 4 }],
    ['a {\n    /**\n     * b\n     */\n    \n        c\n', { tabs: false, width: 4 }],
    ['/*\n * a\n */\n\n    b\n', { tabs: false, width: 4 }],
    ['', { tabs: undefined, width: 4 }],
  ])('%j', (text, expected) => expect(detectIndentation(text)).toEqual(expected));

  it.each([
    ['for f in *; do\n  ', '\ndone\n', { tabs: false, width: 2 }],
    ['function f()\n   ', 'end', { tabs: false, width: 3 }],
    ['for f in *; do\n\t', '\ndone\n', { tabs: true, width: 4 }],
    ['a\n    b\n  ', '', { tabs: false, width: 4 }],
    ['a\n', 'b\n  c', { tabs: false, width: 2 }],
  ])('around the cursor, %j and %j', (before, after, expected) =>
    expect(detectIndentation(before, after)).toEqual(expected),
  );

  it('counts a tab up to its stop', () => {
    expect(columnsOf(' \ta', { tabs: true, width: 4 })).toBe(4);
    expect(indentOf(6, { tabs: true, width: 4 })).toBe('\t  ');
    expect(indentOf(-1, { tabs: false, width: 4 })).toBe('');
  });
});

describe('the pause', () => {
  const typed = (interval: number, count = 40) => {
    let rhythm = unknownRhythm;
    for (let key = 0; key < count; key++) rhythm = learnRhythm(rhythm, 1, key * interval);
    return { rhythm, now: (count - 1) * interval };
  };

  it('waits for the next key of a burst', () => {
    const { rhythm, now } = typed(30);
    expect(pauseBefore(rhythm, 'auto', now)).toBeCloseTo(55, 0);
  });

  it.each([80, 150, 400])('does not wait for the next key of who types every %d ms', (interval) => {
    const { rhythm, now } = typed(interval);
    expect(pauseBefore(rhythm, 'auto', now)).toBe(15);
  });

  it('is short when the last key is long ago, and after a paste', () => {
    const { rhythm, now } = typed(30);
    expect(pauseBefore(rhythm, 'auto', now + 1000)).toBe(15);
    expect(pauseBefore(learnRhythm(rhythm, 300, now), 'auto', now)).toBe(15);
  });

  it('is never longer than 60 ms by itself, and what the user says otherwise', () => {
    for (let interval = 10; interval < 1000; interval += 10) {
      const { rhythm, now } = typed(interval);
      expect(pauseBefore(rhythm, 'auto', now)).toBeLessThanOrEqual(60);
    }
    expect(pauseBefore(unknownRhythm, 400, 0)).toBe(400);
    expect(pauseBefore(unknownRhythm, 0, 0)).toBe(0);
  });
});

describe('locate', () => {
  it.each([0, 1, 2, 3])('cuts no character in two at %d', (offset) => {
    const document = { uri: 'file:///a', path: 'a', languageId: 'plaintext', version: 1, text: 'a😀b' };
    const { range, prefix, rest } = locate(document, offset);
    expect(range.start).toBe(offset === 2 ? 1 : offset);
    expect(prefix + rest).toBe('a😀b');
    expect(prefix).not.toMatch(/[\ud800-\udbff]$/);
  });
});

describe('rankSuggestions', () => {
  const suggestion = (text: string, probability: number) => ({
    text,
    probability,
    range: { start: 0, end: 0 },
    tokens: [],
  });
  const rank = (given: readonly [string, number][], linePrefix = 'x = ') =>
    rankSuggestions(
      given.map(([text, probability]) => suggestion(text, probability)),
      3,
      { linePrefix },
    ).map(({ text, probability }) => [text, Number(probability.toFixed(4))]);

  it('keeps the greedy one first and orders the others', () => {
    expect(rank([['a', 0.2], ['b', 0.3], ['c', 0.5]])).toEqual([['a', 0.2], ['c', 0.5], ['b', 0.3]]); // prettier-ignore
    expect(rank([])).toEqual([]);
  });

  it('adds the probabilities of what differs in its indentation alone', () => {
    const spellings = [['  echo', 0.4], ['echo', 0.2], ['\techo', 0.1], ['exit', 0.1]] as [string, number][]; // prettier-ignore
    expect(rank(spellings, '')).toEqual([['  echo', 0.7], ['exit', 0.1]]); // prettier-ignore
  });

  it('takes what differs in other white space for one, with the probability of the likelier', () => {
    expect(rank([['a + b', 0.4], ['a+b', 0.3], ['a  +b ', 0.2], ['c', 0.1]])).toEqual([['a + b', 0.4], ['c', 0.1]]); // prettier-ignore
  });

  it('shows nothing below one percent', () => {
    expect(rank([['a', 0.009], ['b', 0.01], ['c', 0.0001]])).toEqual([['b', 0.01]]); // prettier-ignore
    expect(rank([['  a', 0.006], ['a', 0.005]], '')).toEqual([['  a', 0.011]]); // prettier-ignore
  });
});

describe('isSecretFile', () => {
  it.each([
    '/a/.env',
    '/a/.env.local',
    '/a/prod.env',
    '/a/.env.example.local',
    '/a/example.env.production.env',
    '/home/a/.aws/.env.example',
    '/a/server.pem',
    '/a/tls.KEY',
    '/home/a/.ssh/config',
    '/a/id_rsa',
    '/a/.npmrc',
    '/a/.netrc',
    '/a/credentials',
    '/a/credentials.json',
    '/a/release.keystore',
    '/a/terraform.tfvars',
    '/a/.env-prod',
    '/a/.env_local',
    '/a/.env~',
    '/a/.envrc.local',
    '/a/.dev.vars',
    '/a/id_rsa.bak',
    '/a/id_ed25519-old.pub',
    '/a/secrets.prod.yaml',
    '/a/terraform.tfstate',
    '/a/terraform.tfstate.backup',
    '/a/.my.cnf',
    '/a/.vault_pass',
    '/a/http.keytab',
    '/home/a/.kube/config',
    'file:///a/%2Eenv',
    'file:///c%3A/a/.env?x#y',
    'C:\\a\\.env',
    '/a/C#/.env',
    '/a/what?/id_rsa',
    'C:\\F#\\.env',
    'untitled:.npmrc',
    '/a/.env-local',
    '/a/.env.local.bak',
    '/a/server.pem.old',
    '/a/kubeconfig.yaml',
    '/a/prod.tfstate.backup',
    '/a/.yarnrc.yml',
    '/home/a/.docker/config.json',
    '/a/application_default_credentials.json',
    '/a/client_secret_1.json',
    '/a/secrets.prod.yml',
    '/a/prod.secrets.yml',
    '/a/my-service-account.json',
    '/home/a/.config/gh/hosts.yml',
    '/a/config/master.key',
    '/a/.bash_history',
  ])('refuses %s', (uri) => expect(isSecretFile(uri)).toBe(true));
  it.each([
    '/a/environment.ts',
    '/a/.env.example',
    '/a/.env.sample',
    '/a/.env-example',
    '/a/.envoy.yaml',
    '/a/secrets.ts',
    '/a/dev.vars.md',
    '/a/.env.template',
    '/a/.env.production.example',
    '/a/.env.dist',
    '/a/example.env',
    '/a/key.ts',
    '/a/env.ts',
    '/a/credentials.ts',
    '/a/secrets.py',
    '/a/secretSanta.json',
    '/a/secrets.example.yml',
    '/a/C#/a.cs',
    '/a/tsconfig.json',
    '/a/docker/config.json',
    '/a/keyboard.properties',
    '/a/npmrc.md',
    'untitled:Untitled-1',
    '',
    '/a/%E0%A4%A',
  ])('allows %s', (uri) => expect(isSecretFile(uri)).toBe(false));
});

describe('reasons', () => {
  it('are whole sentences', () => expect(inEnglish(reasonSentence('modelLoading'))).toMatch(/^[A-Z].*\.$/));
});
