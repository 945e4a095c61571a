// The connection to the language server, which runs in a process of its own. Inline completion itself needs no code here:
// the library registers it with the editor when the server offers it.

import * as vscode from 'vscode';
import {
  LanguageClient,
  RevealOutputChannelOn,
  State,
  TransportKind,
  type ConfigurationRequest,
} from 'vscode-languageclient/node';
import {
  holesFollowNotification,
  ownThresholdNotification,
  pausedNotification,
  statusNotification,
  type HolesFollowParams,
  type InitializationOptions,
  type OwnThresholdParams,
  type StatusParams,
} from '../../../server/src/protocol/messages.js';
import { tellFailure } from '../status/failure.js';
import { openDocument } from '../editor/openDocument.js';
import { hasHoles, HolesFollow } from './holesFollow.js';
import type { Pause } from '../status/pause.js';
import { documentSelector } from '../editor/selector.js';
import type { Statistics } from '../statistics/statistics.js';
import { starting } from '../status/statusState.js';
import { t } from '../l10n/words.js';

const doesNotRun = (): string => t('The language server does not run.');

export function createLanguageClient(
  serverFile: string,
  environment: Readonly<Record<string, string>>,
  log: vscode.LogOutputChannel,
  pause: Pause,
  onStatus: (status: StatusParams) => void,
  statistics: Statistics,
  storage: vscode.Uri | undefined,
): LanguageClient {
  const holesFollow = new HolesFollow();
  const client = new QuietLanguageClient(
    'lacuna',
    'Lacuna',
    { module: serverFile, transport: TransportKind.ipc, options: { env: environment } },
    {
      documentSelector,
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      // A function, because the server may be started again much later.
      initializationOptions: (): InitializationOptions => ({
        lacunaClient: true,
        paused: pause.isComplete,
        trusted: vscode.workspace.isTrusted,
        gitPath: gitPrograms(),
        ...(storage === undefined ? {} : { storage: storage.fsPath }),
      }),
      // `start` hears of it too and tells the user.
      initializationFailedHandler: () => false,
      middleware: {
        workspace: { configuration: configurationOfDocuments },
        async provideInlineCompletionItems(document, position, context, token, next) {
          const isForHoles = holesFollow.isAsked(document, position);
          // The editor calls it asked for by hand; the user did not ask.
          const triggerKind = isForHoles ? vscode.InlineCompletionTriggerKind.Automatic : context.triggerKind;
          const result = await next(document, position, { ...context, triggerKind }, token);
          const all = Array.isArray(result) ? result : (result?.items ?? []);
          const items = isForHoles ? all.filter(hasHoles) : all;
          if (!token.isCancellationRequested) statistics.offered(document, items, isForHoles);
          return items;
        },
      },
    },
  );
  client.onNotification(statusNotification, (status: StatusParams) => {
    onStatus(status);
    statistics.said(status);
    if (status.kind === 'failed') void tellFailure(status.sentence);
  });
  client.onNotification(holesFollowNotification, (params: HolesFollowParams) => {
    holesFollow.show(client.protocol2CodeConverter.asUri(params.textDocument.uri).toString(), params);
  });
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Starting) onStatus({ kind: 'loading', sentence: starting() });
    if (newState === State.Stopped || newState === State.StartFailed)
      onStatus({ kind: 'failed', sentence: doesNotRun() });
    // The pause may have changed while the server was starting.
    if (newState !== State.Running) return;
    tellPause(client, pause);
    void tellOwnThreshold(client, statistics);
  });
  return client;
}

/**
 * The user's own setting of the editor's git. A workspace has no say in which program is run, also where the extension that
 * declares the setting is switched off.
 */
function gitPrograms(): string[] {
  const path: unknown = vscode.workspace.getConfiguration('git').inspect('path')?.globalValue;
  return (Array.isArray(path) ? (path as unknown[]) : [path]).filter(
    (each) => typeof each === 'string' && each !== '',
  ) as string[];
}

/** Errors of the library go to the log; of those that it would show, the user hears in the words of `failure.ts`. */
class QuietLanguageClient extends LanguageClient {
  override error(message: string, data?: unknown, showNotification?: boolean | 'force'): void {
    super.error(message, data, false);
    if (showNotification === 'force') void tellFailure(doesNotRun());
  }
}

/** Starts the server unless it runs or starts already. Resolves to false when it cannot be started. */
export async function start(
  client: LanguageClient,
  log: vscode.LogOutputChannel,
  onStatus: (status: StatusParams) => void,
): Promise<boolean> {
  try {
    await client.start();
    return true;
  } catch (error) {
    log.error(doesNotRun(), error);
    onStatus({ kind: 'failed', sentence: doesNotRun() });
    void tellFailure(doesNotRun());
    return false;
  }
}

/** Starts the server anew, if there is one, so that it reads its environment again. */
export async function restart(client: LanguageClient, startAgain: () => Promise<boolean>): Promise<void> {
  if (!client.needsStop()) return;
  await client.stop();
  await startAgain();
}

/** Lets the server stop all work, or go on. */
export function tellPause(client: LanguageClient, pause: Pause): void {
  tell(client, pausedNotification, { paused: pause.isComplete });
}

/** Lets the server show only what has proved worth it, where the user wants that. */
export async function tellOwnThreshold(client: LanguageClient, statistics: Statistics): Promise<void> {
  const probability = await statistics.ownThreshold();
  const params: OwnThresholdParams = probability === undefined ? {} : { probability };
  tell(client, ownThresholdNotification, params);
}

/** Sends a notification if there is a server; without one it would be of no use later. */
export function tell(client: LanguageClient, method: string, params: object): void {
  // A connection that breaks is reported once, by the change of the client's state.
  if (client.isRunning()) client.sendNotification(method, params).catch(() => undefined);
}

/** The library asks for a resource's settings; asked for a document's, the editor also regards those of its language. */
const configurationOfDocuments: ConfigurationRequest.MiddlewareSignature = (params, token, next) => {
  const documents = params.items.map(({ scopeUri }) => openDocument(scopeUri));
  if (!documents.every((document) => document !== undefined)) return next(params, token);
  return documents.map((document, index): unknown =>
    vscode.workspace.getConfiguration(undefined, document).get(params.items[index]?.section ?? ''),
  );
};
