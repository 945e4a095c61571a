// `npm start [-- FILE:LINE:COL]`: a completion on the terminal, shown in place; then, on a terminal, VS Code in the
// browser with Lacuna in it, until Ctrl+C. Installs and builds what is missing first.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { buildIfStale, installPackages, root } from './prepare.mjs';

/** The body of a loop that the file leaves empty; examples/README.md names more such places. */
const defaultPlace = 'examples/typescript/inventory.ts:20:5';

const settings = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'editor.inlineSuggest.enabled': true,
};

const asked = process.argv[2];
const place = asked === undefined ? join(root, defaultPlace) : resolve(process.env.INIT_CWD ?? '.', asked);

await installPackages();
await buildIfStale();
const status = complete();
// 1 means that there was nothing to suggest, which the command has said; only a broken example is an error then.
process.exitCode = status === 1 && asked !== undefined ? 0 : status;
if (process.exitCode === 0 && process.stdout.isTTY) await openEditor();

function complete() {
  const shown = relative(process.cwd(), place);
  console.log(`$ npx lacuna complete ${shown}\n`);
  return spawnSync(process.execPath, [join(root, 'dist/cli.cjs'), 'complete', place], { stdio: 'inherit' }).status ?? 1;
}

async function openEditor() {
  const { editorObstacle, installEditor, isEditorInstalled } = await import('../../client/test/installEditor.mjs');
  const obstacle = editorObstacle();
  if (obstacle !== undefined) {
    console.log(`\nNo editor is opened: ${obstacle}.`);
    return;
  }
  const { startEditor } = await import('../../client/test/startEditor.mjs');
  if (!(await isEditorInstalled())) {
    console.log('\nInstalling VS Code for the browser into .vscode-test/, once; this takes a minute or two …');
    await installEditor();
  }
  const state = join(root, '.vscode-test/start');
  await mkdir(state, { recursive: true });
  const editor = await startEditor({ workspace: folderToOpen(), state, settings, port: 8377 });
  console.log(`\nVS Code with Lacuna: ${editor.address}\nCtrl+C ends it.`);
  await Promise.race([interrupted(), editor.ended]);
  await editor.stop();
}

function folderToOpen() {
  const file = place.replace(/(:\d+){1,2}$/, '');
  return asked !== undefined && existsSync(file) ? dirname(file) : join(root, 'examples');
}

function interrupted() {
  return new Promise((settle) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, settle);
  });
}
