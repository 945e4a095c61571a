// What the tests of the editor are given: one window of a real VS Code, with the shipped model, that serves test after test.
// After a test that failed the next one gets a new window, with a folder as it was at first.
import { chromium, test as base } from '@playwright/test';
import { appendFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { root } from '../../server/scripts/prepare.mjs';
import { layDocuments } from './defaults/documents.mjs';
import { editorPage } from './editorPage.mjs';
import { findBrowser } from './installBrowser.mjs';
import { startEditor } from './startEditor.mjs';
import { layTenFiles } from '../../server/test/support/tenFiles.mjs';
import { prepareWorkspace } from './workspace.mjs';

const screenshots = join(root, '.vscode-test/screenshots');

const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** Lays the folder that the editor opens. */
const workspaces = {
  plain: prepareWorkspace,
  defaults: layDocuments,
  merge: async (folder) => {
    await mkdir(folder);
    layTenFiles(folder);
  },
};

export const test = base.extend({
  /**
   * `plain` switches off what the editor adds to what is typed, `defaults` leaves all that to the editor; `merge` is plain,
   * with the editor's own git, in a repository that has stopped at ten files in conflict.
   */
  behaviour: ['plain', { option: true, scope: 'worker' }],

  window: [
    async ({ behaviour }, use) => {
      const state = await mkdtemp(join(tmpdir(), 'lacuna-editor-'));
      const workspace = join(state, 'workspace');
      await workspaces[behaviour](workspace);
      const vsix = process.env.LACUNA_VSIX;
      const beside = [join(root, 'client/test/otherProvider')];
      const server = await startEditor({ workspace, state, settings: await settingsOf(behaviour), vsix, beside });
      const browser = await chromium.launch({ executablePath: findBrowser(), args: browserArguments });
      try {
        const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
        await mkdir(screenshots, { recursive: true });
        page.on('console', (message) => appendFileSync(join(screenshots, 'console.log'), `${message.text()}\n`));
        const editor = editorPage(page);
        await editor.open(server.address);
        await use({ editor, workspace, extension: server.extension });
      } finally {
        await browser.close();
        await server.stop();
        await rm(state, { recursive: true, force: true, maxRetries: 3 });
      }
    },
    { scope: 'worker', timeout: 300_000 },
  ],

  /** What a person can do and see; see editorPage.mjs. */
  editor: ({ window }, use) => use(window.editor),
  /** The folder that the editor has open. */
  workspace: ({ window }, use) => use(window.workspace),
  /** Where the extension lies. */
  extension: ({ window }, use) => use(window.extension),

  /** Takes a picture of the window, into .vscode-test/screenshots. */
  picture: [
    async ({ window }, use, info) => {
      const take = (label) => {
        const name = [info.project.name, basename(info.file, '.spec.mjs'), label].join('-');
        return window.editor.page.screenshot({ path: join(screenshots, `${name}.png`) });
      };
      await use(take);
      if (info.status === info.expectedStatus) return;
      await take(`failed-line-${info.line}`).catch(() => undefined);
      console.log(`The status bar said: ${await window.editor.status().catch(() => 'nothing')}`);
    },
    { auto: true },
  ],
});

/** The user's settings. What is no business of a test (welcome pages, updates, telemetry) is off in both. */
async function settingsOf(behaviour) {
  const all = JSON.parse(await readFile(join(root, '.vscode-test/settings.json'), 'utf8'));
  if (behaviour === 'plain') return all;
  if (behaviour === 'merge') return { ...all, 'git.enabled': true, 'lacuna.merge.threshold': 0.3 };
  return Object.fromEntries(Object.entries(all).filter(([name]) => !/^(editor\.|\[)/.test(name)));
}
