// A long day of typing: drives the built language server over standard input and output, five keys a second in large files,
// with pauses, cursor moves, accepted suggestions, deletions, conflicts, and files closed and opened again. Prints memory and
// waiting times as they go, and at the end whether they rose, and what was alive when it began, when it ended and after
// shutdown: tensors, sessions of the runtime, listeners and other functions, timers and other handles (countLive.mjs).
//
//   node server/scripts/soak.mjs [--minutes 120] [--model FOLDER] [--threads 2] [--keys 5] [--restarts 0] > soak.log
//
// With --restarts, the model is started anew so many times, evenly spread, as a change of its settings does.
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { mersenne } from 'pure-rand/generator/mersenne';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { root } from './prepare.mjs';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '120' },
    model: { type: 'string', default: '' },
    threads: { type: 'string', default: '2' },
    keys: { type: 'string', default: '5' },
    restarts: { type: 'string', default: '0' },
  },
});
const totalMs = Number(values.minutes) * 60_000;
const keyMs = 1_000 / Number(values.keys);

const restartMs = totalMs / (Number(values.restarts) + 1);
/** What is not yet counted as settled: the runtime, caches and the compiler warm up. */
const warmMs = Math.min(5 * 60_000, totalMs / 4);

const child = spawn(
  process.execPath,
  [
    '--no-warnings',
    '--import',
    join(root, 'server/scripts/countLive.mjs'),
    join(root, 'dist/cli.cjs'),
    'serve',
    '--stdio',
  ],
  { stdio: ['pipe', 'pipe', 'pipe', 'ipc'] },
);
const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
let settings = { model: { path: values.model }, threads: Number(values.threads) };
const problems = [];
child.stderr.on('data', (data) => problems.push(String(data)));
connection.onRequest((method, parameters) =>
  method === 'workspace/configuration' ? parameters.items.map(() => settings) : null,
);
connection.onNotification((method, params) => {
  // Errors and warnings of the log too: a worker that is replaced says so there.
  if (method === 'window/showMessage' || (method === 'window/logMessage' && params.type <= 2)) {
    problems.push(params.message);
  }
});
connection.listen();
await connection.sendRequest('initialize', {
  processId: process.pid,
  rootUri: pathToFileURL(join(root, 'server/src')).href,
  capabilities: { workspace: { configuration: true } },
  initializationOptions: { settings },
});
await connection.sendNotification('initialized', {});

/** Seeded, so that two soaks type the same. */
const generator = mersenne(7);
const random = (below) => uniformInt(generator, 0, below - 1);

/** Large files: what the examples hold, again and again. */
const sources = await Promise.all(
  ['examples/typescript/inventory.ts', 'server/src/completion/completer.ts', 'server/src/setup/examine.ts'].map(
    (file) => readFile(join(root, file), 'utf8'),
  ),
);
const documents = sources.map((text, index) => ({
  uri: `file:///soak/${index}.ts`,
  version: 1,
  lines: Array.from({ length: 12 }, () => text)
    .join('\n')
    .split('\n'),
  source: text.split('\n').filter((line) => line.trim().length > 3),
}));
for (const document of documents) await open(document);

function open({ uri, version, lines }) {
  return connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'typescript', version, text: lines.join('\n') },
  });
}

const waits = [];
let [keys, asked, answered, suggested] = [0, 0, 0, 0];

async function edit(document, range, text) {
  const { start, end } = range;
  document.version++;
  const before = document.lines[start.line].slice(0, start.character);
  const after = document.lines[end.line].slice(end.character);
  document.lines.splice(start.line, end.line - start.line + 1, ...(before + text + after).split('\n'));
  await connection.sendNotification('textDocument/didChange', {
    textDocument: { uri: document.uri, version: document.version },
    contentChanges: [{ range, text }],
  });
}

function ask({ uri }, position) {
  asked++;
  const began = performance.now();
  return connection
    .sendRequest('textDocument/inlineCompletion', { textDocument: { uri }, position, context: { triggerKind: 2 } })
    .then(
      (items) => {
        answered++;
        if (items?.length > 0) {
          suggested++;
          waits.push({ at: performance.now() - start, ms: performance.now() - began });
        }
        return items?.[0];
      },
      () => void answered++,
    );
}

async function memoryOf(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024;
}

/** What is alive in the server; `threads` says how many answers of workers are worth waiting for. */
function counted(threads) {
  return new Promise((resolve) => {
    child.once('message', resolve);
    child.send({ kind: 'count', threads });
  });
}

const start = performance.now();
const samples = [];
let nextSample = 60_000;
let nextKey = start;
let nextRestart = restartMs;
let early;

/** Waits for the next key of an even rhythm; asks how things are once a minute. */
async function rhythm() {
  keys++;
  nextKey = Math.max(nextKey + keyMs, performance.now() - 1_000);
  await delay(Math.max(0, nextKey - performance.now()));
  const now = performance.now() - start;
  if (now < nextSample) return;
  nextSample += 60_000;
  const megabytes = await memoryOf(child.pid);
  samples.push({ minute: Math.round(now / 60_000), megabytes });
  const last = waits.filter(({ at }) => at > now - 60_000).map(({ ms }) => ms);
  console.log(
    `${Math.round(now / 60_000)} min: ${keys} keys, ${asked - answered} unanswered, ${megabytes.toFixed(0)} MB, ` +
      `p50 ${quantile(last, 0.5)} ms, p95 ${quantile(last, 0.95)} ms`,
  );
}

/** Everything that was asked is answered, or a minute has passed. */
async function quiet() {
  const until = performance.now() + 60_000;
  while (answered < asked && performance.now() < until) await delay(50);
  await delay(2_000);
}

while (performance.now() - start < totalMs) {
  const passed = performance.now() - start;
  if (early === undefined && passed >= warmMs) {
    await quiet();
    early = await counted(3);
  }
  if (passed >= nextRestart) {
    nextRestart += restartMs;
    settings = { ...settings, threads: settings.threads === 1 ? 2 : 1 };
    await connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  }
  const document = documents[random(documents.length)];
  const line = random(document.lines.length - 1);
  // A line of the same source is typed anew, so that suggestions are often right and then accepted.
  const target = document.source[random(document.source.length)];
  await edit(document, { start: { line, character: 0 }, end: { line, character: 0 } }, '\n');
  let typed = '';
  for (const character of target) {
    const at = { line, character: typed.length };
    await edit(document, { start: at, end: at }, character);
    typed += character;
    const asking = ask(document, { line, character: typed.length });
    await rhythm();
    const item = random(6) === 0 ? await Promise.race([asking, delay(400)]) : undefined;
    const rest = target.slice(typed.length);
    if (item !== undefined && typeof item.insertText === 'string' && item.range.start.line === line && rest !== '') {
      const place = { line, character: typed.length };
      await edit(document, { start: place, end: place }, rest);
      break;
    }
  }
  // Some lines are taken out again, so that the files stay as long as they are.
  await edit(document, { start: { line, character: 0 }, end: { line: line + 1, character: 0 } }, '');
  await rhythm();
  if (random(10) === 0) {
    const conflict = '<<<<<<< HEAD\nconst a = 1;\n=======\nconst a = 2;\n>>>>>>> branch\n';
    await edit(document, { start: { line, character: 0 }, end: { line, character: 0 } }, conflict);
    const position = { line: line + 1, character: 0 };
    await connection.sendRequest('textDocument/hover', { textDocument: { uri: document.uri }, position });
    await edit(document, { start: { line, character: 0 }, end: { line: line + 5, character: 0 } }, '');
  }
  if (random(20) === 0) {
    await connection.sendNotification('textDocument/didClose', { textDocument: { uri: document.uri } });
    document.version++;
    await open(document);
  }
}

await quiet();
const late = await counted(3);
await connection.sendRequest('shutdown');
const ended = await counted(0);
const third = Math.max(1, Math.floor(samples.length / 3));
const mean = (list) => list.reduce((sum, { megabytes }) => sum + megabytes, 0) / Math.max(1, list.length);
// The first third fills caches; what matters is whether it goes on.
const [middle, end] = [mean(samples.slice(third, 2 * third)), mean(samples.slice(-third))];
const halves = [waits.filter(({ at }) => at < totalMs / 2), waits.filter(({ at }) => at >= totalMs / 2)];
const report = {
  minutes: Number(values.minutes),
  keys,
  asked,
  unanswered: asked - answered,
  suggested,
  megabytes: { middle: Math.round(middle), end: Math.round(end), rise: (end - middle) / middle },
  p95: halves.map((half) =>
    quantile(
      half.map(({ ms }) => ms),
      0.95,
    ),
  ),
  alive: { early, late, afterShutdown: ended },
  problems,
};
console.log(JSON.stringify(report, undefined, 2));
await connection.sendNotification('exit');
process.exitCode = report.unanswered === 0 && problems.length === 0 ? 0 : 1;

function quantile(list, share) {
  const sorted = [...list].sort((a, b) => a - b);
  return Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? NaN);
}
