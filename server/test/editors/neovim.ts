// Neovim with a set-up of the guide: opens a file with a conflict, asks for a completion, and takes a quick fix by the
// command that a person takes it by.

import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { start } from '../support/tracer.js';
import { conflict, setUp, tinyModel } from './setUp.js';

export interface NeovimReport {
  /** What went wrong; missing where nothing did. */
  readonly problem?: string;
  readonly completions?: unknown;
  /** The titles of the quick fixes that were offered. */
  readonly titles: readonly string[];
  /** The file after the first of them. */
  readonly written: string;
}

/** The version of a Neovim as [major, minor]; undefined where there is none. */
export function neovimVersion(program: string): readonly [number, number] | undefined {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  const [, major, minor] = /^NVIM v(\d+)\.(\d+)/.exec(stdout ?? '') ?? [];
  return major === undefined || minor === undefined ? undefined : [Number(major), Number(minor)];
}

/** @param settings Lua, into the table of settings that the page shows */
export async function runNeovim(
  program: string,
  cli: string,
  folder: string,
  settings = "certainty = 'eager'",
): Promise<NeovimReport> {
  const at = (name: string): string => join(folder, name);
  const [major, minor] = neovimVersion(program)!;
  const holding = major > 0 || minor >= 11 ? 'vim.lsp.enable' : 'vim.lsp.start_client';
  const table = `${settings}, debounce = 0, threads = 1, model = { path = ${JSON.stringify(tinyModel)} }`;
  const init = setUp(holding, cli, ["certainty = 'balanced'", table], ["'node'", JSON.stringify(process.execPath)]);
  await writeFile(at('conflict.py'), conflict);
  await writeFile(at('init.lua'), `vim.cmd('filetype plugin on')\n${init}`);
  await writeFile(at('session.lua'), session(at('report.json')));
  const file = ['conflict.py', '-c', 'luafile session.lua'];
  // A folder of its own for everything that Neovim keeps; `-u` alone would still read and write the user's.
  const places = ['DATA', 'STATE', 'CONFIG', 'CACHE'].map((kind) => `XDG_${kind}_HOME=${at(kind)}`);
  await start(['env', '-C', folder, ...places, program, '--headless', '-n', '-i', 'NONE', '-u', 'init.lua', ...file]);
  const report = JSON.parse(await readFile(at('report.json'), 'utf8')) as Omit<NeovimReport, 'written'>;
  return { ...report, written: await readFile(at('conflict.py'), 'utf8') };
}

const session = (report: string): string => `
local report = { titles = {} }
local function client()
  return (vim.lsp.get_clients or vim.lsp.get_active_clients)()[1]
end
local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\\n')
end
local ok, problem = pcall(function()
  local function isReady() return client() ~= nil and client().initialized end
  assert(vim.wait(20000, isReady, 20), 'the server does not start')
  local answers = vim.lsp.buf_request_sync(0, 'textDocument/inlineCompletion', {
    textDocument = { uri = vim.uri_from_bufnr(0) }, position = { line = 0, character = 5 }, context = { triggerKind = 1 },
  }, 20000)
  for _, answer in pairs(answers) do report.completions = answer.result end
  local chosen = false
  vim.ui.select = function(items, options, choose)
    report.titles = vim.tbl_map(options.format_item, items)
    choose(items[1])
    chosen = true
  end
  local notify = vim.notify
  vim.notify = function(message, ...) report.said = message; chosen = true; return notify(message, ...) end
  vim.api.nvim_win_set_cursor(0, { 3, 0 })
  vim.lsp.buf.code_action()
  vim.wait(20000, function() return chosen end, 20)
  vim.cmd('silent write')
end)
if not ok then report.problem = tostring(problem) end
vim.fn.writefile({ vim.fn.json_encode(report) }, ${JSON.stringify(report)})
vim.cmd('qall!')
`;
