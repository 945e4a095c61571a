// The pictures of the documents move on the pages of the site, and stand still for whoever asks for less motion.
import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, test } from '@playwright/test';
import { root } from '../../../server/scripts/prepare.mjs';
import { withStill } from '../../../site/.vitepress/stillPictures.mjs';
import { findBrowser } from '../installBrowser.mjs';

const pictures = join(root, 'docs/pictures');

/** What is painted of each picture during some seconds, which are longer than any frame. */
async function framesOf(reducedMotion) {
  const folder = await mkdtemp(join(tmpdir(), 'lacuna-pages-'));
  const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage({ reducedMotion, viewport: { width: 900, height: 500 } });
    const frames = new Map();
    for (const name of (await readdir(pictures)).filter((file) => file.endsWith('.svg'))) {
      const source = pathToFileURL(join(pictures, name)).href;
      const file = join(folder, `${name}.html`);
      await writeFile(file, withStill(source, `<img alt="" src="${source}">`));
      await page.goto(pathToFileURL(file).href);
      const seen = new Set();
      for (let look = 0; look < 10; look += 1) {
        seen.add((await page.locator('img').screenshot()).toString('base64'));
        await page.waitForTimeout(500);
      }
      frames.set(name, seen.size);
    }
    return frames;
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

test('the pictures of the documents move', async () => {
  const frames = await framesOf('no-preference');
  assert.ok(frames.size >= 3);
  for (const [name, count] of frames) assert.ok(count >= 2, `${name}: ${count} frame`);
});

test('the pictures of the documents stand still where less motion is asked for', async () => {
  for (const [name, count] of await framesOf('reduce')) assert.equal(count, 1, name);
});
