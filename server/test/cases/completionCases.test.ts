// Places where a suggestion is tempted to double or to swallow what stands behind the cursor, or to end in the middle of
// something because its time is over: through the language server, as an editor asks, with the model that ships.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltCli, buildCli } from '../cli/builtCli.js';
import { plainClient, type PlainClient } from '../support/plainClient.js';
import { start } from '../support/tracer.js';

const model = fileURLToPath(new URL('../../../models/lacuna-0.5b', import.meta.url));
const file = fileURLToPath(new URL('../fixtures/cases/completion.jsonl', import.meta.url));

interface Case {
  readonly kind: string;
  readonly path: string;
  readonly languageId: string;
  /** With ˇ at the cursor. */
  readonly text: string;
}

interface Item {
  readonly insertText: string;
  readonly range: { readonly start: Position; readonly end: Position };
}

interface Position {
  readonly line: number;
  readonly character: number;
}

/** The protocol's kinds of a request for suggestions. */
const BY_HAND = 1;
const BY_ITSELF = 2;

const cases = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Case);
const ofKind = (kind: string): readonly Case[] => cases.filter((one) => one.kind === kind);

let cli: BuiltCli;
beforeAll(async () => {
  cli = await buildCli();
});
afterAll(() => cli.remove());

/** Talks to a server of the model that ships, and returns what it said to the user. */
async function serve(settings: object, talk: (client: PlainClient) => Promise<void>): Promise<readonly unknown[]> {
  let messages: readonly unknown[] = [];
  await start([process.execPath, cli.file, 'serve', '--stdio'], async (streams) => {
    const client = await plainClient(streams, { model: { path: model }, debounce: 0, certainty: 'eager', ...settings });
    await talk(client);
    messages = client.heard.filter(({ method }) => method === 'window/showMessage');
    await client.end();
  });
  return messages;
}

/** A document that is open in an editor, with a cursor in it. */
class Open {
  private version = 1;
  private readonly uri: string;
  readonly before: string;
  readonly after: string;
  typed = '';

  constructor(
    private readonly client: PlainClient,
    private readonly one: Case,
  ) {
    this.uri = pathToFileURL(join('/work', one.path)).href;
    [this.before, this.after] = one.text.split('ˇ') as [string, string];
  }

  get rest(): string {
    return this.after.slice(0, this.after.indexOf('\n'));
  }

  get text(): string {
    return this.before + this.typed + this.after;
  }

  async show(): Promise<void> {
    const { uri, version, text } = this;
    const textDocument = { uri, languageId: this.one.languageId, version, text };
    await this.client.notify('textDocument/didOpen', { textDocument });
  }

  async type(more: string): Promise<void> {
    this.typed += more;
    const { uri, text } = this;
    const textDocument = { uri, version: ++this.version };
    await this.client.notify('textDocument/didChange', { textDocument, contentChanges: [{ text }] });
  }

  async suggest(triggerKind: number): Promise<readonly Item[]> {
    const lines = (this.before + this.typed).split('\n');
    return this.client.request<Item[]>('textDocument/inlineCompletion', {
      textDocument: { uri: this.uri },
      position: { line: lines.length - 1, character: lines.at(-1)!.length },
      context: { triggerKind },
    });
  }

  /** What is wrong with the document after an item was accepted; undefined where nothing is. */
  fault({ insertText, range }: Item): string | undefined {
    const end = offsetAt(this.text, range.end);
    const accepted = this.text.slice(0, offsetAt(this.text, range.start)) + insertText + this.text.slice(end);
    const told = `${this.one.path}: ${JSON.stringify(insertText)} makes ${JSON.stringify(lineOf(accepted, this.before))}`;
    if (balance(accepted) !== balance(this.text)) return `${told}, which is not balanced.`;
    const behind = accepted.slice(this.before.length);
    if (!holds(behind, this.rest)) return `${told}, which lacks some of ${JSON.stringify(this.rest)}.`;
    if (!accepted.endsWith(this.after.slice(this.rest.length))) return `${told}, and changes further lines.`;
    return undefined;
  }
}

function offsetAt(text: string, { line, character }: Position): number {
  const lines = text.split('\n');
  return lines.slice(0, line).join('\n').length + (line === 0 ? 0 : 1) + character;
}

function lineOf(text: string, before: string): string {
  return text.slice(before.lastIndexOf('\n') + 1).split('\n')[0]!;
}

/** How many more of each bracket are opened than closed, and which quotes are odd; counted sign by sign. */
function balance(text: string): string {
  const count = (sign: string): number => text.split(sign).length - 1;
  const nets = ['()', '[]', '{}'].map((pair) => count(pair[0]!) - count(pair[1]!));
  return [...nets, ...['"', '`'].map((quote) => count(quote) % 2)].join(' ');
}

/** Whether a text holds the signs of another in their order, white space aside. */
function holds(text: string, signs: string): boolean {
  let at = 0;
  for (const sign of signs.replace(/\s/g, '')) {
    at = text.indexOf(sign, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

describe('with the model that ships', { timeout: 240_000 }, () => {
  it('what stands behind the cursor is neither doubled nor swallowed', async () => {
    const faults: string[] = [];
    let shown = 0;
    const messages = await serve({ maximumTime: 10_000 }, async (client) => {
      for (const one of ofKind('A')) {
        const open = new Open(client, one);
        await open.show();
        // While typing first, then by hand, which gives further ones.
        for (const triggerKind of [BY_ITSELF, BY_HAND]) {
          const items = await open.suggest(triggerKind);
          shown += items.length;
          faults.push(...items.flatMap((item) => open.fault(item) ?? []));
        }
      }
    });
    expect({ faults, messages }).toEqual({ faults: [], messages: [] });
    // Silence would be balanced too.
    expect(shown).toBeGreaterThan(ofKind('A').length);
  });

  it.each([400, 1000, 2200])('nothing is cut in the middle of something after %i ms', async (maximumTime) => {
    const faults: string[] = [];
    const messages = await serve({ maximumTime }, async (client) => {
      for (const one of ofKind('B')) {
        const open = new Open(client, one);
        await open.show();
        let longest = '';
        let longestByItself = '';
        for (const triggerKind of [BY_ITSELF, BY_HAND, BY_ITSELF]) {
          const items = await open.suggest(triggerKind);
          faults.push(...items.flatMap((item) => open.fault(item) ?? []));
          const first = items[0]?.insertText ?? '';
          // By hand unlikely ones are shown too, which do not come by themselves.
          const isUnlikely = first === '' && longest !== longestByItself;
          if (first.length < longest.length && longest.startsWith(first) && !isUnlikely) {
            faults.push(`${one.path}: ${JSON.stringify(first)} took the place of ${JSON.stringify(longest)}.`);
          }
          longest = first;
          if (triggerKind === BY_ITSELF) longestByItself = first;
        }
        const typed = longest.slice(0, 2);
        if (typed.trim() === '' || open.rest.trim() !== '') continue;
        await open.type(typed);
        const along = (await open.suggest(BY_ITSELF)).map(({ insertText }) => insertText);
        // Where nothing is shown any more there is nothing that is cut.
        if (along.length > 0 && !`${typed}${along[0]}`.startsWith(longest)) {
          faults.push(`${one.path}: typed along ${JSON.stringify(longest)}, ${JSON.stringify(along)} came.`);
        }
      }
    });
    expect({ faults, messages }).toEqual({ faults: [], messages: [] });
  });
});
