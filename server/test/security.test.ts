// What a repository, a file or a workspace may not do to whoever opens it.

import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { MarkupContent } from 'vscode-languageserver/node';
import { explainRequest, resolutionsRequest } from '../src/protocol/messages.js';
import { FakeModel } from './support/fakeModel.js';
import { TestEditor } from './support/TestEditor.js';

const clientFiles = readdirSync('client/src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => ({ name, text: readFileSync(`client/src/${name}`, 'utf8') }));

describe('pages', () => {
  it('run no script and read no file', () => {
    const opening = clientFiles.filter(({ text }) => text.includes('createWebviewPanel('));
    expect(opening.length).toBeGreaterThan(0);
    for (const { name, text } of opening) {
      expect(text.match(/createWebviewPanel\(/g)?.length, name).toBe(text.match(/enableScripts: false/g)?.length);
      expect(text, name).toContain('localResourceRoots: []');
      expect(text, name).not.toContain('enableScripts: true');
    }
  });

  it('are held by a content policy that allows nothing but their own styles', () => {
    const pages = clientFiles.filter(({ text }) => text.includes('<!DOCTYPE html>'));
    expect(pages.length).toBeGreaterThan(0);
    for (const { name, text } of pages) {
      const policies = [...text.matchAll(/Content-Security-Policy" content="([^"]*)"/g)].map(([, policy]) => policy);
      expect(policies, name).toEqual([`default-src 'none'; style-src 'unsafe-inline'`]);
      expect(text, name).not.toMatch(/<script|javascript:|\son\w+=/i);
    }
  });
});

describe('a workspace that is not trusted', () => {
  it('chooses no path and no server', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
      capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
      contributes: { configuration: { properties: Record<string, { type?: string; scope: string }> }[] };
    };
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    const named = manifest.contributes.configuration
      .flatMap(({ properties }) => Object.entries(properties))
      .filter(([name, { scope }]) => /path|url|server|endpoint|command|threads/i.test(name) && scope !== 'application')
      .map(([name]) => name);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !restrictedConfigurations.includes(name))).toEqual([]);
  });
});

describe('text of the user', () => {
  const marker = 'xyzzyMarker';
  const uri = 'file:///work/a.ts';
  let editor: TestEditor;
  afterEach(async () => {
    await editor.shutDown();
    editor.connection.dispose();
  });

  it('is in no line of the log, whatever happens', async () => {
    const model = new FakeModel({ script: `${marker} = 1;` });
    editor = await TestEditor.open({ model });
    await editor.openDocument(uri, 'typescript', `const ${marker} = 2;\n`);
    await editor.suggest(uri);
    await editor.type(uri, `${marker}.`);
    await editor.suggest(uri, { manual: true });
    await editor.connection.sendRequest(explainRequest, {});
    model.failWith('The model failed.');
    await editor.type(uri, `\n${marker}2`);
    await editor.suggest(uri, { manual: true });
    await editor.replaceAll(uri, `<<<<<<< ${marker}\n${marker}\n=======\nb\n>>>>>>> ${marker}\n`);
    const place = { textDocument: { uri }, position: { line: 1, character: 0 } };
    await editor.connection.sendRequest('textDocument/hover', place);
    await editor.connection.sendRequest(resolutionsRequest, place);
    // A place that is none, and a parameter of the wrong kind.
    await editor.connection
      .sendRequest('textDocument/hover', { ...place, position: { line: marker, character: -1 } })
      .catch(() => undefined);
    await editor.suggest('file:///work/not-open.ts');
    expect(editor.log.length).toBeGreaterThan(3);
    expect(editor.log.filter((line) => line.includes(marker))).toEqual([]);
    expect(editor.messages.filter((line) => line.includes(marker))).toEqual([]);
  });

  it.each([
    ['a link to a command', '[click](command:workbench.action.quit)'],
    ['HTML', '<img src=x onerror=alert(1)>'],
    ['an image from elsewhere', '![x](https://example.invalid/x.png)'],
    ['the end of a fence', '```\n[click](command:quit)\n````'],
  ])('stays text in a hover: %s', async (_name, markup) => {
    editor = await TestEditor.open();
    const text = `<<<<<<< ${markup.split('\n')[0]}\n${markup}\n=======\nb\n>>>>>>> ${markup.split('\n')[0]}\n`;
    await editor.openDocument(uri, 'typescript', text);
    const hover = await editor.connection.sendRequest<{ contents: MarkupContent }>('textDocument/hover', {
      textDocument: { uri },
      position: { line: 1, character: 0 },
    });
    const outside = withoutCode(hover.contents.value);
    expect(outside).toContain('Lacuna');
    expect(outside).not.toMatch(/\]\(|<|command:|https?:/);
  });
});

/** Markdown without what is code in it, blocks and spans, as CommonMark reads them. */
function withoutCode(markdown: string): string {
  let fence = '';
  return markdown
    .split('\n')
    .filter((line) => {
      const run = /^`{3,}/.exec(line)?.[0] ?? '';
      if (fence === '') {
        fence = run;
        return run === '';
      }
      if (run.length >= fence.length && line.trim() === run) fence = '';
      return false;
    })
    .join('\n')
    .replace(/(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)/g, '');
}
