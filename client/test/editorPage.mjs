// What a person does in the editor and sees there, as functions on a Playwright page. Everything that waits polls with
// a deadline and says what it was waiting for.
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { numbers } from './workspace.mjs';

/** Long enough for a loaded machine; nothing here waits for its own sake. */
const patience = 60_000;

/** Milliseconds after which a suggestion does not come by itself any more. */
const SLOW_ANSWER = 15_000;

const ghostSelector = '.ghost-text-decoration, .ghost-text-decoration-preview, .ghost-text, .suggest-preview-text';

/** The editor's own list of suggestions, while it is open. */
const list = '.suggest-widget.visible';

/** Calls `look` until it returns something true, and returns that. */
export async function until(what, look, milliseconds = patience) {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`waited ${milliseconds / 1000} s for ${what}`);
    await delay(50);
  }
}

/** @param {import('@playwright/test').Page} page */
export function editorPage(page) {
  const texts = async (selector) => (await page.locator(selector).allTextContents()).map(plainSpaces);

  /** Types into the list at the top of the window and takes the row that shows it. */
  const pick = async (text, shown = text) => {
    await page.locator('.quick-input-widget input').first().waitFor({ state: 'visible', timeout: patience });
    await page.keyboard.type(text);
    const row = page.locator('.quick-input-widget .monaco-list-row.focused', { hasText: shown });
    await row.first().waitFor({ state: 'visible', timeout: patience });
    await page.keyboard.press('Enter');
  };

  const untilListGone = () =>
    page.locator('.quick-input-widget').first().waitFor({ state: 'hidden', timeout: patience });

  /** @param {{ opensList?: boolean }} [what] whether the command shows a list of its own */
  const runCommand = async (title, { opensList = false } = {}) => {
    await page.keyboard.press('F1');
    await pick(title);
    if (!opensList) await untilListGone();
  };

  /** The text and the tooltip of Lacuna's entry, as a screen reader gets them. */
  const status = async () => {
    const entries = page.locator('.statusbar-item[aria-label*="Lacuna"]');
    const labels = await entries.evaluateAll((found) => found.map((each) => each.getAttribute('aria-label')));
    return labels.join(' ');
  };

  const suggested = () => texts(`${list} .monaco-list-row .label-name`);

  const ghost = async () =>
    (await texts(`.editor-instance ${ghostSelector.replaceAll(', ', ', .editor-instance ')}`)).join('');

  const lines = () => texts('.editor-instance .view-line');

  const openFile = async (name) => {
    await page
      .locator('.explorer-folders-view .monaco-list-row', { hasText: name })
      .first()
      .dblclick({ timeout: patience });
    await page.locator('.tab.active', { hasText: name }).first().waitFor({ state: 'visible', timeout: patience });
    await page.locator('.editor-instance .view-line').first().waitFor({ state: 'visible', timeout: patience });
    await page
      // What is seen of the text; the text itself may begin above, where a click finds nothing.
      .locator('.editor-group-container.active .editor-instance .editor-scrollable')
      .first()
      .click({ position: { x: 200, y: 8 }, timeout: patience });
  };

  const untilStatus = (pattern) =>
    until(`a status bar entry like ${pattern}`, async () => {
      const text = await status();
      return pattern.test(text) && text;
    });

  return {
    page,
    runCommand,
    status,
    ghost,
    openFile,
    untilStatus,

    /** Opens numbers.ts with these lines in it, and the cursor below. */
    async startNumbers(lines = numbers) {
      await openFile('numbers.ts');
      await untilStatus(/ready/i);
      await page.keyboard.press('Control+a');
      await page.keyboard.insertText(`${lines.join('\n')}\n`);
    },

    async open(address) {
      await page.goto(address, { waitUntil: 'domcontentloaded', timeout: patience });
      await page.waitForSelector('.monaco-workbench', { timeout: patience });
      await page.waitForSelector('.explorer-folders-view .monaco-list-row', { timeout: patience });
    },

    /** Opens a document that has no file yet. */
    async newDocument() {
      await page.keyboard.press('Control+Alt+n');
      await page.locator('.tab.active', { hasText: 'Untitled' }).waitFor({ state: 'visible', timeout: patience });
    },

    /** Puts the cursor at the end of the document. */
    async goToEnd() {
      await page.keyboard.press('Control+End');
    },

    /** Puts the cursor at the end of a line, counted from 1. */
    async goToLine(line) {
      await page.keyboard.press('Control+g');
      await pick(String(line), `line ${line}`);
      await untilListGone();
      await page.keyboard.press('End');
    },

    /** Gives the open document a language by its name in the editor's list. */
    async setLanguage(name) {
      await page.keyboard.press('F1');
      await pick('Change Language Mode');
      await pick(name);
      await untilListGone();
    },

    /** Types as fast as a quick hand. */
    async type(text) {
      await page.keyboard.type(text, { delay: 25 });
    },

    /**
     * The suggestion painted at the cursor, once there is one that fits. A busy machine may not have it within the time that
     * a suggestion may take by itself; then it is asked for by hand, once, and the reason is printed.
     */
    async untilGhost(pattern = /\S/) {
      let late = Date.now() + SLOW_ANSWER;
      return until(`ghost text like ${pattern}`, async () => {
        const text = await ghost();
        if (pattern.test(text)) return text;
        // Again and again: pieces of other files may come into the prompt meanwhile.
        if (Date.now() > late) {
          late = Date.now() + SLOW_ANSWER;
          console.log(`asked by hand, for ${pattern}: ${await status()}`);
          await page.keyboard.press('Control+Alt+Enter');
        }
        return false;
      });
    },

    /** What is left of a suggestion after a part of it was taken. */
    async untilGhostOtherThan(whole) {
      return until('another ghost text', async () => {
        const text = await ghost();
        return text !== '' && text !== whole && text;
      });
    },

    async untilNoGhost() {
      await until('the ghost text to go', async () => (await ghost()) === '');
    },

    /** Starts to count the ghost texts that appear, however briefly; ghostsSeen() ends it and gives the count. */
    async watchGhosts() {
      await page.evaluate((selector) => {
        const seen = () => globalThis.document.querySelectorAll(selector).length;
        const watch = { count: seen() };
        watch.observer = new globalThis.MutationObserver(() => (watch.count += seen()));
        watch.observer.observe(globalThis.document.body, { childList: true, subtree: true });
        globalThis.ghostWatch = watch;
      }, ghostSelector);
    },

    ghostsSeen: () =>
      page.evaluate(() => {
        globalThis.ghostWatch.observer.disconnect();
        return globalThis.ghostWatch.count;
      }),

    /** The rows of the editor's own list of suggestions, once one of them fits. */
    async untilSuggested(pattern) {
      return until(`a suggestion of the list like ${pattern}`, async () => {
        const found = await suggested();
        return found.some((text) => pattern.test(text)) && found;
      });
    },

    /** Waits until the list of suggestions has a row like this selected. */
    async untilSelected(pattern) {
      return until(`a selected row like ${pattern}`, async () => {
        const found = await texts(`${list} .monaco-list-row.focused .label-name`);
        return found.find((text) => pattern.test(text));
      });
    },

    isListOpen: async () => (await page.locator(list).count()) > 0,

    async untilNoList() {
      await until('the list of suggestions to close', async () => (await page.locator(list).count()) === 0);
    },

    /** Every line of the document in the window as it is on the disk, once it was saved. */
    async untilSaved(file, pattern) {
      return until(`${file} to be like ${pattern}`, async () => {
        await page.keyboard.press('Control+s');
        const text = await readFile(file, 'utf8');
        return pattern.test(text) && text;
      });
    },

    /** The text of the extension's own page, once it fits. */
    async untilPage(pattern) {
      return until(`a page like ${pattern}`, async () => {
        for (const frame of page.frames()) {
          const text = await frame
            .locator('body')
            .innerText({ timeout: 500 })
            .catch(() => '');
          if (pattern.test(text)) return text;
        }
        return false;
      });
    },

    /** The texts above the lines, once one of them fits. */
    async untilLens(pattern) {
      return until(`a lens like ${pattern}`, async () => {
        const found = await texts('.codelens-decoration');
        return found.some((text) => pattern.test(text)) && found;
      });
    },

    /** Opens the menu of quick fixes at the cursor, and gives the titles once one of them fits. */
    async untilFixes(pattern) {
      return until(`a quick fix like ${pattern}`, async () => {
        const menu = page.locator('.action-widget');
        if ((await menu.count()) === 0) await page.keyboard.press('Control+.');
        await menu.waitFor({ state: 'visible', timeout: 3_000 }).catch(() => undefined);
        const titles = await texts('.action-widget .monaco-list-row .title');
        if (titles.some((title) => pattern.test(title))) return titles;
        await page.keyboard.press('Escape');
        return false;
      });
    },

    /** Takes a quick fix of the open menu. */
    async takeFix(title) {
      const focused = page.locator('.action-widget .monaco-list-row.focused .title');
      await until(`the quick fix ${title} to be focused`, async () => {
        if (plainSpaces((await focused.textContent().catch(() => '')) ?? '') === title) return true;
        await page.keyboard.press('ArrowDown');
        return false;
      });
      await page.keyboard.press('Enter');
    },

    /** Puts the mouse on a word of the editor until the box beside it says what is wanted. */
    async untilHover(word, pattern) {
      const place = page.locator('.editor-instance .view-line', { hasText: word }).first();
      return until(`a hover like ${pattern}`, async () => {
        await page.mouse.move(5, 5);
        await place.hover({ position: { x: 20, y: 8 }, timeout: 5_000 }).catch(() => undefined);
        await page
          .locator('.monaco-hover:visible')
          .first()
          .waitFor({ state: 'visible', timeout: 3_000 })
          .catch(() => undefined);
        const found = (await texts('.monaco-hover')).find((text) => pattern.test(text));
        return found ?? false;
      });
    },

    /** Puts the mouse on the last hole that has this name, until the box beside it says what is missing, with numbers. */
    async untilHoleHover(name) {
      const hole = page.locator('.editor-instance .view-line span span', { hasText: name }).last();
      return until(`the hover of ${name}`, async () => {
        await page.mouse.move(5, 5);
        await hole.hover({ timeout: 5_000 }).catch(() => undefined);
        await page
          .locator('.monaco-hover:visible', { hasText: 'left to you' })
          .first()
          .waitFor({ state: 'visible', timeout: 6_000 })
          .catch(() => undefined);
        const found = (await texts('.monaco-hover')).join('\n');
        return /left to you/.test(found) && /%/.test(found) && found;
      });
    },

    /** What a message at the corner of the window says, once one fits. */
    async untilMessage(pattern) {
      return until(`a message like ${pattern}`, async () =>
        (await texts('.notification-list-item-message')).find((text) => pattern.test(text)),
      );
    },

    async dismissMessages() {
      await runCommand('Notifications: Clear All Notifications');
    },

    /** Looks for a command and finds none; where nothing fits, the editor says so or lists what is similar. */
    async untilNotListed(title) {
      await page.keyboard.press('F1');
      await page.keyboard.type(title);
      await until(`no command ${title}`, async () => {
        const found = await texts('.quick-input-widget .monaco-list-row');
        return found.some((text) => /No matching|similar/.test(text)) && !found.some((text) => text.includes(title));
      });
      await page.keyboard.press('Escape');
      await untilListGone();
    },

    /** The rows of the open list, once one fits and none changes: rows of the list before are written over one by one. */
    async untilRows(pattern) {
      let before = '';
      return until(`rows with one like ${pattern}`, async () => {
        const found = await texts('.quick-input-widget .monaco-list-row');
        const isStill = found.join('\n') === before;
        before = found.join('\n');
        return isStill && found.some((text) => pattern.test(text)) && found;
      });
    },

    /** Takes the row of the open list that shows a text. */
    async takeRow(text) {
      await pick(text);
      await untilListGone();
    },

    /** The lines of one half of a comparison. */
    async untilComparison(side, pattern) {
      return until(`${side} of a comparison like ${pattern}`, async () => {
        const found = (await texts(`.monaco-diff-editor .editor.${side} .view-line`)).join('\n');
        return pattern.test(found) && found;
      });
    },

    /** Where the cursor is, as the status bar says. */
    async untilLine(line) {
      await until(`the cursor in line ${line}`, async () =>
        (await texts('.statusbar-item')).some((text) => text.includes(`Ln ${line},`)),
      );
    },

    /** Puts a text at the cursor as it is, as if it were pasted. */
    async insert(text) {
      await page.keyboard.insertText(text);
    },

    /** The lines that the editor shows, ghost text and all. */
    lines,

    /** The same as one text, once it fits. */
    async untilLines(pattern) {
      return until(`lines like ${pattern}`, async () => {
        const text = (await lines()).join('\n');
        return pattern.test(text) && text;
      });
    },

    /** Waits until so many holes are marked, by the problems that say the same in words. */
    async untilMarks(count) {
      const marks = page.locator('.editor-instance .squiggly-info');
      await until(`${count} marked holes`, async () => (await marks.count()) === count);
    },

    async save() {
      await page.keyboard.press('Control+s');
      await until('the file to be saved', async () => (await page.locator('.tab.active.dirty').count()) === 0);
    },

    /** Takes back what was done, until the document is as it is on the disk. */
    async undoAll() {
      await until('the file as it was', async () => {
        await page.keyboard.press('Control+z');
        return (await page.locator('.tab.active.dirty').count()) === 0;
      });
    },
  };
}

/** The editor draws spaces as U+00A0. */
function plainSpaces(text) {
  return text.replaceAll('\u00a0', ' ');
}
