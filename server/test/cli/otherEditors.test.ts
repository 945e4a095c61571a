// The language server as other editors use it: started as a process, spoken to by clients that know nothing of Lacuna.

import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainClient } from '../support/plainClient.js';
import { start } from '../support/tracer.js';
import { type BuiltCli, buildCli } from './builtCli.js';

const model = fileURLToPath(new URL('../fixtures/tiny-model', import.meta.url));
const settings = { model: { path: model }, threads: 1, debounce: 0, certainty: 'eager' };
const conflict = 'a = 0\n<<<<<<< HEAD\nb = 1\n=======\nb = 2\n>>>>>>> branch\nc = 3\n';
let cli: BuiltCli;
let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  cli = await buildCli();
  folder = await mkdtemp(join(tmpdir(), 'lacuna-editors-'));
});
afterAll(async () => {
  cli.remove();
  await rm(folder, { recursive: true });
});

interface Item {
  readonly insertText: string;
  readonly range: { readonly start: { readonly line: number } };
  readonly command?: unknown;
}

describe('a plain client', { timeout: 60_000 }, () => {
  it('gets completions and resolutions, and an end', async () => {
    const uri = pathToFileURL(at('a.py')).href;
    const heard: string[] = [];
    const { status } = await start([process.execPath, cli.file, 'serve', '--stdio'], async (streams) => {
      const client = await plainClient(streams, settings);
      const open = (text: string, version: number): Promise<void> =>
        client.notify(version === 1 ? 'textDocument/didOpen' : 'textDocument/didChange', {
          textDocument: { uri, languageId: 'python', version, text },
          contentChanges: [{ text }],
        });
      await open('def add(a, b):\n    ', 1);
      const items = await client.request<Item[]>('textDocument/inlineCompletion', {
        textDocument: { uri },
        position: { line: 1, character: 4 },
        context: { triggerKind: 1 },
      });
      // The tiny model knows nothing; what comes is well-formed, and carries no command that only our client knows.
      for (const item of items) {
        expect(item.insertText).toBeTypeOf('string');
        expect(item.range.start.line).toBe(1);
        expect(item.command).toBeUndefined();
      }
      await open(conflict, 2);
      const place = { line: 2, character: 0 };
      const actions = await client.request<
        { title: string; edit: { changes: Record<string, { newText: string }[]> } }[]
      >('textDocument/codeAction', {
        textDocument: { uri },
        range: { start: place, end: place },
        context: { diagnostics: [] },
      });
      expect(actions.map(({ title }) => title)).toEqual(expect.arrayContaining([expect.stringMatching(/^Lacuna: /)]));
      const texts = actions.map(({ edit }) => edit.changes[uri]![0]!.newText);
      expect(texts).toEqual(expect.arrayContaining(['b = 1\n', 'b = 2\n']));
      const hover = await client.request<{ contents: { value: string } }>('textDocument/hover', {
        textDocument: { uri },
        position: place,
      });
      expect(hover.contents.value).toMatch(/\*\*Lacuna/);
      heard.push(...client.heard.map(({ method }) => method));
      await client.end();
    });
    expect(status).toBe(0);
    expect(heard.filter((method) => method.startsWith('lacuna/'))).toEqual([]);
  });

  it('has the settings that it gave at the start where it answers null when it is asked, as Helix and Neovim do', async () => {
    const uri = pathToFileURL(at('b.py')).href;
    let items: Item[] | undefined;
    const messages: unknown[] = [];
    await start([process.execPath, cli.file, 'serve', '--stdio'], async (streams) => {
      const capabilities = {
        workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } },
      };
      const client = await plainClient(streams, { ...settings, languages: { python: false } }, capabilities, null);
      await client.notify('workspace/didChangeConfiguration', { settings: {} });
      await client.notify('textDocument/didOpen', {
        textDocument: { uri, languageId: 'python', version: 1, text: 'def add(a, b):\n    ' },
      });
      items = await client.request<Item[]>('textDocument/inlineCompletion', {
        textDocument: { uri },
        position: { line: 1, character: 4 },
        context: { triggerKind: 1 },
      });
      messages.push(...client.heard.filter(({ method }) => method === 'window/logMessage').map(({ params }) => params));
      await client.end();
    });
    expect(items).toEqual([]);
    // The model's folder is the one that it named.
    expect(JSON.stringify(messages)).toContain('tiny-model');
  });

  it('hears in one sentence that a model cannot be loaded', async () => {
    let message = '';
    await start([process.execPath, cli.file, 'serve', '--stdio'], async (streams) => {
      const client = await plainClient(streams, { ...settings, model: { path: at('nothing-here') } });
      const said = (): { params: unknown } | undefined =>
        client.heard.find(({ method }) => method === 'window/showMessage');
      while (said() === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
      message = (said()!.params as { message: string }).message;
      await client.end();
    });
    expect(message).toMatch(/^Lacuna: .*nothing-here.*\.$/);
  });
});

const hasNeovim = spawnSync('nvim', ['--version']).error === undefined;

/** Starts the server as docs/guide/other-editors.md says, and writes what came of it. */
const script = (server: string, report: string): string => `
local report = {}
local function finish()
  local file = io.open(${JSON.stringify(report)}, 'w')
  file:write(vim.fn.json_encode(report))
  file:close()
  vim.cmd('qall!')
end
local ok, problem = pcall(function()
  local id = vim.lsp.start_client({
    name = 'lacuna',
    cmd = { ${JSON.stringify(process.execPath)}, ${JSON.stringify(server)}, 'serve', '--stdio' },
    root_dir = vim.fn.getcwd(),
    init_options = { settings = vim.fn.json_decode(${JSON.stringify(JSON.stringify(settings))}) },
    handlers = {},
  })
  vim.lsp.buf_attach_client(0, id)
  vim.wait(20000, function() return vim.lsp.get_client_by_id(id) and vim.lsp.get_client_by_id(id).initialized end, 20)
  local client = vim.lsp.get_client_by_id(id)
  local function ask(method, params)
    local answer = client.request_sync(method, params, 20000, 0)
    return answer and answer.result
  end
  local uri = vim.uri_from_bufnr(0)
  report.completions = ask('textDocument/inlineCompletion', {
    textDocument = { uri = uri }, position = { line = 0, character = 5 }, context = { triggerKind = 1 },
  })
  local place = { line = 2, character = 0 }
  local actions = ask('textDocument/codeAction', {
    textDocument = { uri = uri }, range = { start = place, ['end'] = place }, context = { diagnostics = {} },
  })
  report.titles = vim.tbl_map(function(action) return action.title end, actions)
  vim.lsp.util.apply_workspace_edit(actions[1].edit, client.offset_encoding)
  vim.cmd('silent write')
end)
if not ok then report.problem = tostring(problem) end
finish()
`;

describe('Neovim', { timeout: 60_000 }, () => {
  it('starts the server, asks for completions, and takes a resolution that reaches the disk', async ({ skip }) => {
    if (!hasNeovim) skip('nvim is not installed');
    await writeFile(at('conflict.py'), conflict);
    await writeFile(at('script.lua'), script(cli.file, at('report.json')));
    await start([
      'nvim',
      '--headless',
      '-n',
      '-u',
      'NONE',
      '-i',
      'NONE',
      at('conflict.py'),
      '-c',
      `luafile ${at('script.lua')}`,
    ]);
    const report = JSON.parse(await readFile(at('report.json'), 'utf8')) as {
      problem?: string;
      completions?: unknown[];
      titles?: string[];
    };
    expect(report.problem).toBeUndefined();
    expect(report.completions).toBeInstanceOf(Array);
    expect(report.titles!.length).toBeGreaterThan(1);
    expect(report.titles!.every((title) => title.startsWith('Lacuna: '))).toBe(true);
    const written = await readFile(at('conflict.py'), 'utf8');
    expect(written).not.toMatch(/<<<<<<<|>>>>>>>|=======/);
    expect(written).toMatch(/^a = 0\n(.*\n)*c = 3\n$/);
  });
});
