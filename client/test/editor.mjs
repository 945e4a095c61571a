// The editor ring: a real VS Code in a real browser, with the real model. One editor and one browser serve all cases,
// in order; each case prints a line, and the last line counts them. A word on the command line keeps the cases whose name
// holds it; `--vsix FILE` installs a packed extension instead of links to this working tree.
import { appendFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { cases, prepareWorkspace } from './cases.mjs';
import { editorPage } from './editorPage.mjs';
import { installBrowser } from './installBrowser.mjs';
import { installEditor } from './installEditor.mjs';
import { packageCases } from './packageCases.mjs';
import { startEditor } from './startEditor.mjs';

const testFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '.vscode-test');
const screenshots = join(testFolder, 'screenshots');

const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

const executablePath = await installBrowser();
await installEditor();
const { chromium } = await import('playwright-core');

const state = await mkdtemp(join(tmpdir(), 'lacuna-editor-'));
const workspace = join(state, 'workspace');
const settings = JSON.parse(await readFile(join(testFolder, 'settings.json'), 'utf8'));
await cp(join(testFolder, 'workspace'), workspace, { recursive: true });
await prepareWorkspace(workspace);
await rm(screenshots, { recursive: true, force: true });
await mkdir(screenshots, { recursive: true });

const { values, positionals } = parseArgs({ options: { vsix: { type: 'string' } }, allowPositionals: true });
const all = values.vsix === undefined ? cases : [...packageCases, ...cases];
const wanted = all.filter(({ name }) => name.includes(positionals[0] ?? ''));

let editor;
let browser;
let passed = 0;
const failures = [];
try {
  editor = await startEditor({ workspace, state, settings, vsix: values.vsix });
  browser = await chromium.launch({ executablePath, headless: true, args: browserArguments });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.on('console', (message) => appendFileSync(join(screenshots, 'console.log'), `${message.text()}\n`));
  await runCases(page, editor.address);
} catch (error) {
  fail('the editor starts', error);
} finally {
  await browser?.close();
  await editor?.stop();
}
await rm(state, { recursive: true, force: true, maxRetries: 3 });
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 ? 0 : 1;

async function runCases(page, address) {
  const shown = editorPage(page);
  await shown.open(address);
  for (const [index, { name, run }] of wanted.entries()) {
    const started = Date.now();
    const picture = (label) =>
      page.screenshot({ path: join(screenshots, `${String(index + 1).padStart(2, '0')}-${label}.png`) });
    try {
      await run({ editor: shown, workspace, picture, extension: editor.extension });
      passed += 1;
      console.log(`ok ${name} (${Date.now() - started} ms)`);
    } catch (error) {
      fail(name, error);
      console.log(`  The status bar said: ${await shown.status().catch(() => 'nothing')}`);
      await picture('failed').catch(() => undefined);
      // The next case starts from a quiet editor.
      await page.keyboard.press('Escape').catch(() => undefined);
    }
  }
}

function fail(name, error) {
  failures.push(name);
  console.log(`not ok ${name}\n  ${error instanceof Error ? error.stack : error}`);
}
