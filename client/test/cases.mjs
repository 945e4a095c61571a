// What the tests in the editor do, in order, in one window. Each case has a document of its own.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dailyCases } from './dailyCases.mjs';
import { until } from './editorPage.mjs';
import { holeCases } from './holeCases.mjs';
import { mergeCases, prepareConflicts } from './mergeCases.mjs';

/** A list that goes on as anybody would guess. */
const numbers = ['one', 'two', 'three', 'four'].map((word, index) => `export const ${word} = ${index + 1};`);

/** A variable whose type is declared in another file than the function that it comes from. */
const vehicles = [
  'export interface Wagon {',
  '  coupleTo(engine: string): void;',
  '  weightInTons(): number;',
  '}',
  '',
].join('\n');
const yard = [
  "import type { Wagon } from './vehicles';",
  'const all: Wagon[] = [];',
  'export const lastOfQueue = () => all[0]!;',
  '',
].join('\n');
const station = [
  "import { lastOfQueue } from './railway/yard';",
  '',
  'const arriving = lastOfQueue();',
  'const heaviest = arriving.',
].join('\n');

/** Lays the documents that git could not keep as they are. Called before the editor opens the folder. */
export async function prepareWorkspace(workspace) {
  await writeFile(join(workspace, 'windows.ts'), `${numbers.join('\r\n')}\r\n`);
  await writeFile(join(workspace, '.env'), 'ONE=1\nTWO=2\n');
  await mkdir(join(workspace, 'railway'));
  await writeFile(join(workspace, 'railway/vehicles.ts'), vehicles);
  await writeFile(join(workspace, 'railway/yard.ts'), yard);
  await writeFile(join(workspace, 'station.ts'), station);
  await prepareConflicts(workspace);
}

export const cases = [
  {
    name: 'the status bar says when Lacuna is ready',
    async run({ editor, picture }) {
      await editor.openFile('numbers.ts');
      await editor.untilStatus(/ready/i);
      await picture('ready');
    },
  },
  {
    name: 'the model completes a line, Tab takes it, and it reaches the disk',
    async run({ editor, workspace, picture }) {
      const file = join(workspace, 'numbers.ts');
      const before = await readFile(file, 'utf8');
      await editor.goToEnd();
      await editor.type('export const fi');
      const ghost = await editor.untilGhost(/ve = 5/);
      await picture('ghost');
      await editor.page.keyboard.press('Tab');
      await editor.untilNoGhost();
      await picture('accepted');
      await editor.save();
      assert.equal(await readFile(file, 'utf8'), `${before}export const fi${ghost}`);
    },
  },
  {
    name: 'a part of a suggestion can be taken, word by word',
    async run({ editor, workspace, picture }) {
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
    },
  },
  {
    name: 'a file with Windows line ends keeps them',
    async run({ editor, workspace, picture }) {
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
    },
  },
  {
    name: 'brackets that the editor closed by itself are not doubled',
    async run({ editor, workspace, picture }) {
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
    },
  },
  {
    name: 'a file that may hold secrets is left alone, and the status bar says so',
    async run({ editor, picture }) {
      await editor.openFile('.env');
      await editor.goToEnd();
      await editor.watchGhosts();
      await editor.type('THREE=');
      await editor.untilStatus(/secret/i);
      assert.equal(await editor.ghostsSeen(), 0);
      await picture('secrets');
      await editor.save();
    },
  },
  {
    name: 'a suggestion that was waved off comes back when it is asked for',
    async run({ editor, picture }) {
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
    },
  },
  {
    name: 'switched off, it suggests nothing and says so; switched on, it suggests again',
    async run({ editor, picture }) {
      await editor.openFile('numbers.ts');
      await editor.goToEnd();
      await editor.type('\n');
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
    },
  },
  {
    name: 'a document that was never saved gets suggestions',
    async run({ editor, picture }) {
      await editor.newDocument();
      await editor.setLanguage('TypeScript');
      await editor.type(`${numbers.join('\n')}\nexport const fi`);
      await editor.untilGhost(/ve = 5/);
      await picture('untitled');
      await editor.page.keyboard.press('Tab');
      await editor.untilNoGhost();
      assert.match((await editor.lines()).join('\n'), /export const five = 5/);
    },
  },
  {
    name: 'the model is shown what the editor knows of a name: the type of a variable, in a file that nothing here names',
    async run({ editor, picture }) {
      await editor.openFile('station.ts');
      await editor.untilStatus(/ready/i);
      // The editor's own language server needs a while to know the project; each rest of the cursor asks it anew.
      await until('an explanation that names the file', async () => {
        await editor.openFile('station.ts');
        await editor.goToLine(1);
        await editor.goToEnd();
        await editor.page.waitForTimeout(2_000);
        await editor.type('\nconst another = arriving.');
        await editor.runCommand('Lacuna: Trigger Suggestion');
        await editor.untilGhost(/\S/);
        await editor.page.keyboard.press('Escape');
        await editor.save();
        await editor.runCommand('Lacuna: Explain the Last Suggestion');
        return /pieces of .*railway\/vehicles\.ts/.test(await editor.untilPage(/The last suggestion/));
      });
      await picture('definition-shown');
      await editor.page.locator('.tab', { hasText: 'The Last Suggestion' }).click({ button: 'middle' });
    },
  },
  ...holeCases,
  {
    name: 'the statistics page counts what was shown and accepted',
    async run({ editor, picture }) {
      await editor.openFile('numbers.ts');
      await editor.untilStatus(/ready/i);
      await editor.page.keyboard.press('Control+a');
      await editor.insert(`${numbers.join('\n')}\n`);
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
    },
  },
  ...mergeCases,
  ...dailyCases,
];
