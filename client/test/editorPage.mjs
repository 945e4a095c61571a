// What a person does in the editor and sees there, as functions on a Playwright page. Everything that waits polls with
// a deadline and says what it was waiting for.
import { setTimeout as delay } from 'node:timers/promises';

/** Long enough for a loaded machine; nothing here waits for its own sake. */
const patience = 60_000;

const ghostSelector = '.ghost-text-decoration, .ghost-text, .suggest-preview-text';

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

/** @param {import('playwright-core').Page} page */
export function editorPage(page) {
  const texts = async (selector) => (await page.locator(selector).allTextContents()).map(plainSpaces);

  const runCommand = async (title) => {
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input').first().waitFor({ state: 'visible', timeout: patience });
    await page.keyboard.type(title);
    const row = page.locator('.quick-input-widget .monaco-list-row', { hasText: title }).first();
    await row.waitFor({ state: 'visible', timeout: patience });
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-widget').first().waitFor({ state: 'hidden', timeout: patience });
  };

  const status = async () => (await texts('.statusbar-item[id^="lacuna.lacuna"]')).join(' ').trim();

  /** What the pointer would read over the status bar entry: its tooltip, as given to screen readers. */
  const statusDetail = async () =>
    (await page.locator('.statusbar-item[id^="lacuna.lacuna"] [aria-label]').first().getAttribute('aria-label')) ?? '';

  const ghost = async () =>
    (await texts(`.editor-instance ${ghostSelector.replaceAll(', ', ', .editor-instance ')}`)).join('');

  return {
    page,
    runCommand,
    status,
    statusDetail,
    ghost,

    async open(address) {
      await page.goto(address, { waitUntil: 'domcontentloaded', timeout: patience });
      await page.waitForSelector('.monaco-workbench', { timeout: patience });
      await page.waitForSelector('.explorer-folders-view .monaco-list-row', { timeout: patience });
    },

    async openFile(name) {
      await page
        .locator('.explorer-folders-view .monaco-list-row', { hasText: name })
        .first()
        .dblclick({ timeout: patience });
      await page.locator('.tab.active', { hasText: name }).first().waitFor({ state: 'visible', timeout: patience });
      await page.locator('.editor-instance .view-line').first().waitFor({ state: 'visible', timeout: patience });
      await page
        .locator('.editor-instance .view-lines')
        .first()
        .click({ position: { x: 200, y: 8 }, timeout: patience });
    },

    /** Puts the cursor at the end of the document. */
    async goToEnd() {
      await page.keyboard.press('Control+End');
    },

    /** Types as fast as a quick hand. */
    async type(text) {
      await page.keyboard.type(text, { delay: 25 });
    },

    async untilStatus(pattern) {
      return until(`a status bar entry like ${pattern}`, async () => {
        const text = `${await status()} ${await statusDetail().catch(() => '')}`;
        return pattern.test(text) && text;
      });
    },

    /** The suggestion painted at the cursor, once there is one that fits. */
    async untilGhost(pattern = /\S/) {
      return until(`ghost text like ${pattern}`, async () => {
        const text = await ghost();
        return pattern.test(text) && text;
      });
    },

    async untilNoGhost() {
      await until('the ghost text to go', async () => (await ghost()) === '');
    },

    /** The lines that the editor shows, ghost text and all. */
    lines: () => texts('.editor-instance .view-line'),

    async save() {
      await page.keyboard.press('Control+s');
      await until('the file to be saved', async () => (await page.locator('.tab.active.dirty').count()) === 0);
    },
  };
}

/** The editor draws spaces as U+00A0. */
function plainSpaces(text) {
  return text.replaceAll('\u00a0', ' ');
}
