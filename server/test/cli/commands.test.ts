import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { link, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { type BuiltCli, buildCli } from './builtCli.js';

const tiny = fileURLToPath(new URL('../fixtures/tiny-model', import.meta.url));
/** The calibration of the model that ships. */
const shipped = fileURLToPath(new URL('../../../models/lacuna-0.5b/holes/calibration.json', import.meta.url));

let cli: BuiltCli;
let folder: string;
const at = (...path: string[]): string => join(folder, ...path);

beforeAll(async () => {
  cli = await buildCli();
  folder = await mkdtemp(join(tmpdir(), 'lacuna-commands-'));
  await mkdir(at('empty'));
  await mkdir(at('broken'));
  await writeFile(at('broken', 'model.json'), '{"format": 1');
  await mkdir(at('newer'));
  await writeFile(at('newer', 'model.json'), '{"format": 99}');
  await writeFile(at('a.ts'), 'const a = 1;\n');
  await writeFile(at('picture.ts'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]));
  await writeFile(at('long.ts'), Buffer.alloc(10_000_000, 'a'));
  await writeFile(at('bad.jsonl'), '{"prompt": "a"}\n');
  await writeFile(at('infill.jsonl'), '{"prompt": "a", "suffix": "b", "canonical_solution": "c", "language": "js"}\n');
  await writeFile(at('edits.jsonl'), '{"id": "1"}\n');
  const place = { id: '1', repo: 'a', path: 'a.ts', language: 'ts', kind: 'line-start' };
  await writeFile(at('good.jsonl'), `${JSON.stringify({ ...place, prefix: '', suffix: '', target_line: 'a' })}\n`);
  await link(at('good.jsonl'), at('link.jsonl'));
});
afterAll(async () => {
  cli.remove();
  await rm(folder, { recursive: true });
});

describe('wrong use and bad input', () => {
  it.each<[string, () => string[], RegExp]>([
    ['no command', () => [], /^No command was given; --help lists them\.$/m],
    ['an unknown command', () => ['compleat'], /^Unknown command 'compleat'\.$/m],
    ['an unknown option', () => ['complete', 'a.ts:1:1', '--fast'], /^Unknown option '--fast'/],
    ['a missing argument', () => ['complete'], /^Missing required argument/],
    ['no evaluation', () => ['eval'], /^No command was given; --help lists them\.$/m],
    ['no data', () => ['eval', 'infill'], /^Missing required argument/],
    ['too many suggestions', () => ['complete', 'a.ts:1:1', '-n', '4'], /from 1 to 3/],
    ['lines that are no number', () => ['complete', 'a.ts:1:1', '--lines', 'many'], /neither "auto" nor/],
    ['an exit mode there is not', () => ['complete', 'a.ts:1:1', '--exits', 'some'], /off, exact, certified/],
    ['no position', () => ['complete', at('a.ts')], /is not a position/],
    ['a missing file', () => ['complete', at('b.ts:1:1')], /no such file/],
    ['a folder', () => ['complete', at('empty:1:1')], /is a folder/],
    ['an empty name', () => ['merge', ''], /^A file was named ""/],
    ['a date of no log', () => ['merge', '--since', '2030-01-31', at('a.ts')], /^--since goes with --log\.$/m],
    ['a position outside', () => ['complete', at('a.ts:9:1')], /has no line 9/],
    ['a binary file', () => ['complete', at('picture.ts:1:1')], /not a text file/],
    ['a large file', () => ['complete', at('long.ts:1:1')], /too large \(10\.0 MB\)/],
    ['a model folder without a model', () => ['complete', at('a.ts:1:13'), '--model', at('empty')], /model\.json/],
    ['a broken model folder', () => ['complete', at('a.ts:1:13'), '--model', at('broken')], /not valid JSON/],
    ['a newer model', () => ['eval', 'infill', at('infill.jsonl'), '--model', at('newer')], /format 99/],
    ['a bad line of data', () => ['eval', 'infill', at('bad.jsonl')], /bad\.jsonl, line 1: "suffix"/],
    [
      'data as the file to write',
      () => ['eval', 'edits', at('good.jsonl'), '--out', at('good.jsonl')],
      /is read by this/,
    ],
    ['a link to data', () => ['eval', 'edits', at('good.jsonl'), '--out', at('link.jsonl')], /is read by this/],
    ['data to calibrate on', () => ['calibrate', at('edits.jsonl'), '--out', at('edits.jsonl')], /is read by this/],
    ['a folder to write', () => ['calibrate', at('edits.jsonl'), '--out', at('empty')], /empty is a folder/],
    [
      'no folder to write into',
      () => ['calibrate', at('edits.jsonl'), '--out', at('no/x')],
      /its folder does not exist/,
    ],
    [
      'a calibration of another model',
      () => ['partial', at('a.ts:1:13'), '--model', tiny, '--calibration', shipped],
      /was measured with lacuna-0\.5b, not with tiny-model/,
    ],
    [
      'one that is not of the server',
      () => ['partial', at('a.ts:1:13'), '--server', 'http://127.0.0.1:9', '--calibration', shipped],
      /not with model server/,
    ],
    [
      'a server that is not there',
      () => ['complete', at('a.ts:1:13'), '--server', 'http://127.0.0.1:9'],
      /^The model server cannot be reached[^.]*\.$/m,
    ],
    ['a bad item', () => ['eval', 'edits', at('edits.jsonl')], /edits\.jsonl, line 1: "repo"/],
    ['a limit of nothing', () => ['eval', 'infill', at('infill.jsonl'), '--limit', '0'], /at least 1/],
    ['a missing file to bench against', () => ['bench', '--against', at('no.gguf')], /no\.gguf cannot be read/],
    ['a server without a channel', () => ['serve'], /--stdio/],
  ])('%s ends with status 2 and one sentence', async (_name, args, sentence) => {
    const { status, stdout, stderr } = await cli.run(...args());
    expect(stderr).toMatch(sentence);
    expect(stderr.trimEnd()).toMatch(/^[^\n]+\.$/);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });
});

describe('help', () => {
  it.each([[], ['complete'], ['eval'], ['eval', 'infill'], ['eval', 'edits'], ['bench'], ['doctor'], ['serve']])(
    'of "%s %s"',
    async (...args) => {
      const words = args.filter((word) => word !== undefined);
      const { status, stdout, stderr } = await cli.run(...words, '--help');
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toContain(`Usage: ${['lacuna', ...words].join(' ')}`);
    },
  );

  it('gives the version', async () => {
    expect(await cli.run('--version')).toEqual({ status: 0, stdout: `${packageJson.version}\n`, stderr: '' });
  });
});

it.skipIf(process.platform !== 'linux')('a folder that was removed is said', async () => {
  await mkdir(at('gone'));
  const { status, stderr } = spawnSync(
    'sh',
    ['-c', 'rmdir ../gone; exec "$0" "$1" merge a.ts', process.execPath, cli.file],
    {
      cwd: at('gone'),
      encoding: 'utf8',
    },
  );
  expect(stderr).toBe('The folder that you are in is there no more.\n');
  expect(status).toBe(2);
});

it.skipIf(!existsSync('/dev/full'))('output that cannot be written is said, with status 2', () => {
  const full = openSync('/dev/full', 'w');
  const { status, stderr } = spawnSync(process.execPath, [cli.file, 'man'], {
    stdio: ['ignore', full, 'pipe'],
    encoding: 'utf8',
  });
  closeSync(full);
  expect(stderr).toMatch(/^The output cannot be written: [^\n]+\.\n$/);
  expect(status).toBe(2);
});

describe('doctor', () => {
  it('says what is wrong and what to do, as one object on standard output', async () => {
    const { status, stdout, stderr } = await cli.run('doctor', '--json', '--model', at('broken'));
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    const { ok, lines } = JSON.parse(stdout) as {
      ok: boolean;
      lines: { name: string; ok: boolean; advice?: string }[];
    };
    expect(ok).toBe(false);
    expect(lines.map(({ name }) => name)).toContain('onnxruntime');
    const problems = lines.filter((line) => !line.ok && ['model', 'prompts', 'loading'].includes(line.name));
    // A model that cannot be read has no form for prompts to mend.
    expect(problems.map(({ name }) => name)).toEqual(['model', 'loading']);
    expect(problems.every(({ advice }) => advice !== undefined)).toBe(true);
  });
});

describe('serve', () => {
  const message = (content: object): string => {
    const text = JSON.stringify({ jsonrpc: '2.0', ...content });
    return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
  };

  it('answers over standard input and output, and ends when it is told to', async () => {
    const input = [
      { id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } },
      { id: 2, method: 'shutdown' },
      { method: 'exit' },
    ];
    const { status, stdout } = await cli.runWithInput(input.map(message).join(''), 'serve', '--stdio');
    expect(stdout).toContain('"inlineCompletionProvider":true');
    expect(status).toBe(0);
  });

  it.each([
    ['a length that is no number', 'Content-Length: abc\r\n\r\n{}'],
    ['no length', 'Content-Type: a\r\n\r\n{}'],
    ['other line ends', 'Content-Length: 2\n\n{}'],
    ['no header', '{"jsonrpc":"2.0"}\n'],
    ['a body longer than its length', 'Content-Length: 1\r\n\r\n{}'],
  ])('ends in one sentence where a message has %s', async (_, broken) => {
    const hello = message({
      id: 1,
      method: 'initialize',
      params: { processId: null, rootUri: null, capabilities: {} },
    });
    const { status, stderr } = await cli.runWithInput(broken + hello, 'serve', '--stdio');
    expect(stderr).toMatch(/^(A message .* passed over\.\n)?A message [^\n]* has no header [^\n]*\n$/);
    expect(status).toBe(1);
  });

  it('passes over a message that is no JSON, in one sentence', async () => {
    const end = [{ id: 2, method: 'shutdown' }, { method: 'exit' }].map(message).join('');
    const { status, stderr } = await cli.runWithInput(`Content-Length: 5\r\n\r\nhello${end}`, 'serve', '--stdio');
    expect(stderr).toBe('A message to the language server is no JSON and is passed over.\n');
    expect(status).toBe(0);
  });
});
