// Places where a small model is tempted to write what must not be shown, through the language server as an editor would ask,
// by hand and while typing, with the model that ships.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainClient } from '../support/plainClient.js';
import { start } from '../support/tracer.js';
import { type BuiltCli, buildCli } from './builtCli.js';

const model = fileURLToPath(new URL('../../../models/lacuna-0.5b', import.meta.url));
const file = fileURLToPath(new URL('../fixtures/cli/suggestedCases.jsonl', import.meta.url));

interface Case {
  readonly path: string;
  readonly languageId: string;
  /** With ˇ at the cursor. */
  readonly text: string;
  /** What no suggestion may match, after the text before the cursor on its line. */
  readonly never: string;
}

const cases = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Case);

let cli: BuiltCli;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli.remove());

describe('suggestions of the model that ships', { timeout: 240_000 }, () => {
  it('hold nothing that must not be shown', async () => {
    const shown: string[] = [];
    let failed = '';
    let answered = 0;
    await start([process.execPath, cli.file, 'serve', '--stdio'], async (streams) => {
      const settings = { model: { path: model }, debounce: 0, certainty: 'eager', maximumTime: 10_000, lines: 1 };
      const client = await plainClient(streams, settings);
      for (const { path, languageId, text, never } of cases) {
        const uri = pathToFileURL(join('/work', path)).href;
        const [before = '', after = ''] = text.split('ˇ');
        const lines = before.split('\n');
        const textDocument = { uri, languageId, version: 1, text: before + after };
        await client.notify('textDocument/didOpen', { textDocument });
        for (const triggerKind of [1, 2]) {
          const items = await client.request<{ insertText: string }[]>('textDocument/inlineCompletion', {
            textDocument: { uri },
            position: { line: lines.length - 1, character: lines.at(-1)!.length },
            context: { triggerKind },
          });
          const texts = items.map(({ insertText }) => insertText);
          answered += texts.length;
          const bare = texts.map((suggested) => suggested.replace(/\s/g, ''));
          if (new Set(bare).size < bare.length) shown.push(`${path}: ${texts.join(' | ')}`);
          for (const suggested of texts) {
            if (new RegExp(never, 'u').test(lines.at(-1)! + suggested)) shown.push(`${path}: ${suggested}`);
          }
        }
      }
      failed = JSON.stringify(client.heard.filter(({ method }) => method === 'window/showMessage'));
      await client.end();
    });
    expect(answered).toBeGreaterThan(0);
    expect({ shown, failed }).toEqual({ shown: [], failed: '[]' });
  });
});
