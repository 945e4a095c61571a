// Every suggestion carries a command that the editor runs when it is accepted as a whole; the server hears of it and
// computes the next one before it is asked for.

import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { acceptedCommand, acceptedNotification, type AcceptedParams } from '../../server/src/protocol/messages.js';
import { tell } from './languageClient.js';

export function forwardAcceptance(client: LanguageClient): vscode.Disposable {
  return vscode.commands.registerCommand(acceptedCommand, (params: AcceptedParams | undefined) => {
    if (params !== undefined) tell(client, acceptedNotification, params);
  });
}
