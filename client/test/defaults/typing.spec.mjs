// What the editor adds while somebody types: closing brackets and quotes, indentation, a second cursor.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from '../window.mjs';
import { openDocument } from './documents.mjs';

test('a bracket and a quote that the editor closed are in the suggestion once', async ({
  editor,
  workspace,
  picture,
}) => {
  const { file, before } = await openDocument({ editor, workspace }, 'quotes.ts');
  await editor.type("words.push('");
  await editor.untilGhost(/four/);
  await picture('quotes');
  await editor.page.keyboard.press('Tab');
  await editor.untilNoGhost();
  const after = await editor.untilSaved(file, /four/);
  assert.equal(after, `${before}words.push('four');`);
});

test('behind a brace that the editor closed, Enter indents and the block is suggested inside it', async ({
  editor,
  workspace,
  picture,
}) => {
  const { file, before } = await openDocument({ editor, workspace }, 'panel.js');
  await editor.type('{\n');
  await editor.untilGhost(/return multiply\(width, height\)/);
  await picture('enter');
  await editor.page.keyboard.press('Tab');
  await editor.untilNoGhost();
  const after = await editor.untilSaved(file, /;\n\}$/);
  assert.match(after.slice(before.length), /^\{\n( {2}| {4})return multiply\(width, height\);\n\}$/);
});

test('two cursors write the same, with a suggestion and without', async ({ editor, workspace, picture }) => {
  const { file, before } = await openDocument({ editor, workspace }, 'cursors.ts');
  await editor.runCommand('Add Cursor Above');
  await editor.type("words.push('");
  await editor.untilGhost(/four/);
  await picture('cursors');
  await editor.page.keyboard.press('Tab');
  await editor.untilNoGhost();
  await editor.page.keyboard.press('Escape');
  await picture('cursors-taken');
  await editor.save();
  assert.equal(await readFile(file, 'utf8'), `${before.slice(0, -1)}words.push('four');\nwords.push('four');`);
});

test('undo takes back what was taken and leaves what was typed; redo brings it again', async ({
  editor,
  workspace,
  picture,
}) => {
  const { file } = await openDocument({ editor, workspace }, 'undone.ts');
  await editor.type("words.push('");
  const typed = await editor.untilSaved(file, /push\(''\)$/);
  await editor.untilGhost(/four/);
  await editor.page.keyboard.press('Tab');
  const taken = await editor.untilSaved(file, /four/);
  await editor.page.keyboard.press('Control+z');
  assert.equal(await editor.untilSaved(file, /^(?![^]*four)/), typed);
  await picture('undone');
  await editor.page.keyboard.press('Control+y');
  assert.equal(await editor.untilSaved(file, /four/), taken);
  await picture('redone');
});
