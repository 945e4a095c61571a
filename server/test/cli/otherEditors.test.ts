// The language server as other editors use it: started as a process, spoken to by clients that know nothing of Lacuna.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neovimVersion, runNeovim } from '../editors/neovim.js';
import { conflict, tinyModel } from '../editors/setUp.js';
import { plainClient } from '../support/plainClient.js';
import { start } from '../support/tracer.js';
import { type BuiltCli, buildCli } from './builtCli.js';

const settings = { model: { path: tinyModel }, threads: 1, debounce: 0, certainty: 'eager' };
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
      // The model's folder is the one that it named. Nobody who asks for nothing waits until it is loaded.
      const logged = () => client.heard.filter(({ method }) => method === 'window/logMessage');
      await expect.poll(() => JSON.stringify(logged()), { timeout: 20_000 }).toContain('tiny-model');
      await client.end();
    });
    expect(items).toEqual([]);
  });

  it('may call a language by a name of its own, in a document and in a setting', async () => {
    const languages = { csharp: false, js: false, typescriptreact: false };
    const documents = [
      ['cs', 'A.cs'],
      ['javascript', 'a.js'],
      ['web', 'a.tsx'],
      ['java', 'A.java'],
    ] as const;
    const disabled: Record<string, boolean> = {};
    await start([process.execPath, cli.file, 'serve', '--stdio'], async (streams) => {
      const client = await plainClient(streams, { ...settings, languages });
      const text = 'class A {\n  int a = \n}\n';
      for (const [languageId, name] of documents) {
        const uri = pathToFileURL(at(name)).href;
        await client.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
        const known = client.heard.length;
        const asked = { textDocument: { uri }, position: { line: 1, character: 10 }, context: { triggerKind: 1 } };
        await client.request<Item[]>('textDocument/inlineCompletion', asked);
        disabled[name] = JSON.stringify(client.heard.slice(known)).includes('Nothing is suggested: disabled.');
      }
      await client.end();
    });
    expect(disabled).toEqual({ 'A.cs': true, 'a.js': true, 'a.tsx': true, 'A.java': false });
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

describe('Neovim', { timeout: 60_000 }, () => {
  it('starts the server, asks for completions, and takes a resolution that reaches the disk', async ({ skip }) => {
    if (neovimVersion('nvim') === undefined) skip('nvim is not installed');
    const { problem, completions, titles, written } = await runNeovim('nvim', cli.file, folder);
    expect(problem).toBeUndefined();
    expect(completions).toBeInstanceOf(Array);
    expect(titles.length).toBeGreaterThan(1);
    expect(titles.every((title) => title.startsWith('Lacuna: '))).toBe(true);
    expect(written).toMatch(/^a = 0\n(b = \d\n)+c = 3\n$/);
  });
});
