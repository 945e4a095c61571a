// The ring in a real editor and a real browser.
import { join } from 'node:path';
import { browserObstacle, installBrowser } from '../../../client/test/installBrowser.mjs';
import { editorObstacle, installEditor } from '../../../client/test/installEditor.mjs';
import { root } from '../prepare.mjs';
import { runCommand } from '../runCommand.mjs';

export const editorRing = {
  name: 'The real editor in a real browser',
  obstacle: () => editorObstacle() ?? browserObstacle(),
  prepare: () => Promise.all([installEditor(), installBrowser()]),
  async run() {
    const { code, output } = await runCommand(process.execPath, [join(root, 'client/test/editor.mjs')], { cwd: root });
    console.log(output.trimEnd().replaceAll(/^/gm, '  '));
    const [, passed, failed] = /^(\d+) passed, (\d+) failed$/m.exec(output) ?? [undefined, 0, 1];
    const count = { passed: Number(passed), failed: Number(failed) };
    return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
  },
};
