// The editor's own list of suggestions, and ghost text beside it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from '../window.mjs';
import { openDocument } from './documents.mjs';

test('beside the list that letters open, the suggestion continues the selected row; Tab takes the row, then the rest', async ({
  editor,
  workspace,
  picture,
}) => {
  const { file, before } = await openDocument({ editor, workspace }, 'oblong.js', { isWrong: true });
  await editor.type('  return mul');
  await editor.untilGhost(/tiply\(width, height\)/);
  await picture('letters');
  // Where the suggestion was there first, the editor leaves its list closed until it is asked for.
  if (!(await editor.isListOpen())) await editor.page.keyboard.press('Control+Space');
  await editor.untilSelected(/^multiply/);
  await editor.untilGhost(/tiply\(width, height\)/);
  await picture('letters-list');
  await editor.page.keyboard.press('Tab');
  await editor.untilNoList();
  await editor.untilGhost(/\(width, height\)/);
  await editor.page.keyboard.press('Tab');
  await editor.untilNoGhost();
  const after = await editor.untilSaved(file, /multiply\(width/);
  assert.equal(after, `${before}  return multiply(width, height);`);
});

test('beside the list that a dot opens there is a suggestion, and the row that is taken is continued', async ({
  editor,
  workspace,
  picture,
}) => {
  const { file, before } = await openDocument({ editor, workspace }, 'dots.ts');
  await editor.type('words.');
  await editor.untilSuggested(/^(?:at|push)$/);
  await picture('dot');
  await editor.type('pu');
  await editor.untilSelected(/^push/);
  await editor.untilGhost(/\('four'\)/);
  await picture('dot-selected');
  await editor.page.keyboard.press('Tab');
  await editor.untilNoList();
  await editor.untilGhost(/\('four'\)/);
  await editor.page.keyboard.press('Tab');
  await editor.untilNoGhost();
  const after = await editor.untilSaved(file, /four/);
  assert.equal(after, `${before}words.push('four');`);
});

test('another row that is selected by hand is not overruled by the suggestion', async ({
  editor,
  workspace,
  picture,
}) => {
  const { file, before } = await openDocument({ editor, workspace }, 'rows.ts');
  await editor.type('words.p');
  await editor.untilSelected(/^p/);
  const first = await editor.untilSelected(/^p/);
  await editor.page.keyboard.press('ArrowDown');
  const second = await editor.untilSelected(first === 'pop' ? /^push$/ : /^(?!push$)p/);
  await picture('row');
  await editor.page.keyboard.press('Tab');
  await editor.page.keyboard.press('Escape');
  await editor.save();
  assert.equal(await readFile(file, 'utf8'), `${before}words.${second}`);
});
