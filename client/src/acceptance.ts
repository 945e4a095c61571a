// Every suggestion carries a command that the editor runs when it is accepted as a whole; the server hears of it and
// computes the next one before it is asked for.

import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { acceptedCommand, acceptedNotification, type AcceptedParams } from '../../server/src/protocol/messages.js';
import { tell } from './languageClient.js';

/** @param took hears of it too */
export function forwardAcceptance(client: LanguageClient, took: () => void): vscode.Disposable {
  return vscode.commands.registerCommand(acceptedCommand, (params: AcceptedParams | undefined) => {
    took();
    if (params !== undefined) tell(client, acceptedNotification, params);
  });
}
