// Every suggestion carries a command that the editor runs when it is accepted as a whole. One with holes is marked; of
// others the server hears, and computes the next one before it is asked for.

import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { acceptedCommand, acceptedNotification, type AcceptedParams } from '../../../server/src/protocol/messages.js';
import type { Holes } from '../holes/holes.js';
import { tell } from '../server/languageClient.js';
import { openDocument } from '../editor/openDocument.js';

/**
 * @param took hears of it too
 * @param tookHoles hears of one with holes
 */
export function forwardAcceptance(
  client: LanguageClient,
  holes: Holes,
  took: (params: AcceptedParams | undefined) => void,
  tookHoles: () => void,
): vscode.Disposable {
  return vscode.commands.registerCommand(acceptedCommand, (params: AcceptedParams | undefined) => {
    took(params);
    if (params === undefined) return;
    const { textDocument, position, holes: accepted } = params;
    if (accepted === undefined || accepted.holes.length === 0) {
      tell(client, acceptedNotification, { textDocument, position });
      return;
    }
    const document = openDocument(client.protocol2CodeConverter.asUri(textDocument.uri).toString());
    if (document === undefined) return;
    holes.accepted(document, accepted);
    tookHoles();
  });
}
