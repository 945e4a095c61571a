// What the client asks the server about conflicts, as functions on the editor's own types.

import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  certainResolutionsRequest,
  conflictsRequest,
  mergeStateRequest,
  resolutionsRequest,
  trustedNotification,
  unmergedRequest,
  type CertainParams,
  type CertainResult,
  type ConflictListResult,
  type DocumentParams,
  type MergeStateResult,
  type PlaceInText,
  type PlaceParams,
  type RangeInText,
  type ResolutionsResult,
  type UnmergedParams,
  type UnmergedResult,
} from '../../../server/src/protocol/messages.js';
import { tell } from './languageClient.js';

export interface ConflictServer {
  conflicts(document: vscode.TextDocument): Promise<ConflictListResult>;
  resolutions(document: vscode.TextDocument, position: PlaceInText): Promise<ResolutionsResult>;
  /** @throws when the token is cancelled */
  certain(
    document: vscode.TextDocument,
    from: number,
    count: number,
    token: vscode.CancellationToken,
  ): Promise<CertainResult>;
  /** How far a file is, which need not be open where it cannot be. */
  state(uri: vscode.Uri, from: number, count: number, token: vscode.CancellationToken): Promise<MergeStateResult>;
  /** What git lists as in conflict in and below folders, and what it is in the middle of there, a sentence each. */
  unmerged(
    folders: readonly vscode.Uri[],
    token?: vscode.CancellationToken,
  ): Promise<{ readonly uris: vscode.Uri[]; readonly underWay: readonly string[] }>;
}

/** @param ensureStarted resolves to false, and has told the user, when the server cannot be started */
export function createConflictServer(client: LanguageClient, ensureStarted: () => Promise<boolean>): ConflictServer {
  const asUri = (uri: vscode.Uri): string => client.code2ProtocolConverter.asUri(uri);
  const of = ({ uri }: vscode.TextDocument): DocumentParams => ({ textDocument: { uri: asUri(uri) } });
  const ask = async <Params, Result>(method: string, params: Params, token?: vscode.CancellationToken) => {
    if (!(await ensureStarted())) throw new vscode.CancellationError();
    // A token that is undefined would be taken for a second parameter.
    return token === undefined
      ? client.sendRequest<Result>(method, params)
      : client.sendRequest<Result>(method, params, token);
  };
  return {
    conflicts: (document) => ask<DocumentParams, ConflictListResult>(conflictsRequest, of(document)),
    resolutions: (document, { line, character }) =>
      ask<PlaceParams, ResolutionsResult>(resolutionsRequest, { ...of(document), position: { line, character } }),
    certain: (document, from, count, token) =>
      ask<CertainParams, CertainResult>(certainResolutionsRequest, { ...of(document), from, count }, token),
    state: (uri, from, count, token) =>
      ask<CertainParams, MergeStateResult>(
        mergeStateRequest,
        { textDocument: { uri: asUri(uri) }, from, count },
        token,
      ),
    async unmerged(folders, token) {
      const params = { folders: folders.map(asUri) };
      const { uris, underWay } = await ask<UnmergedParams, UnmergedResult>(unmergedRequest, params, token);
      return { uris: uris.map((uri) => vscode.Uri.parse(uri)), underWay };
    },
  };
}

/** The server runs git only where the user trusts the workspace, and hears when that comes to be. */
export function forwardTrust(client: LanguageClient): vscode.Disposable {
  return vscode.workspace.onDidGrantWorkspaceTrust(() => tell(client, trustedNotification, {}));
}

export function toRange({ start, end }: RangeInText): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
