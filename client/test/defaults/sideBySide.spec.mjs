// Two editors beside each other, of one document and of two.
import assert from 'node:assert/strict';
import { until } from '../editorPage.mjs';
import { test } from '../window.mjs';
import { openDocument } from './documents.mjs';

const ghosts = (editor, group) => editor.page.locator(`.editor-group-container${group} .ghost-text-decoration`).count();

test('of two editors of one document, the one with the cursor shows the suggestion, and both what is taken', async ({
  editor,
  workspace,
  picture,
}) => {
  const { file, before } = await openDocument({ editor, workspace }, 'twice.ts');
  await editor.page.keyboard.press('Control+\\');
  await until('two editors', async () => (await editor.page.locator('.editor-group-container').count()) === 2);
  await editor.goToEnd();
  await editor.type("words.push('");
  await editor.untilGhost(/four/);
  await picture('same');
  assert.equal(await ghosts(editor, ':not(.active)'), 0);
  assert.ok((await ghosts(editor, '.active')) > 0);
  await editor.page.keyboard.press('Tab');
  await until('both editors to show it', async () => {
    const lines = await editor.lines();
    return lines.filter((line) => line.includes("push('four')")).length === 2;
  });
  assert.equal(await editor.untilSaved(file, /four/), `${before}words.push('four');`);
  await picture('same-taken');
  await editor.runCommand('View: Join All Editor Groups');
});

test('of two documents side by side, each gets its own suggestions as the cursor goes from one to the other', async ({
  editor,
  workspace,
  picture,
}) => {
  const { file: left } = await openDocument({ editor, workspace }, 'left.ts');
  await editor.page.keyboard.press('Control+\\');
  const { file: right } = await openDocument({ editor, workspace }, 'right.ts');
  await editor.type('export const fi');
  await editor.untilGhost(/ve = 5/);
  await picture('right');
  await editor.page.keyboard.press('Control+1');
  await editor.untilNoGhost();
  await editor.goToEnd();
  await editor.type("words.push('");
  await editor.untilGhost(/four/);
  await picture('left');
  await editor.page.keyboard.press('Tab');
  await editor.untilNoGhost();
  await editor.untilSaved(left, /words\.push\('four'\);$/);
  await editor.page.keyboard.press('Control+2');
  await editor.type('v');
  await editor.untilGhost(/e = 5/);
  await editor.page.keyboard.press('Tab');
  await editor.untilSaved(right, /export const five = 5;$/);
  await editor.runCommand('View: Join All Editor Groups');
});
