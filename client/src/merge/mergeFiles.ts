// The files of the workspace that are in conflict: those that git lists, those that are open with markers, and where there
// is no git to ask, those in which markers are found.

import * as vscode from 'vscode';
import type { ConflictServer } from '../server/conflictServer.js';
import { isCovered } from '../editor/selector.js';
import { hasMarkers } from './conflictMarkers.js';
import { editorGit, unmergedIn } from './editorGit.js';

/** Without git, no more files than these are read, and none that is larger. */
const MOST_SEARCHED = 5_000;
const LARGEST_SEARCHED = 5_000_000;

export async function conflictedFiles(server: ConflictServer, token: vscode.CancellationToken): Promise<vscode.Uri[]> {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
  const inWorkspace = unmergedIn(await editorGit()).filter(
    (uri) => vscode.workspace.getWorkspaceFolder(uri) !== undefined,
  );
  // The editor's git may be switched off, or still be looking for repositories.
  const listed = inWorkspace.length > 0 ? inWorkspace : (await server.unmerged(folders, token)).uris;
  const open = vscode.workspace.textDocuments
    .filter((document) => isCovered(document) && hasMarkers(document.getText()))
    .map(({ uri }) => uri);
  const found = listed.length + open.length > 0 ? [...listed, ...open] : await searched(token);
  return [...new Map(found.map((uri) => [uri.toString(), uri])).values()];
}

async function searched(token: vscode.CancellationToken): Promise<vscode.Uri[]> {
  const found: vscode.Uri[] = [];
  for (const uri of await vscode.workspace.findFiles('**/*', undefined, MOST_SEARCHED, token)) {
    if (token.isCancellationRequested) throw new vscode.CancellationError();
    try {
      if ((await vscode.workspace.fs.stat(uri)).size > LARGEST_SEARCHED) continue;
      if (hasMarkers(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)))) found.push(uri);
    } catch {
      // It is gone or may not be read.
    }
  }
  return found;
}
