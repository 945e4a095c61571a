// A suggestion with holes in an editor as it is installed: how sure each hole is can be seen without its colour, the numbers
// are in the hover, all holes are filled with one key, and what a hole is, is said once.
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { until } from '../editorPage.mjs';
import { openDocument } from './documents.mjs';
import { test } from '../window.mjs';

/** In words, since it is the model that chooses them. */
const withHoles = /prices\.put\("⟨text⟩", ⟨(?:argument|number|value)⟩\);/;
/** The third line of its kind; the document has two. */
const filled = /^(?:[^⟨]*prices\.put\("[^⟨"]+", [^⟨]+?\);){3}[^⟨]*$/;
/** How sure, behind the line. */
const note = /text: (likely|unsure|open), (?:argument|number|value): (likely|unsure|open)/;
const frames = { likely: 'solid', unsure: 'dashed', open: 'dotted' };
const hint = /What stands in ⟨ ⟩ is left to you/;

/** What stands behind a line is drawn by its style, and is no text of the page. */
const noteBehind = (editor) =>
  editor.page.locator('.editor-instance .view-line span').evaluateAll((spans) =>
    spans
      .map((span) => globalThis.getComputedStyle(span, '::after').content)
      .filter((content) => content !== 'none')
      .join(' '),
  );

const hints = async (editor) =>
  (await editor.page.locator('.notification-list-item-message').allTextContents()).filter((text) => hint.test(text));

/** Takes a suggestion with holes in the line below the ninth. */
async function accept(editor) {
  await editor.openFile('Menu.java');
  await editor.untilStatus(/ready/i);
  await editor.goToLine(9);
  await editor.type('\n');
  await editor.untilGhost(withHoles);
  await editor.page.keyboard.press('Tab');
  await editor.untilNoGhost();
  await editor.untilLines(withHoles);
  await editor.untilMarks(2);
}

// Each goes on where the one before has stopped.
test.describe.configure({ mode: 'serial' });

test('a hole is framed by how sure the model is, with a word behind the line, and Escape keeps it', async ({
  editor,
  picture,
}) => {
  await accept(editor);
  await editor.untilMessage(hint);
  await picture('accepted');
  const behind = await until('a word for each hole', async () => {
    const text = await noteBehind(editor);
    return note.test(text) && text;
  });
  const [, first, second] = note.exec(behind);
  const painted = await editor.page.locator('.editor-instance .view-overlays [class*="ced-"]').evaluateAll((boxes) =>
    boxes
      .map((box) => ({
        left: box.getBoundingClientRect().left,
        style: globalThis.getComputedStyle(box).borderTopStyle,
      }))
      .filter(({ style }) => style !== 'none')
      .sort((a, b) => a.left - b.left)
      .map(({ style }) => style),
  );
  assert.deepEqual(painted, [frames[first], frames[second]]);
  assert.ok(!/\d/.test(behind), 'numbers are for the hover');
  // The first Escape closes the choices, the second ends the tab stops.
  const stops = editor.page.locator(
    '.editor-instance .snippet-placeholder, .editor-instance .finish-snippet-placeholder',
  );
  await until('the tab stops to end', async () => {
    await editor.page.keyboard.press('Escape');
    return (await stops.count()) === 0 && !(await editor.isListOpen());
  });
  await editor.untilLines(withHoles);
  await editor.untilMarks(2);
  await picture('escaped');
});

test('what a hole is, is said with a picture', async ({ editor, picture }) => {
  // Escape has put the message away with all others; it is kept in the list of messages.
  await editor.runCommand('Notifications: Show Notifications');
  await editor.untilMessage(hint);
  await picture('hint');
  await editor.page
    .locator('.notification-list-item a.monaco-button, .notification-list-item .monaco-button', { hasText: 'Show How' })
    .first()
    .click();
  const step = editor.page.locator('.getting-started-step.expanded', { hasText: 'Fill the holes' });
  await step.waitFor({ state: 'visible', timeout: 60_000 });
  await until('the picture', async () => (await editor.page.locator('.getting-started-media').count()) > 0);
  await picture('walkthrough');
  await editor.page.keyboard.press('Control+w');
});

test('the hover has the numbers, also after the document had another language', async ({ editor, picture }) => {
  await editor.openFile('Menu.java');
  await editor.setLanguage('Plain Text');
  await editor.setLanguage('Java');
  await editor.untilMarks(2);
  const hover = await editor.untilHoleHover('⟨text⟩');
  assert.match(hover, /a hole, (likely|unsure|open)/);
  assert.match(hover, /\d %/);
  await picture('hover');
  await editor.page.mouse.move(5, 5);
});

test('one key fills all holes, and one undo takes that back', async ({ editor, picture }) => {
  await editor.goToLine(10);
  await editor.page.keyboard.press('Shift+Alt+Enter');
  await editor.untilLines(filled);
  await editor.untilMarks(0);
  assert.ok(!note.test(await noteBehind(editor)));
  await picture('filled');
  await editor.page.keyboard.press('Control+z');
  await editor.untilLines(withHoles);
  await editor.untilMarks(2);
  await editor.undoAll();
  await editor.untilNotListed('Lacuna: Fill All Holes');
});

test('all can be filled from the first tab stop, and what a hole is is not said again, in another window either', async ({
  editor,
}) => {
  await editor.dismissMessages();
  await editor.page.reload({ waitUntil: 'domcontentloaded' });
  await editor.page.waitForSelector('.explorer-folders-view .monaco-list-row', { timeout: 60_000 });
  await accept(editor);
  await editor.page.keyboard.press('Shift+Alt+Enter');
  await editor.untilLines(filled);
  await editor.untilMarks(0);
  assert.deepEqual(await hints(editor), []);
  await editor.undoAll();
});

test('holes take the place of a line that is shown already, and cycling brings it back', async ({
  editor,
  workspace,
  picture,
}) => {
  await openDocument({ editor, workspace }, 'fruits.py');
  await editor.type('\n');
  console.log(`Shown first: ${await editor.untilGhost(/fruits\["/)}`);
  await editor.untilGhost(/fruits\["⟨text⟩"\]/);
  await picture('followed');
  await editor.page.keyboard.press('Alt+]');
  await editor.untilGhost(/fruits\["\w+"\] = 1/);
  await editor.undoAll();
});

test('no holes come once the line was put away', async ({ editor, picture }) => {
  await editor.goToEnd();
  await editor.type('\nfruits["kiwi"] = 1\n');
  const first = await editor.untilGhost(/fruits\["/);
  await editor.page.keyboard.press('Escape');
  await editor.untilNoGhost();
  console.log(`Put away: ${first}`);
  // The time in which holes come, where they come.
  await delay(5_000);
  await editor.untilNoGhost();
  await picture('put-away');
  await editor.undoAll();
});
