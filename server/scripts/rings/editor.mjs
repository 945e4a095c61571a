// The ring in a real editor and a real browser: packs the extension, and the editor installs it from the file.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserObstacle, installBrowser } from '../../../client/test/installBrowser.mjs';
import { editorObstacle, installEditor } from '../../../client/test/installEditor.mjs';
import { packageExtension } from '../package.mjs';
import { root } from '../prepare.mjs';
import { installPackager } from '../release/packager.mjs';
import { runCommand } from '../runCommand.mjs';

export const editorRing = {
  name: 'The real editor in a real browser',
  obstacle: () => editorObstacle() ?? browserObstacle(),
  prepare: () => Promise.all([installEditor(), installBrowser(), installPackager()]),
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'lacuna-vsix-'));
    const { file, bytes } = await packageExtension(folder);
    console.log(`  The package has ${(bytes / 1e6).toFixed(1)} MB.`);
    const report = join(folder, 'report.json');
    const args = [join(root, 'node_modules/@playwright/test/cli.js'), 'test', '--reporter=list,json'];
    const env = { ...process.env, LACUNA_VSIX: file, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
    const { code, output } = await runCommand(process.execPath, args, { cwd: root, env });
    console.log(output.trimEnd().replaceAll(/^/gm, '  '));
    const count = countTests(await readFile(report, 'utf8').catch(() => '{}'));
    await rm(folder, { recursive: true, force: true });
    return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
  },
};

/** A test that did not run, since the one that it goes on from failed, counts as failed too. */
function countTests(report) {
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = JSON.parse(report).stats ?? {};
  return { passed: expected, failed: unexpected + flaky + skipped };
}
