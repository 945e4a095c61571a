// What the editor ring needs before its first test: browser, editor, and no pictures of an earlier run.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../server/scripts/prepare.mjs';
import { installBrowser } from './installBrowser.mjs';
import { installEditor } from './installEditor.mjs';

export default async function installAll() {
  await installBrowser();
  await installEditor();
  await rm(join(root, '.vscode-test/screenshots'), { recursive: true, force: true });
}
