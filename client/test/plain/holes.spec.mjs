// Suggestions with holes: the ghost text names what is missing, Tab walks from hole to hole, and nothing of a hole stays
// behind when it is filled, undone or closed.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../editorPage.mjs';
import { test } from '../window.mjs';

/** In words, since it is the model that chooses them. */
const withHoles = /prices\.put\("⟨text⟩", ⟨(?:argument|number|value)⟩\);/;

// Each goes on where the one before has stopped.
test.describe.configure({ mode: 'serial' });

test('a line that is probably wrong is suggested with holes, and Tab walks them', async ({ editor, picture }) => {
  await editor.openFile('Menu.java');
  await editor.untilStatus(/ready/i);
  await editor.goToLine(9);
  await editor.type('\n        ');
  await editor.untilGhost(withHoles);
  await picture('holes-ghost');
  await editor.page.keyboard.press('Tab');
  await editor.untilNoGhost();
  await editor.untilLines(withHoles);
  await editor.untilMarks(2);
  await picture('holes-accepted');
  // The first Tab stop offers what the model would write; Tab leaves the hole as it is and goes on.
  await until(
    'the choices of the first hole',
    async () => (await editor.page.locator('.suggest-widget.visible .monaco-list-row').count()) > 1,
  );
  await picture('holes-choices');
  await editor.page.keyboard.press('Tab');
  await editor.type('7');
  await editor.untilLines(/prices\.put\("⟨text⟩", 7\);/);
  await editor.untilMarks(1);
  await editor.page.keyboard.press('Escape');
  await editor.page.keyboard.press('Escape');
  await picture('holes-second-filled');
});

test('a hole says what is missing, and is filled from its hover; undo makes it a hole again', async ({
  editor,
  picture,
}) => {
  const hover = await editor.untilHoleHover('⟨text⟩');
  await picture('holes-hover');
  assert.match(hover, /Of suggestions with holes at least 75 % are right outside of them, with 90 % confidence/);
  await editor.page.locator('.monaco-hover a[data-href^="command:lacuna.holes.fill"]').first().click();
  const filled = await editor.untilLines(/prices\.put\("[^⟨"]+", 7\);/);
  await editor.untilMarks(0);
  await editor.page.mouse.move(5, 5);
  await picture('holes-filled');
  assert.ok(!filled.includes('⟨'));
  await editor.page
    .locator('.editor-instance .view-lines')
    .first()
    .click({ position: { x: 300, y: 8 } });
  await editor.page.keyboard.press('Control+z');
  await editor.untilLines(/prices\.put\("⟨text⟩", 7\);/);
  await editor.untilMarks(1);
  await picture('holes-undone');
});

test('a hole that is saved is warned of once; the list goes to it, and no mark stays behind', async ({
  editor,
  workspace,
  picture,
}) => {
  const file = join(workspace, 'Menu.java');
  await editor.save();
  const warning = /Menu\.java is saved with a hole that is not filled: text, line 10/;
  await editor.untilMessage(warning);
  await picture('holes-warning');
  assert.match(await readFile(file, 'utf8'), /prices\.put\("⟨text⟩", 7\);/);
  await editor.dismissMessages();
  await editor.runCommand('Lacuna: List Holes', { opensList: true });
  await editor.untilRows(/⟨text⟩.*Menu\.java, line 10/);
  await picture('holes-list');
  await editor.takeRow('⟨text⟩');
  await editor.untilLine(10);
  await editor.type('rice');
  await editor.untilLines(/prices\.put\("rice", 7\);/);
  await editor.untilMarks(0);
  await editor.page.keyboard.press('Escape');
  await editor.save();
  await picture('holes-done');
  assert.match(await readFile(file, 'utf8'), /prices\.put\("rice", 7\);/);
  await editor.untilNotListed('Lacuna: List Holes');
});
