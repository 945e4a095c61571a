// Beside another extension that makes inline suggestions: the editor asks both and shows one, the other is a key away, and
// what is taken is what was shown.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../editorPage.mjs';
import { test } from '../window.mjs';

const others = /fteen = 15; \/\/ another/;
const ours = /ve = 5/;

/** Goes through the suggestions until one fits. */
async function goTo(editor, pattern) {
  await until(`a suggestion like ${pattern} among all`, async () => {
    if (pattern.test(await editor.ghost())) return true;
    await editor.page.keyboard.press('Alt+]');
    await editor.page.waitForTimeout(300);
    return false;
  });
}

test('beside another extension, both suggestions can be had, and the one that is shown is taken', async ({
  editor,
  workspace,
  picture,
}) => {
  const file = join(workspace, 'beside.ts');
  const before = await readFile(file, 'utf8');
  await editor.openFile('beside.ts');
  await editor.untilStatus(/ready/i);
  for (const [pattern, label] of [
    [others, 'other'],
    [ours, 'own'],
  ]) {
    await editor.goToEnd();
    await editor.type('export const fi');
    await editor.untilGhost();
    await goTo(editor, pattern);
    await picture(label);
    const shown = await editor.ghost();
    await editor.page.keyboard.press('Tab');
    await editor.untilNoGhost();
    assert.equal(await editor.untilSaved(file, pattern), `${before}export const fi${shown}`);
    await until('the file as it was', async () => {
      await editor.page.keyboard.press('Control+z');
      await editor.save();
      return (await readFile(file, 'utf8')) === before;
    });
  }
});
