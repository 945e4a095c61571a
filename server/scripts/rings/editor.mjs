// The ring in a real editor and a real browser: packs the extension, and the editor installs it from the file.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserObstacle, installBrowser } from '../../../client/test/installBrowser.mjs';
import { editorObstacle, installEditor } from '../../../client/test/installEditor.mjs';
import { installPackager, packageExtension } from '../package.mjs';
import { root } from '../prepare.mjs';
import { runCommand } from '../runCommand.mjs';

export const editorRing = {
  name: 'The real editor in a real browser',
  obstacle: () => editorObstacle() ?? browserObstacle(),
  prepare: () => Promise.all([installEditor(), installBrowser(), installPackager()]),
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'lacuna-vsix-'));
    const { file, bytes } = await packageExtension(folder);
    console.log(`  The package has ${(bytes / 1e6).toFixed(1)} MB.`);
    const args = [join(root, 'client/test/editor.mjs'), '--vsix', file];
    const { code, output } = await runCommand(process.execPath, args, { cwd: root });
    await rm(folder, { recursive: true, force: true });
    console.log(output.trimEnd().replaceAll(/^/gm, '  '));
    const [, passed, failed] = /^(\d+) passed, (\d+) failed$/m.exec(output) ?? [undefined, 0, 1];
    const count = { passed: Number(passed), failed: Number(failed) };
    return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
  },
};
