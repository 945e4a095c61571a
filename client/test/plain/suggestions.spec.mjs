// Suggestions in an editor that adds nothing of its own to what is typed.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../editorPage.mjs';
import { test } from '../window.mjs';
import { numbers } from '../workspace.mjs';

test('the status bar says when Lacuna is ready', async ({ editor, picture }) => {
  await editor.openFile('numbers.ts');
  await editor.untilStatus(/ready/i);
  await picture('ready');
});

test('the model completes a line, Tab takes it, and it reaches the disk', async ({ editor, workspace, picture }) => {
  const file = join(workspace, 'numbers.ts');
  const before = await readFile(file, 'utf8');
  await editor.openFile('numbers.ts');
  await editor.untilStatus(/ready/i);
  await editor.goToEnd();
  await editor.type('export const fi');
  const ghost = await editor.untilGhost(/ve = 5/);
  await picture('ghost');
  await editor.page.keyboard.press('Tab');
  await editor.untilNoGhost();
  await picture('accepted');
  await editor.save();
  assert.equal(await readFile(file, 'utf8'), `${before}export const fi${ghost}`);
});

test('a part of a suggestion can be taken, word by word', async ({ editor, workspace, picture }) => {
  const file = join(workspace, 'point.py');
  const before = await readFile(file, 'utf8');
  // So much that the line is likely: one with holes is a snippet, which the editor takes as a whole. And a name that no
  // other case asks for: the model is shown what it means in other files.
  const typed = '    def divide(self, other: "Point") -> "Point": return ';
  await editor.openFile('point.py');
  await editor.goToEnd();
  await editor.type(typed);
  const whole = await editor.untilGhost(/\S+\W+\S+/);
  await editor.page.keyboard.press('Control+ArrowRight');
  const rest = await editor.untilGhostOtherThan(whole);
  await picture('word-taken');
  await editor.page.keyboard.press('Escape');
  await editor.untilNoGhost();
  await editor.save();
  assert.ok(whole.endsWith(rest), `${JSON.stringify(rest)} should be the end of ${JSON.stringify(whole)}`);
  const taken = whole.slice(0, whole.length - rest.length);
  assert.equal(await readFile(file, 'utf8'), `${before}${typed}${taken}`);
});

test('a file with Windows line ends keeps them', async ({ editor, workspace, picture }) => {
  const file = join(workspace, 'windows.ts');
  const before = await readFile(file, 'utf8');
  await editor.openFile('windows.ts');
  await editor.goToEnd();
  await editor.type('export const fi');
  const ghost = await editor.untilGhost(/ve = 5/);
  await picture('windows');
  await editor.page.keyboard.press('Tab');
  await editor.untilNoGhost();
  await editor.page.keyboard.press('Enter');
  await editor.save();
  assert.equal(await readFile(file, 'utf8'), `${before}export const fi${ghost}\r\n`);
});

test('brackets that the editor closed by itself are not doubled', async ({ editor, workspace, picture }) => {
  const file = join(workspace, 'area.js');
  const before = await readFile(file, 'utf8');
  await editor.openFile('area.js');
  await editor.goToEnd();
  await editor.type('  return multiply(');
  await editor.untilGhost(/width, height/);
  await picture('brackets');
  await editor.page.keyboard.press('Tab');
  await editor.untilNoGhost();
  await editor.save();
  assert.equal(await readFile(file, 'utf8'), `${before}  return multiply(width, height);`);
});

test('a file that may hold secrets is left alone, and the status bar says so', async ({ editor, picture }) => {
  await editor.openFile('.env');
  await editor.goToEnd();
  await editor.watchGhosts();
  await editor.type('THREE=');
  await editor.untilStatus(/secret/i);
  assert.equal(await editor.ghostsSeen(), 0);
  await picture('secrets');
  await editor.save();
});

test('a suggestion that was waved off comes back when it is asked for', async ({ editor, picture }) => {
  await editor.openFile('Account.java');
  await editor.goToLine(15);
  await editor.type('\n    public void setOwner(String owner) {\n        this.');
  await editor.untilGhost(/owner/);
  await editor.page.keyboard.press('Escape');
  await editor.untilNoGhost();
  await editor.runCommand('Lacuna: Trigger Suggestion');
  await editor.untilGhost(/owner/);
  await picture('asked-for');
  await editor.page.keyboard.press('Escape');
  await editor.save();
});

test('switched off, it suggests nothing and says so; switched on, it suggests again', async ({ editor, picture }) => {
  await editor.startNumbers([...numbers, 'export const five = 5;']);
  await editor.runCommand('Lacuna: Toggle');
  await editor.untilStatus(/off/i);
  await editor.watchGhosts();
  await editor.type('export const si');
  await picture('off');
  await editor.runCommand('Lacuna: Toggle');
  assert.equal(await editor.ghostsSeen(), 0);
  await editor.untilStatus(/ready/i);
  await editor.type('x');
  await editor.untilGhost(/= 6/);
  await editor.page.keyboard.press('Escape');
  await editor.save();
});

test('a document that was never saved gets suggestions', async ({ editor, picture }) => {
  await editor.newDocument();
  await editor.setLanguage('TypeScript');
  await editor.type(`${numbers.join('\n')}\nexport const fi`);
  await editor.untilGhost(/ve = 5/);
  await picture('untitled');
  await editor.page.keyboard.press('Tab');
  await editor.untilNoGhost();
  assert.match((await editor.lines()).join('\n'), /export const five = 5/);
});

test('the model is shown what the editor knows of a name: the type of a variable, in a file that nothing here names', async ({
  editor,
  picture,
}) => {
  await editor.openFile('station.ts');
  await editor.untilStatus(/ready/i);
  // The editor's own language server needs a while to know the project; each rest of the cursor asks it anew.
  await until(
    'an explanation that names the file',
    async () => {
      await editor.openFile('station.ts');
      await editor.goToLine(1);
      await editor.goToEnd();
      await editor.page.waitForTimeout(2_000);
      await editor.type('\nconst another = arriving.');
      await editor.runCommand('Lacuna: Trigger Suggestion');
      // What the model was shown is said of an answer that is too unlikely to be suggested, too.
      await until('an answer', async () => (await editor.ghost()) !== '' || /Nothing was/.test(await editor.status()));
      await editor.page.keyboard.press('Escape');
      await editor.save();
      await editor.runCommand('Lacuna: Explain the Last Suggestion');
      return /pieces of .*railway\/vehicles\.ts/.test(await editor.untilPage(/The last suggestion/));
    },
    150_000,
  );
  await picture('definition-shown');
  await editor.page.locator('.tab', { hasText: 'The Last Suggestion' }).click({ button: 'middle' });
});

test('the statistics page counts what was shown and accepted', async ({ editor, picture }) => {
  await editor.startNumbers();
  await editor.type('export const fi');
  await editor.untilGhost(/ve = 5/);
  await editor.page.keyboard.press('Tab');
  await editor.untilNoGhost();
  await editor.save();
  await editor.runCommand('Lacuna: Statistics');
  const page = await editor.untilPage(/Suggestions by day/);
  assert.match(page, /shown\s*[1-9]/);
  assert.match(page, /accepted\s*[1-9]/);
  await picture('statistics');
  await editor.page.keyboard.press('Control+w');
});
