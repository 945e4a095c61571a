// Pictures for the documents, from the real editor with the real model: `node client/test/pictures.mjs [WORD]` plays short
// stories and writes each as docs/pictures/NAME.svg, in which the frames follow one another. Whoever asks for less motion
// sees the last but one at rest, and so does a marketplace, which takes no SVG: NAME.png. Read them before they are committed.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../../server/scripts/prepare.mjs';
import { editorPage, until } from './editorPage.mjs';
import { installBrowser } from './installBrowser.mjs';
import { installEditor } from './installEditor.mjs';
import { startEditor } from './startEditor.mjs';
import { prepareWorkspace } from './workspace.mjs';

const viewport = { width: 960, height: 420 };

/** A story is a list of what a person does; each frame is shown for some seconds. */
const stories = [
  {
    name: 'completion',
    words: 'A line is typed, its rest appears in grey, and Tab takes it.',
    clip: { x: 48, y: 35, width: 640, height: 190 },
    async play({ editor, frame }) {
      await editor.openFile('numbers.ts');
      await editor.untilStatus(/ready/i);
      await editor.goToEnd();
      await frame(1);
      await editor.type('export const fi');
      await editor.untilGhost(/ve = 5/);
      await frame(2);
      await editor.page.keyboard.press('Tab');
      await editor.untilNoGhost();
      await frame(2);
    },
  },
  {
    name: 'holes',
    words:
      'A line is suggested with two holes; Tab takes it and goes to the first, which offers what the model would write.',
    clip: { x: 48, y: 35, width: 740, height: 300 },
    async play({ editor, frame }) {
      await editor.openFile('Menu.java');
      await editor.untilStatus(/ready/i);
      const suggest = async () => {
        await editor.goToLine(9);
        await editor.type('\n        ');
        await editor.untilGhost(/⟨/);
      };
      const take = async () => {
        await editor.page.keyboard.press('Tab');
        await editor.untilNoGhost();
      };
      // What is said once is said before.
      await suggest();
      await take();
      await editor.untilMessage(/left to you/);
      await editor.dismissMessages();
      await editor.undoAll();
      await suggest();
      await frame(3);
      await take();
      await until(
        'the choices of a hole',
        async () => (await editor.page.locator('.suggest-widget.visible').count()) > 0,
      );
      await frame(2);
      await editor.page.keyboard.press('Tab');
      await editor.type('7');
      await frame(2);
      await editor.page.keyboard.press('Escape');
      await editor.page.keyboard.press('Escape');
    },
  },
  {
    name: 'conflict',
    words: 'Above a conflict stands its likeliest resolution; the light bulb lists more, and one of them is taken.',
    clip: { x: 48, y: 35, width: 810, height: 330 },
    async play({ editor, frame }) {
      await editor.openFile('orders.ts');
      await editor.untilLens(/Lacuna: .* \(\d+ %/);
      await frame(3);
      await editor.goToLine(4);
      const titles = await editor.untilFixes(/^Lacuna: take/);
      await frame(3);
      await editor.takeFix(titles.find((title) => title.startsWith('Lacuna: take')));
      await until('the markers to go', async () => !(await editor.lines()).some((line) => line.startsWith('<<<<<<<')));
      await delay(500);
      await frame(2);
    },
  },
];

const wanted = stories.filter(({ name }) => name.includes(process.argv[2] ?? ''));
const executablePath = await installBrowser();
await installEditor();
const { chromium } = await import('@playwright/test');
const state = await mkdtemp(join(tmpdir(), 'lacuna-pictures-'));
const workspace = join(state, 'workspace');
const settings = {
  ...JSON.parse(await readFile(join(root, '.vscode-test/settings.json'), 'utf8')),
  'editor.fontSize': 13,
  'workbench.activityBar.location': 'hidden',
  'breadcrumbs.enabled': false,
};
await prepareWorkspace(workspace);
const editor = await startEditor({ workspace, state, settings });
const browser = await chromium.launch({ executablePath, headless: true, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const page = await browser.newPage({ viewport });
  const shown = editorPage(page);
  await shown.open(editor.address);
  await mkdir(join(root, 'docs/pictures'), { recursive: true });
  for (const { name, words, clip, play } of wanted) {
    const frames = [];
    const frame = async (seconds) => {
      await delay(400);
      frames.push({ seconds, png: await page.screenshot({ clip: await clipOf(page, clip) }) });
    };
    try {
      await play({ editor: shown, frame });
      const svg = animated(frames, clip, words);
      await writeFile(join(root, `docs/pictures/${name}.svg`), svg);
      await writeFile(join(root, `docs/pictures/${name}.png`), frames[atRest(frames)].png);
      console.log(`${name}: ${frames.length} frames, ${Math.round(svg.length / 1000)} kB`);
    } catch (error) {
      console.log(`${name} did not come out: ${error instanceof Error ? error.message : error}`);
      await page.screenshot({ path: join(root, `.vscode-test/${name}-failed.png`) });
    }
  }
} finally {
  await browser.close();
  await editor.stop();
  await rm(state, { recursive: true, force: true, maxRetries: 3 });
}

/** The part of the window in which the editor lies, wherever the side bar ends. */
async function clipOf(page, { width, height }) {
  const box = await page.locator('.editor-instance').first().boundingBox();
  return {
    x: box.x,
    y: box.y,
    width: Math.min(width, viewport.width - box.x),
    height: Math.min(height, viewport.height - box.y),
  };
}

function animated(frames, clip, words) {
  const total = frames.reduce((sum, { seconds }) => sum + seconds, 0);
  let at = 0;
  const rules = frames.map(({ seconds }, index) => {
    const [from, to] = [(100 * at) / total, (100 * (at + seconds)) / total];
    at += seconds;
    const hidden = (place) => `${place.toFixed(2)}% { opacity: 0 }`;
    const seen = (place) => `${place.toFixed(2)}% { opacity: 1 }`;
    const steps = [
      ...(from > 0 ? [hidden(0), hidden(from - 0.01)] : []),
      seen(from),
      seen(to - 0.02),
      ...(to < 100 ? [hidden(to), hidden(100)] : []),
    ];
    return `@keyframes f${index} { ${steps.join(' ')} } .f${index} { animation: f${index} ${total}s infinite; }`;
  });
  const { width, height } = sizeOf(frames[0].png);
  const images = frames.map(
    ({ png }, index) =>
      `<image class="f${index}" width="${width}" height="${height}" href="data:image/png;base64,${png.toString('base64')}"/>`,
  );
  const still = `@media (prefers-reduced-motion: reduce) { image { animation: none !important; opacity: 0; } .f${atRest(frames)} { opacity: 1; } }`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${words}">
<style>${rules.join('\n')}
${still}</style>
${images.join('\n')}
</svg>
`;
}

/** The index of the frame that says most without the others. */
function atRest(frames) {
  return Math.max(0, frames.length - 2);
}

/** Of a PNG, from its header. */
function sizeOf(png) {
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}
