// The editor ring: a real VS Code in a real browser, with the real model. `npx playwright test -g WORD` runs the tests whose
// name holds a word. LACUNA_VSIX names a packed extension to install; without it the editor gets links to this working tree.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'client/test',
  testMatch: '*.spec.mjs',
  outputDir: '.vscode-test/playwright',
  globalSetup: './client/test/installAll.mjs',
  // One window after the other: the model takes all processors that there are.
  workers: 1,
  // Long enough for a loaded machine. What waits has deadlines of its own, which say what it was waiting for.
  timeout: 300_000,
  reporter: [['list']],
  projects: [
    { name: 'plain', testDir: 'client/test/plain', use: { behaviour: 'plain' } },
    { name: 'merge', testDir: 'client/test/merge', use: { behaviour: 'merge' } },
    { name: 'defaults', testDir: 'client/test/defaults', use: { behaviour: 'defaults' } },
  ],
});
