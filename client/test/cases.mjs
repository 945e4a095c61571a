// What the tests in the editor do, in order, with one open window. A case leaves the documents it opened saved or closed.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from './editorPage.mjs';

export const cases = [
  {
    name: 'the status bar says when Lacuna is ready',
    async run({ editor, picture }) {
      await editor.openFile('weekdays.ts');
      await editor.untilStatus(/ready/i);
      await picture('ready');
    },
  },
  {
    name: 'the model completes a line, Tab takes it, and it reaches the disk',
    async run({ editor, workspace, picture }) {
      const file = join(workspace, 'weekdays.ts');
      const before = await readFile(file, 'utf8');
      await editor.goToEnd();
      await editor.type('export const fri');
      const ghost = await editor.untilGhost(/Friday/);
      await picture('ghost');
      await editor.page.keyboard.press('Tab');
      await editor.untilNoGhost();
      await picture('accepted');
      await editor.save();
      assert.equal(await readFile(file, 'utf8'), `${before}export const fri${ghost}`);
    },
  },
];
void until;
void writeFile;
