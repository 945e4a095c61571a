// A merge that stopped at ten files of eight kinds, in the editor with its own git: the list of the merge, the way by keyboard
// from it to a conflict and to an answer, and what is certain taken after it was shown.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tenFiles } from '../../../server/test/support/tenFiles.mjs';
import { until } from '../editorPage.mjs';
import { test } from '../window.mjs';

// Each goes on where the one before has stopped.
test.describe.configure({ mode: 'serial' });

const pane = '.pane:has(.pane-header[aria-label*="Lacuna: Merge"])';
const rowsOf = (editor) =>
  editor.page
    .locator(`${pane} .monaco-list-row`)
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));

const untilRow = (editor, pattern) =>
  until(`a row like ${pattern}`, async () => (await rowsOf(editor)).find((row) => pattern.test(row)));

/** Presses an arrow until the row that has the focus says what is wanted. */
const walkTo = (editor, pattern) =>
  until(`the focus on a row like ${pattern}`, async () => {
    const label = await editor.page
      .locator(`${pane} .monaco-list-row.focused`)
      .getAttribute('aria-label', { timeout: 500 })
      .catch(() => '');
    if (pattern.test(label ?? '')) return true;
    await editor.page.keyboard.press('ArrowDown');
    await editor.page.waitForTimeout(50);
    return false;
  });

async function setTheme({ editor, workspace }, theme, kind) {
  await mkdir(join(workspace, '.vscode'), { recursive: true });
  await writeFile(join(workspace, '.vscode/settings.json'), JSON.stringify({ 'workbench.colorTheme': theme }));
  await editor.page.locator(`.monaco-workbench.${kind}`).waitFor({ state: 'visible', timeout: 60_000 });
}

test('the list of the merge has every file, with what is certain and why the others need somebody', async ({
  editor,
  workspace,
  picture,
}) => {
  await editor.page.locator('.activitybar .action-item:has([aria-label^="Source Control"])').first().click();
  const header = editor.page.locator(`${pane} .pane-header`).first();
  await header.waitFor({ state: 'visible', timeout: 60_000 });
  if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
  // All rows are seen where the list has the height of the window.
  for (const other of ['Changes', 'Graph']) {
    await editor.page.locator(`.pane-header[aria-label^="${other}"][aria-expanded="true"] .title`).first().click();
  }
  await editor.page.mouse.move(640, 400);
  await untilRow(editor, /^logo\.bin, needs you\. it is not text in UTF-8/);
  await untilRow(editor, /^src\/legacy\.ts, needs you\. ours changed it and theirs deleted it/);
  await until('no file left to look at', async () => (await rowsOf(editor)).every((row) => !/not looked at/.test(row)));
  const rows = await rowsOf(editor);
  for (const name of Object.keys(tenFiles))
    assert.ok(
      rows.some((row) => row.startsWith(`${name}, `)),
      name,
    );
  const message = await editor.page.locator(`${pane} .message`).first().textContent();
  assert.match(message, /^Git is merging: Merge branch 'feature'\. 10 files: 0 done, \d+ certain, \d+ need you\./);
  for (const [theme, kind] of [
    ['Light Modern', 'vs'],
    ['Dark Modern', 'vs-dark'],
  ]) {
    await setTheme({ editor, workspace }, theme, kind);
    await picture(`list-${kind}`);
  }
});

test('keys lead from the list to a conflict, to an answer and to its four versions', async ({
  editor,
  workspace,
  picture,
}) => {
  const file = join(workspace, 'src/basket.ts');
  const before = await readFile(file, 'utf8');
  await editor.runCommand('Source Control: Focus on Lacuna: Merge View');
  await walkTo(editor, /^src\/basket\.ts, /);
  await editor.page.keyboard.press('ArrowRight');
  await untilRow(editor, /^Line 2: /);
  await walkTo(editor, /^Line 2: /);
  await editor.page.keyboard.press('ArrowRight');
  await picture('opened');
  await editor.page.keyboard.press('Enter');
  await editor.untilLine(2);
  await editor.runCommand('Source Control: Focus on Lacuna: Merge View');
  await walkTo(editor, /^Line 2: /);
  await editor.page.keyboard.press('ArrowDown');
  await editor.page.keyboard.press('Enter');
  await editor.untilComparison('modified', /print\(sum\)/);
  await picture('answer');
  await editor.page.locator('.monaco-diff-editor .editor.modified .view-lines').first().click();
  await editor.page.keyboard.press('Control+Alt+v');
  const text = await editor.untilPage(/basket\.ts: the conflict in line 2/);
  for (const region of ['ours (HEAD)', 'theirs (feature)', 'the base', 'suggested: '])
    assert.ok(text.includes(region), region);
  assert.match(text, /\+ for \(const item of items\) sum \+= item\.price \* item\.count;/);
  for (const [theme, kind] of [
    ['Light Modern', 'vs'],
    ['Dark Modern', 'vs-dark'],
  ]) {
    await setTheme({ editor, workspace }, theme, kind);
    await picture(`versions-${kind}`);
  }
  assert.equal(await readFile(file, 'utf8'), before);
});

test('what is certain is shown before it is taken, what is not ticked stays, and the list says what is done', async ({
  editor,
  workspace,
  picture,
}) => {
  await editor.runCommand('View: Close All Editors');
  await editor.runCommand('Lacuna: Resolve What Is Certain in All Files', { opensList: true });
  const rows = await editor.untilRows(/, line \d+/);
  assert.ok(rows.length > 1, rows.join('\n'));
  await picture('certain');
  // The first is left out.
  await editor.page.keyboard.press('ArrowDown');
  await editor.page.keyboard.press('Space');
  await picture('certain-left-out');
  await editor.page.keyboard.press('Enter');
  await editor.untilMessage(new RegExp(`Lacuna resolved ${rows.length - 1} of \\d+ conflicts`));
  await editor.dismissMessages();
  await editor.runCommand('File: Save All');
  const [left] = /^\S+(?=, line)/.exec(rows[0]);
  assert.match(await readFile(join(workspace, left), 'utf8'), /^<{7} /m);
  const whole = rows
    .map((row) => /^\S+(?=, line)/.exec(row)[0])
    .find((name) => name !== left && name !== 'src/basket.ts');
  await untilRow(editor, new RegExp(`^${whole.replaceAll('.', '\\.')}, done`));
  await picture('done');
  execFileSync('git', ['add', whole], { cwd: workspace });
  await until(
    `${whole} to leave the list`,
    async () => !(await rowsOf(editor)).some((row) => row.startsWith(`${whole},`)),
  );
});

test('during a rebase the list names the commit that is being applied', async ({ editor, workspace, picture }) => {
  const git = (...parameters) =>
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', ...parameters], {
      cwd: workspace,
      stdio: 'pipe',
    });
  git('merge', '--abort');
  git('checkout', '--quiet', 'feature');
  assert.throws(() => git('rebase', 'main'));
  await until('the commit', async () => {
    const message = await editor.page
      .locator(`${pane} .message`)
      .first()
      .textContent({ timeout: 500 })
      .catch(() => '');
    return /Git is rebasing feature and applies commit 1 of 1: [0-9a-f]{7,} Number the orders/.test(message ?? '');
  });
  await picture('rebase');
  git('rebase', '--abort');
  await until('the list to go', async () => (await editor.page.locator(pane).count()) === 0);
});
