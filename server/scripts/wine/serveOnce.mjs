// Starts `lacuna serve --stdio` as an editor would, asks for a completion until there is one, and prints what came: `node serveOnce.mjs CLI FILE
// LINE COLUMN`, both from 0. It has no packages, so that the Node of another system can run it.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { clearTimeout, setTimeout } from 'node:timers';
import { pathToFileURL } from 'node:url';

/** Milliseconds after which the server is given up. */
const LONGEST = 200_000;

const [cli, file, line, character] = process.argv.slice(2);
const server = spawn(process.execPath, [cli, 'serve', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
const timer = setTimeout(() => server.kill(), LONGEST);
const waiting = new Map();
let received = Buffer.alloc(0);
let lastId = 0;

server.stdout.on('data', (piece) => {
  received = Buffer.concat([received, piece]);
  for (let message = nextMessage(); message !== undefined; message = nextMessage()) take(message);
});
const ended = new Promise((resolve) => server.once('close', resolve));

const uri = pathToFileURL(file).href;
const settings = { threads: 1, maximumTime: 10_000, lines: 1 };
await request('initialize', {
  processId: process.pid,
  rootUri: null,
  capabilities: { textDocument: { inlineCompletion: {} } },
  initializationOptions: { settings },
});
send({ method: 'initialized', params: {} });
const text = readFileSync(file, 'utf8');
send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'typescript', version: 1, text } } });
let texts = [];
// While the model is loaded there is nothing.
while (texts.length === 0) {
  const answer = await request('textDocument/inlineCompletion', {
    textDocument: { uri },
    position: { line: Number(line), character: Number(character) },
    context: { triggerKind: 1 },
  });
  texts = (answer?.items ?? answer ?? []).map(({ insertText }) => insertText);
}
await request('shutdown', null);
send({ method: 'exit' });
const status = await ended;
clearTimeout(timer);
console.log(JSON.stringify({ status, texts }));

function request(method, params) {
  const id = (lastId += 1);
  send({ id, method, params });
  return new Promise((resolve, reject) => {
    waiting.set(id, resolve);
    void ended.then((code) => reject(new Error(`The server ended with status ${code} before it answered ${method}.`)));
  });
}

function send(message) {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message });
  server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

function nextMessage() {
  const end = received.indexOf('\r\n\r\n');
  const length = /Content-Length: (\d+)/i.exec(received.subarray(0, Math.max(end, 0)).toString('latin1'))?.[1];
  if (length === undefined || received.length < end + 4 + Number(length)) return undefined;
  const body = received.subarray(end + 4, end + 4 + Number(length));
  received = received.subarray(end + 4 + Number(length));
  return JSON.parse(body.toString('utf8'));
}

function take({ id, method, result }) {
  // What the server asks of an editor may be left to its defaults.
  if (method !== undefined) {
    if (id !== undefined) send({ id, result: method === 'workspace/configuration' ? [settings] : null });
    return;
  }
  waiting.get(id)?.(result);
  waiting.delete(id);
}
