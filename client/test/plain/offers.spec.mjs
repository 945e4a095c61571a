// What the editor offers where: commands and menus for files in conflict only, settings with a control, the state of Lacuna
// beside the language.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { files } from '../conflicts.mjs';
import { until } from '../editorPage.mjs';
import { test } from '../window.mjs';

const file = files.find(({ name }) => name === 'basket.ts');
const resolve = 'Resolve What Is Certain in This File';

/** The titles of the menu of a file in the explorer, which stays open. */
async function menuOf(editor, name) {
  const row = editor.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name });
  await row.first().click({ button: 'right' });
  return until('a menu', async () => {
    const titles = await editor.page.locator('.monaco-menu .action-label').allTextContents();
    return titles.length > 3 && titles;
  });
}

test('commands and keys of conflicts are there in a file in conflict, and in no other', async ({ editor, picture }) => {
  await editor.openFile('numbers.ts');
  await editor.untilNotListed('Lacuna: Show Resolutions');
  await editor.untilNotListed('Lacuna: Next Conflict');
  await editor.openFile(file.name);
  await editor.goToLine(1);
  await editor.page.keyboard.press('Control+F9');
  await editor.untilLine(file.versions.head.length + 1);
  await picture('next-conflict');
});

test('the menu of a file in conflict resolves it, and other files have no such entry', async ({
  editor,
  workspace,
  picture,
}) => {
  const path = join(workspace, file.name);
  const before = await readFile(path, 'utf8');
  assert.ok(!(await menuOf(editor, 'numbers.ts')).includes(resolve));
  await editor.page.keyboard.press('Escape');
  await editor.openFile(file.name);
  await editor.untilStatus(/ready/i);
  assert.ok((await menuOf(editor, file.name)).includes(resolve));
  await picture('menu');
  await editor.page.locator('.monaco-menu .action-label', { hasText: resolve }).first().click();
  await editor.untilRows(/^basket\.ts, line/);
  await editor.page.keyboard.press('Enter');
  await editor.untilMessage(/Lacuna resolved the conflict\. Undo takes it back/);
  await editor.dismissMessages();
  await editor.openFile(file.name);
  await editor.page.keyboard.press('Control+z');
  await until('the markers to come back', async () =>
    (await editor.lines()).some((line) => line.startsWith('<<<<<<<')),
  );
  // The document is as it was saved before it is saved again, so that the file may be read while it is written.
  await editor.save();
  await until('the file as it was', async () => (await readFile(path, 'utf8')) === before);
});

test('settings that are a word or a number have a control on the page of settings', async ({ editor, picture }) => {
  await editor.runCommand('Preferences: Open Settings (UI)');
  for (const name of ['debounce', 'lines']) {
    await editor.page.locator('.settings-editor .settings-header .monaco-editor').first().click();
    await editor.page.keyboard.press('Control+a');
    await editor.page.keyboard.type(`@id:lacuna.${name}`);
    const item = editor.page.locator('.settings-editor .setting-item-contents', { hasText: new RegExp(name, 'i') });
    await item.locator('.setting-item-control input').first().waitFor({ state: 'visible', timeout: 60_000 });
    assert.equal(await item.locator('.setting-item-control a.edit-in-settings-button').count(), 0);
  }
  await picture('settings');
  await editor.page.keyboard.press('Control+w');
});

test('beside the language stands what Lacuna does', async ({ editor, picture }) => {
  await editor.openFile('numbers.ts');
  await editor.untilStatus(/ready/i);
  await editor.page.locator('.statusbar-item[id="status.languageStatus"]').hover();
  const shown = editor.page.locator('.hover-language-status', { hasText: 'Lacuna ready' });
  await shown.first().waitFor({ state: 'visible', timeout: 60_000 });
  await picture('language-status');
  await editor.page.mouse.move(5, 5);
});
