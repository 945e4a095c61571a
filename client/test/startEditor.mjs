// Starts the installed editor (see installEditor.mjs) with Lacuna in it, and ends it with all its children.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../../server/scripts/prepare.mjs';
import { mustRun } from '../../server/scripts/runCommand.mjs';
import { layExtension } from '../../server/scripts/shipped.mjs';
import { editorPaths } from './installEditor.mjs';

/**
 * @param {{ workspace: string, state: string, settings: object, port?: number, vsix?: string }} options `workspace`: the folder to open.
 *   `state`: a folder for all that the editor writes. `settings`: the user's, unless `state` has some. `port`: where to listen,
 *   if free. `vsix`: a packed extension to install; without it the editor gets links to this working tree. `beside`: folders
 *   of other extensions.
 * @returns An address for the browser, where the extension lies, and `stop`, which resolves when every process of the editor has ended.
 */
export async function startEditor({ workspace, state, settings, port, vsix, beside = [] }) {
  const extensions = join(state, 'extensions');
  const userData = join(state, 'user-data');
  for (const folder of beside) await cp(folder, join(extensions, basename(folder)), { recursive: true });
  if (vsix === undefined) await linkExtension(extensions);
  else await install(vsix, { state, extensions, userData });
  await mkdir(join(userData, 'User'), { recursive: true });
  const settingsFile = join(userData, 'User/settings.json');
  if (!existsSync(settingsFile)) await writeFile(settingsFile, JSON.stringify(settings, undefined, 2));
  const chosen = await freePort(port);
  const log = openSync(join(state, 'editor.log'), 'w');
  const child = spawn(
    editorPaths.node,
    [
      editorPaths.entry,
      ...['--config', join(state, 'config.yaml'), '--bind-addr', `127.0.0.1:${chosen}`, '--auth', 'none'],
      ...['--user-data-dir', userData, '--extensions-dir', extensions],
      ...[
        '--disable-telemetry',
        '--disable-update-check',
        '--disable-workspace-trust',
        '--disable-getting-started-override',
      ],
      workspace,
    ],
    {
      env: environment(state),
      stdio: ['ignore', log, log],
      // A process group of its own, so that Ctrl+C reaches only us and nothing of the editor outlives stop().
      detached: true,
    },
  );
  closeSync(log);
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  const origin = `http://127.0.0.1:${chosen}`;
  const stop = () => stopGroup(child.pid, ended);
  try {
    await untilListening(`${origin}/healthz`, ended);
  } catch (error) {
    await stop();
    const output = await readFile(join(state, 'editor.log'), 'utf8').catch(() => '');
    throw new Error(`The editor did not start.\n${output.slice(-2000)}`, { cause: error });
  }
  const [extension = ''] = (await readdir(extensions)).filter((name) => name.startsWith('lacuna.'));
  const address = `${origin}/?folder=${encodeURI(workspace)}`;
  return { address, extension: join(extensions, extension), ended, stop };
}

/** The extension as an install would lay it, made of links to this working tree. */
async function linkExtension(extensions) {
  const { publisher, name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  await layExtension(join(extensions, `${publisher}.${name}-${version}`), 'linked');
}

/** The editor installs the packed extension as it would for a user. */
async function install(vsix, { state, extensions, userData }) {
  const folders = ['--user-data-dir', userData, '--extensions-dir', extensions];
  const args = [editorPaths.entry, '--config', join(state, 'config.yaml'), ...folders, '--install-extension', vsix];
  await mustRun(editorPaths.node, args, { env: environment(state) });
}

/** The editor keeps out of the user's home and asks no gallery for extensions. npm's own variables stay outside. */
function environment(state) {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_|VSCODE_|PORT$)/i.test(name));
  const models = join(state, 'lacuna-models');
  const gallery = JSON.stringify({ serviceUrl: '' });
  return { ...Object.fromEntries(inherited), HOME: state, LACUNA_MODELS: models, EXTENSIONS_GALLERY: gallery };
}

/** The port asked for if nothing listens on it, else any free one. */
async function freePort(wanted = 0) {
  const taken = await new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(wanted, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
  return taken ?? freePort(0);
}

async function untilListening(address, ended) {
  let over = false;
  void ended.then(() => (over = true));
  const deadline = Date.now() + 60_000;
  for (;;) {
    const answer = await fetch(address).catch(() => undefined);
    if (answer?.ok) return;
    if (over) throw new Error('It ended at once.');
    if (Date.now() > deadline) throw new Error('It did not listen within a minute.');
    await delay(100);
  }
}

/** Asks the editor to end, which ends its children, and ends what is left of its group after ten seconds. */
async function stopGroup(pid, ended) {
  if (pid === undefined) return;
  signal(pid, 'SIGTERM');
  await Promise.race([ended, delay(10_000, undefined, { ref: false })]);
  signal(-pid, 'SIGKILL');
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended already.
  }
}
