// What we use of the git extension that comes with the editor: which files are in conflict, and when that changes.

import * as vscode from 'vscode';

export interface EditorGit {
  readonly repositories: readonly Repository[];
  readonly onDidOpenRepository: vscode.Event<Repository>;
  readonly onDidCloseRepository: vscode.Event<Repository>;
  getRepository(uri: vscode.Uri): Repository | null;
}

interface Repository {
  readonly state: {
    readonly mergeChanges: readonly { readonly uri: vscode.Uri }[];
    readonly onDidChange: vscode.Event<void>;
  };
}

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): EditorGit;
}

/** Undefined where it is missing or switched off. */
export async function editorGit(): Promise<EditorGit | undefined> {
  try {
    const git = await vscode.extensions.getExtension<GitExtension>('vscode.git')?.activate();
    return git?.enabled === true ? git.getAPI(1) : undefined;
  } catch {
    // It cannot be had; there are other ways.
    return undefined;
  }
}

/** The files that it lists as in conflict. */
export function unmergedIn(git: EditorGit | undefined): vscode.Uri[] {
  return git?.repositories.flatMap(({ state }) => state.mergeChanges.map(({ uri }) => uri)) ?? [];
}

/** Calls `look` after each change of a repository, and when one is found or goes. */
export function watchGit(git: EditorGit, look: () => void): vscode.Disposable {
  const watched = new Map<Repository, vscode.Disposable>();
  const watch = (repository: Repository): void => {
    watched.get(repository)?.dispose();
    watched.set(repository, repository.state.onDidChange(look));
    look();
  };
  const forget = (repository: Repository): void => {
    watched.get(repository)?.dispose();
    watched.delete(repository);
    look();
  };
  const listeners = [git.onDidOpenRepository(watch), git.onDidCloseRepository(forget)];
  git.repositories.forEach(watch);
  look();
  return new vscode.Disposable(() => {
    for (const listener of [...listeners, ...watched.values()]) listener.dispose();
  });
}
