// What befalls an editor in a long day, and what somebody gets who does not see it.
import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../editorPage.mjs';
import { test } from '../window.mjs';

test('a screen reader is told of a suggestion, and its view shows the text', async ({ editor, workspace, picture }) => {
  const settings = join(workspace, '.vscode/settings.json');
  const before = await readFile(settings, 'utf8');
  await writeFile(settings, JSON.stringify({ ...JSON.parse(before), 'editor.accessibilitySupport': 'on' }));
  try {
    await editor.startNumbers();
    await editor.type('export const fi');
    const ghost = (await editor.untilGhost(/ve = 5/)).trim();
    const announced = await until('an announcement of the suggestion', async () => {
      const said = await editor.page.locator('.monaco-aria-container').allTextContents();
      return said.map((text) => text.replaceAll('\u00a0', ' ')).find((text) => text.includes(ghost));
    });
    console.log(`  announced: ${announced}`);
    await editor.page.keyboard.press('Alt+F2');
    await until('the accessible view with the suggestion', async () => {
      const lines = await editor.page.locator('.accessible-view .view-line').allTextContents();
      return lines.join('\n').replaceAll('\u00a0', ' ').includes(ghost);
    });
    await picture('accessible-view');
    await editor.page.keyboard.press('Escape');
    await editor.page.locator('.accessible-view').waitFor({ state: 'hidden' });
  } finally {
    await writeFile(settings, before);
  }
  await editor.page.keyboard.press('Escape');
  await editor.save();
});

test('the extension host is killed: Lacuna comes back, leaves no server behind, and nothing written is lost', async ({
  editor,
  workspace,
  picture,
  extension,
}) => {
  await editor.startNumbers();
  await editor.type('export const fi');
  await editor.untilGhost(/ve = 5/);
  await editor.page.keyboard.press('Tab');
  await editor.untilNoGhost();
  await editor.save();
  const server = await until('the language server', () => serverOf(extension));
  process.kill(server.parent, 'SIGKILL');
  const next = await until('another language server', async () => {
    const found = await serverOf(extension);
    return found !== undefined && found.pid !== server.pid && found;
  });
  assert.notEqual(next.parent, server.parent);
  await until('the old language server to end', async () => (await processOf(server.pid)) === undefined);
  await editor.untilStatus(/ready/i);
  await editor.openFile('numbers.ts');
  await editor.goToEnd();
  await editor.type('\nexport const si');
  await editor.untilGhost(/x = 6/);
  await picture('restarted');
  await editor.page.keyboard.press('Tab');
  await editor.untilNoGhost();
  await editor.save();
  const text = await readFile(join(workspace, 'numbers.ts'), 'utf8');
  assert.match(text, /export const five = 5;?\nexport const six = 6/);
});

/** The newest language server of this editor, whose parent is the extension host. */
async function serverOf(extension) {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(pids.map(processOf));
  const servers = found.filter((one) => one?.command.includes(join(extension, 'dist/server.cjs')));
  return servers.sort((a, b) => b.pid - a.pid)[0];
}

async function processOf(pid) {
  try {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    const parent = Number(/^PPid:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))[1]);
    return command === '' ? undefined : { pid, parent, command };
  } catch {
    return undefined;
  }
}
