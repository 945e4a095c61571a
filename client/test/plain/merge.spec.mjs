// Conflicts of git in the editor. What the editor has to write is worked out from the words of the resolution that is
// taken, since the order of the resolutions is the model's own.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkConflictColours } from '../conflictColours.mjs';
import { files, whole } from '../conflicts.mjs';
import { until } from '../editorPage.mjs';
import { test } from '../window.mjs';

/** The file after a resolution, from the words of its title. */
function resolved({ versions, lineEnd }, title) {
  const { ours, theirs, base } = versions;
  const words = title.replace(/^Lacuna: /, '').replace(/ \([^)]*\)(?: · .*)?$/, '');
  const middle = {
    'take ours': ours,
    'take theirs': theirs,
    'take both, ours first': [...ours, ...theirs],
    'take both, theirs first': [...theirs, ...ours],
    'go back to the base': base,
  }[words];
  assert.ok(middle !== undefined, `the words of a resolution that can be seen in the conflict, not ${title}`);
  return whole(versions, middle, lineEnd);
}

const byName = (name) => files.find((file) => file.name === name);
const plain = /^Lacuna: (?:take|go back)[^(]*\((?:< )?\d+ %\)(?: · .*)?$/;
/** The line of the opening marker, counted from 1. */
const markerLine = ({ versions }) => versions.head.length + 1;
const hasMarkers = (text) => /^<{7} /m.test(text) && /^>{7} /m.test(text);

const showsMarkers = async (editor) => (await editor.lines()).some((line) => line.startsWith('<<<<<<<'));
const untilMarkersGo = (editor) => until('the markers to go', async () => !(await showsMarkers(editor)));
const untilMarkersComeBack = (editor) => until('the markers to come back', () => showsMarkers(editor));

test('a file with a conflict keeps its colours', () => checkConflictColours());

test('a conflict of git has a lens beside those of the editor, and a hover that explains it', async ({
  editor,
  picture,
}) => {
  const file = byName('basket.ts');
  await editor.openFile(file.name);
  const lenses = await editor.untilLens(/Lacuna: .* \(\d+ %/);
  assert.ok(lenses.some((text) => text.includes('Accept Current Change')));
  assert.ok(lenses.some((text) => text.includes('more…')));
  await picture('lens');
  const hover = await editor.untilHover('<<<<<<<', /Lacuna: .*\(\d+ %/);
  assert.match(hover, /ours|theirs|both/);
  await picture('hover');
  await editor.page.mouse.move(5, 5);
});

test('a conflict of git is resolved by a quick fix, on the disk too, and undo brings it back', async ({
  editor,
  workspace,
  picture,
}) => {
  const file = byName('basket.ts');
  const path = join(workspace, file.name);
  const before = await readFile(path, 'utf8');
  assert.ok(hasMarkers(before));
  await editor.openFile(file.name);
  await editor.goToLine(markerLine(file));
  const titles = await editor.untilFixes(plain);
  await picture('fixes');
  assert.ok(titles.some((title) => title.startsWith('Lacuna: preview')));
  const title = titles.find((each) => plain.test(each));
  await editor.takeFix(title);
  await untilMarkersGo(editor);
  await editor.save();
  await picture('fixed');
  assert.equal(await readFile(path, 'utf8'), resolved(file, title));
  await editor.page.keyboard.press('Control+z');
  await untilMarkersComeBack(editor);
  await editor.save();
  assert.equal(await readFile(path, 'utf8'), before);
});

test('a resolution of a conflict is looked at before anything is changed, and then taken', async ({
  editor,
  workspace,
  picture,
}) => {
  const file = byName('measure.py');
  const path = join(workspace, file.name);
  const before = await readFile(path, 'utf8');
  await editor.openFile(file.name);
  await editor.goToLine(markerLine(file) + 1);
  await editor.runCommand('Lacuna: Preview Resolution', { opensList: true });
  const rows = await editor.untilRows(/Preview: take both, ours first|Preview: take ours|Preview: take theirs/);
  await picture('previews');
  const words = /take both, ours first|take ours|take theirs/.exec(rows.join('\n'))[0];
  await editor.takeRow(`Preview: ${words}`);
  await editor.untilComparison('modified', /def largest/);
  const shown = await editor.untilComparison('modified', /def mean/);
  assert.ok(!shown.includes('<<<<<<<'));
  await picture('comparison');
  assert.equal(await readFile(path, 'utf8'), before);
  await editor.runCommand('Lacuna: Compare Resolution With', { opensList: true });
  await editor.untilRows(/Compare with the base/);
  await editor.takeRow('Compare with the base');
  const tab = editor.page.locator('.tab.active', { hasText: 'the base ↔' });
  await tab.first().waitFor({ state: 'visible', timeout: 60_000 });
  const base = await editor.untilComparison('original', /return sum\(values\)$/m);
  assert.ok(!base.includes('len(values)'));
  await picture('comparison-with-base');
  await editor.runCommand('Lacuna: Take This Resolution');
  await until('the comparison to close', async () => (await editor.page.locator('.monaco-diff-editor').count()) === 0);
  await editor.save();
  assert.equal(await readFile(path, 'utf8'), resolved(file, words));
  await editor.page.keyboard.press('Control+z');
  await untilMarkersComeBack(editor);
  await editor.save();
  assert.equal(await readFile(path, 'utf8'), before);
});

test('the list of resolutions of a conflict takes one of them', async ({ editor, workspace, picture }) => {
  const file = byName('orders.ts');
  const path = join(workspace, file.name);
  const before = await readFile(path, 'utf8');
  await editor.openFile(file.name);
  await editor.runCommand('Lacuna: Next Conflict');
  await editor.untilLine(markerLine(file));
  await editor.runCommand('Lacuna: Show Resolutions', { opensList: true });
  await editor.untilRows(/^take both, ours first/);
  await picture('list');
  await editor.takeRow('take both, ours first');
  await untilMarkersGo(editor);
  await editor.save();
  assert.equal(await readFile(path, 'utf8'), resolved(file, 'take both, ours first'));
  await editor.page.keyboard.press('Control+z');
  await untilMarkersComeBack(editor);
  await editor.save();
  assert.equal(await readFile(path, 'utf8'), before);
});

test('a conflict in a document that was never saved is answered', async ({ editor, workspace, picture }) => {
  const text = await readFile(join(workspace, 'basket.ts'), 'utf8');
  await editor.newDocument();
  await editor.setLanguage('TypeScript');
  await editor.insert(text);
  await editor.goToLine(markerLine(byName('basket.ts')));
  const titles = await editor.untilFixes(plain);
  await picture('untitled');
  await editor.takeFix(titles.find((each) => plain.test(each)));
  await untilMarkersGo(editor);
});

test('all conflicts that are certain are resolved in all files, and one undo takes it back', async ({
  editor,
  workspace,
  picture,
}) => {
  const texts = () => Promise.all(files.map(({ name }) => readFile(join(workspace, name), 'utf8')));
  const before = await texts();
  assert.ok(before.every(hasMarkers));
  await editor.openFile('basket.ts');
  await editor.runCommand('Lacuna: Resolve What Is Certain in All Files', { opensList: true });
  assert.equal((await editor.untilRows(/^basket\.ts, line 5/)).length, files.length);
  await picture('all-listed');
  assert.deepEqual(await texts(), before);
  await editor.page.keyboard.press('Enter');
  await editor.untilMessage(/Lacuna resolved all 3 conflicts in 3 files\. Undo takes it back/);
  await editor.runCommand('File: Save All');
  await until('the files to be saved', async () => !(await texts()).some(hasMarkers));
  await picture('all');
  await editor.dismissMessages();
  for (const [index, { versions, lineEnd }] of files.entries()) {
    const after = (await texts())[index];
    const [head, tail] = [versions.head, versions.tail].map((lines) => lines.join(lineEnd));
    assert.ok(after.startsWith(head + lineEnd) && after.endsWith(tail + lineEnd), after);
  }
  await editor.openFile('basket.ts');
  await editor.page.keyboard.press('Control+z');
  await untilMarkersComeBack(editor);
  await picture('undone');
  await editor.runCommand('File: Save All');
  await until('the conflicts to come back', async () => (await texts()).every(hasMarkers));
  assert.deepEqual(await texts(), before);
});
