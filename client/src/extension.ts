// The extension's beginning and end: makes the parts and gives them to each other. Nothing here waits for the server, so
// that the editor's start is not held up.

import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { forwardAcceptance } from './completion/acceptance.js';
import { useAnotherModel } from './server/useModel.js';
import { calibrateToRepository } from './holes/calibrate.js';
import { registerCommands } from './commands.js';
import { createConflictServer, forwardTrust } from './server/conflictServer.js';
import { forwardCursor } from './completion/cursor.js';
import { answerDefinitions } from './completion/definitions.js';
import { createDoctor } from './server/doctor.js';
import { explainLast } from './completion/explain.js';
import { fillingsFrom, registerFill } from './holes/holeFillings.js';
import { explainHolesOnce } from './holes/holeHint.js';
import { explainHoles } from './holes/holeHover.js';
import { Holes } from './holes/holes.js';
import { createLanguageClient, restart, start, tellOwnThreshold, tellPause } from './server/languageClient.js';
import { FourVersions } from './merge/fourVersions.js';
import { followConflicts } from './merge/conflictKeys.js';
import { mergeCommands } from './merge/merge.js';
import { MergeOverview } from './merge/mergeOverview.js';
import { MergePreviews } from './merge/mergePreview.js';
import { showMergeTree } from './merge/mergeTree.js';
import { registerAcceptance } from './merge/mergeReplace.js';
import { Pause } from './status/pause.js';
import { ServerKey } from './server/serverKey.js';
import { Statistics } from './statistics/statistics.js';
import { createStatusBar } from './status/statusBar.js';
import { speak } from './l10n/words.js';

let running: LanguageClient | undefined;
let ending: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): void {
  // Where there is no bundle, the texts are English, and so are their numbers.
  speak(vscode.l10n.t, vscode.l10n.bundle === undefined ? 'en' : vscode.env.language);
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
  const conflictServer = createConflictServer(client, ensureStarted);
  const versions = new FourVersions();
  const overview = new MergeOverview(conflictServer);
  const merge = mergeCommands(conflictServer, previews, versions);

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
    versions,
    overview,
    showMergeTree(overview),
    followConflicts(),
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
      () => useAnotherModel(client, ensureStarted),
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
    forwardAcceptance(client, holes, (params) => statistics.took(params), explainHolesOnce(context)),
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
