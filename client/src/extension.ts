// The extension's beginning and end: makes the parts and gives them to each other. Nothing here waits for the server, so
// that the editor's start is not held up.

import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { forwardAcceptance } from './acceptance.js';
import { calibrateToRepository } from './calibrate.js';
import { registerCommands } from './commands.js';
import { createConflictServer, forwardTrust } from './conflictServer.js';
import { forwardCursor } from './cursor.js';
import { answerDefinitions } from './definitions.js';
import { createDoctor } from './doctor.js';
import { explainLast } from './explain.js';
import { fillingsFrom, registerFill } from './holeFillings.js';
import { explainHoles } from './holeHover.js';
import { Holes } from './holes.js';
import { createLanguageClient, restart, start, tellOwnThreshold, tellPause } from './languageClient.js';
import { mergeCommands } from './merge.js';
import { MergePreviews } from './mergePreview.js';
import { registerAcceptance } from './mergeReplace.js';
import { Pause } from './pause.js';
import { ServerKey } from './serverKey.js';
import { Statistics } from './statistics.js';
import { createStatusBar } from './statusBar.js';
import { speak } from './words.js';

let running: LanguageClient | undefined;
let ending: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): void {
  speak(vscode.l10n.t);
  const log = vscode.window.createOutputChannel('Lacuna', { log: true });
  const pause = new Pause(context.globalState);
  const statusBar = createStatusBar(pause);
  const statistics = new Statistics(context.globalStorageUri, log);
  ending = () => statistics.end();
  const serverKey = new ServerKey(context.secrets);
  const serverFile = context.asAbsolutePath('dist/server.cjs');
  const client = createLanguageClient(
    serverFile,
    serverKey.environment,
    log,
    pause,
    statusBar.said,
    statistics,
    context.storageUri,
  );
  running = client;
  const ensureStarted = async (): Promise<boolean> => {
    if (!client.isRunning()) await serverKey.read();
    return start(client, log, statusBar.said);
  };
  const doctor = createDoctor(client, ensureStarted);
  const previews = new MergePreviews();
  const holes = new Holes();
  const calibrate = (): Promise<void> => calibrateToRepository(client, ensureStarted);
  const merge = mergeCommands(createConflictServer(client, ensureStarted), previews);

  const follow = (): void => {
    if (pause.gate(vscode.window.activeTextEditor?.document).kind !== 'open') {
      void vscode.commands.executeCommand('editor.action.inlineSuggest.hide');
    }
    // Where Lacuna is off from the beginning, no process is started and no model loaded.
    if (client.isRunning()) tellPause(client, pause);
    else if (!pause.isComplete) void ensureStarted();
  };
  if (!pause.isComplete) void ensureStarted();
  context.subscriptions.push(
    log,
    pause,
    statusBar,
    doctor,
    pause.onDidChange(follow),
    previews,
    registerCommands(
      pause,
      doctor,
      () => explainLast(client, ensureStarted),
      log,
      serverKey,
      statistics,
      merge,
      holes,
      calibrate,
    ),
    holes,
    registerFill(holes),
    explainHoles(holes, fillingsFrom(client, holes)),
    registerAcceptance(client),
    forwardTrust(client),
    statistics,
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('lacuna')) void tellOwnThreshold(client, statistics);
    }),
    serverKey.onDidChange(() => void restart(client, ensureStarted)),
    forwardAcceptance(client, holes, () => statistics.took()),
    forwardCursor(client, pause),
    answerDefinitions(client),
  );
}

export async function deactivate(): Promise<void> {
  const client = running;
  running = undefined;
  await ending?.();
  if (client?.needsStop() === true) await client.stop();
}
