// A block with holes in an editor as it is installed: it is seen and taken with its indentation, undo is one step, and Escape
// keeps what is there. A calibration is laid into the model's folder for it, by which all that is written is offered. It comes
// after holes.spec.mjs, which waits for the hint about holes that a window gives once.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../editorPage.mjs';
import { test } from '../window.mjs';
import { openDocument } from './documents.mjs';

/** In words, since it is the model that chooses them; the lines are those of the functions above. */
const block = /\n {2}[^\n]*⟨[^⟩]+⟩[^\n]*\n {2}order\.total \+= [^\n]+;\n {2}return order;\n\}/;

const modelOf = (extension) => join(extension, 'models/lacuna-0.5b');

/** Everything is offered at the lowest level, and of a hundred places five were wrong. */
async function calibrationFor(folder) {
  const mark = createHash('sha256')
    .update(await readFile(join(folder, 'model.json')))
    .digest('hex')
    .slice(0, 12);
  const levels = (value) => Array.from({ length: 90 }, () => value);
  const row = { offered: levels(100), missed: levels(5), designEffects: levels(1) };
  const rows = [row, row, row, row];
  const methods = { editor: rows, holes: rows, lines: [row], whole: [row] };
  const model = `lacuna-0.5b ${mark}`;
  return { version: 1, model, score: 'tokens', n: 1000, repositories: 10, clusters: 10, methods };
}

/** Lays the calibration, and gives back what puts things as they were. */
async function lay(folder) {
  const file = join(folder, 'holes/blocks.json');
  const aside = `${file}.aside`;
  const had = await rename(file, aside).then(
    () => true,
    () => false,
  );
  await writeFile(file, JSON.stringify(await calibrationFor(folder)));
  return () => (had ? rename(aside, file) : rm(file));
}

let putBack = () => undefined;
test.beforeAll(async ({ extension }) => {
  putBack = await lay(modelOf(extension));
});
test.afterAll(async ({ editor }) => {
  await putBack();
  await openAnew(editor);
});

/** The calibration is read when the window opens. */
async function openAnew(editor) {
  await editor.page.reload({ waitUntil: 'domcontentloaded' });
  await editor.page.waitForSelector('.explorer-folders-view .monaco-list-row', { timeout: 60_000 });
}

test('a block with holes is seen and taken as deep as it belongs, undone in one step, and kept by Escape', async ({
  editor,
  workspace,
  picture,
}) => {
  await openAnew(editor);
  const { file } = await openDocument({ editor, workspace }, 'order.ts');
  // The editor closes the brace and indents the line.
  await editor.type('{\n');
  const typed = await editor.untilSaved(file, /addTea[^]*\n {2}\n\}$/);
  await editor.untilGhost(/⟨[^]*order\.total[^]*return order/);
  await picture('ghost');
  await editor.page.keyboard.press('Tab');
  await editor.untilNoGhost();
  const taken = await editor.untilSaved(file, /⟨/);
  assert.match(taken.slice(taken.indexOf('addTea')), block);
  await until('marked holes', async () => (await editor.page.locator('.editor-instance .squiggly-info').count()) > 0);
  await picture('taken');

  await editor.page.keyboard.press('Escape');
  await editor.page.keyboard.press('Escape');
  assert.equal(await editor.untilSaved(file, /⟨/), taken);
  await editor.page.keyboard.press('Control+z');
  assert.equal(await editor.untilSaved(file, /^[^⟨]*$/), typed);
  await picture('undone');
});
