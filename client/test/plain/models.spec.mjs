// Another model: a GGUF file of another program becomes one, is used without a restart, and the one that ships comes back.
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../../server/scripts/prepare.mjs';
import { until } from '../editorPage.mjs';
import { test } from '../window.mjs';

test('another model is made of a file that is there, answers, and the first one comes back', async ({
  editor,
  workspace,
  picture,
}) => {
  // The editor's home, where LM Studio would keep its files.
  const place = join(workspace, '..', '.lmstudio/models/someone/tiny');
  await mkdir(place, { recursive: true });
  await cp(join(root, 'server/test/fixtures/gguf/tiny.gguf'), join(place, 'tiny-coder.gguf'));
  await editor.openFile('numbers.ts');
  await editor.untilStatus(/ready/i);

  await editor.runCommand('Lacuna: Use Another Model…', { opensList: true });
  await editor.untilRows(/tiny-coder\.gguf/);
  await picture('found');
  await editor.takeRow('tiny-coder.gguf');
  await editor.untilMessage(/tiny-coder is used from now on/);
  await editor.dismissMessages();
  await editor.runCommand('Lacuna: Doctor');
  await until('the doctor to have asked the other model', async () => {
    const text = (await editor.lines()).join('\n').replaceAll('\u00a0', ' ');
    return /tiny-coder/.test(text) && /tokens\/s/.test(text);
  });
  await picture('doctor');

  await editor.runCommand('Lacuna: Use Another Model…', { opensList: true });
  await editor.untilRows(/not calibrated/);
  await editor.takeRow('lacuna-0.5b');
  await editor.openFile('numbers.ts');
  await editor.untilStatus(/ready/i);
  await editor.goToEnd();
  await editor.type('export const fi');
  await editor.untilGhost(/ve = 5/);
  await picture('back');
  await editor.page.keyboard.press('Escape');
  // The other tests of this window find the file as it is on the disk.
  await editor.runCommand('File: Revert File');
});
