// How far a merge is: the files that git has in conflict, and for each what is certain and what needs a person. Git's own
// events say when to look again; nothing is asked at intervals, and of the files nothing while nobody looks.

import * as vscode from 'vscode';
import type { ConflictServer } from '../server/conflictServer.js';
import { editorGit, unmergedIn, watchGit, type EditorGit } from './editorGit.js';
import type { FileProgress } from './mergeProgress.js';

/** Milliseconds in which changes that come together are taken for one. */
const REST = 400;

/** Conflicts that are asked about at once. */
const STRETCH = 20;

export interface MergedFile {
  readonly uri: vscode.Uri;
  /** Undefined until it was looked at. */
  readonly progress: FileProgress | undefined;
}

interface Known extends MergedFile {
  /** The version of the document, or when the file on the disk was changed, for which the progress holds. */
  readonly stamp: string | undefined;
}

export class MergeOverview implements vscode.Disposable {
  private known: readonly Known[] = [];
  private sentences: readonly string[] = [];
  private git: EditorGit | undefined;
  private isWatched = false;
  private isDisposed = false;
  private timer: NodeJS.Timeout | undefined;
  private ended = new vscode.CancellationTokenSource();
  private readonly changes = new vscode.EventEmitter<void>();
  private readonly listeners: vscode.Disposable[] = [];
  readonly onDidChange = this.changes.event;

  constructor(private readonly server: ConflictServer) {
    // Git writes its index when a merge begins, and whenever a file of it is done.
    const index = vscode.workspace.createFileSystemWatcher('**/.git/index');
    this.listeners.push(
      index,
      index.onDidChange(() => this.look()),
      index.onDidCreate(() => this.look()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.look()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.look()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('lacuna')) this.look();
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (this.known.some(({ uri }) => uri.toString() === document.uri.toString())) this.look();
      }),
    );
    this.look();
    void editorGit().then((found) => {
      if (found === undefined || this.isDisposed) return;
      this.git = found;
      this.listeners.push(watchGit(found, () => this.look()));
    });
  }

  get files(): readonly MergedFile[] {
    return this.known;
  }

  /** What git is in the middle of, such as which commit a rebase is applying. */
  get underWay(): readonly string[] {
    return this.sentences;
  }

  /** Files are looked at only while somebody sees what comes of it. */
  watch(isWatched: boolean): void {
    this.isWatched = isWatched;
    if (isWatched) this.look();
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.timer);
    this.ended.cancel();
    for (const listener of this.listeners) listener.dispose();
    this.changes.dispose();
  }

  private look(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.ended.cancel();
      this.ended = new vscode.CancellationTokenSource();
      // Without an answer the list stays as it is; the next change asks again.
      void this.lookNow(this.ended.token).catch(() => undefined);
    }, REST);
  }

  private async lookNow(token: vscode.CancellationToken): Promise<void> {
    const { uris, underWay } = await this.listed(token);
    if (token.isCancellationRequested) return;
    const before = new Map(this.known.map((file) => [file.uri.toString(), file]));
    this.known = uris.map((uri) => before.get(uri.toString()) ?? { uri, progress: undefined, stamp: undefined });
    this.sentences = underWay;
    void vscode.commands.executeCommand('setContext', 'lacuna.inMerge', uris.length > 0);
    this.changes.fire();
    if (!this.isWatched) return;
    for (const { uri } of this.known) {
      const stamp = await stampOf(uri);
      const file = this.known.find((each) => each.uri.toString() === uri.toString());
      if (token.isCancellationRequested || file === undefined) return;
      // What git knows of a file without markers changes without the file.
      if (file.stamp === stamp && file.progress?.left === undefined && file.progress !== undefined) continue;
      const progress = await this.progressOf(uri, token);
      if (token.isCancellationRequested) return;
      this.known = this.known.map((each) => (each === file ? { uri, progress, stamp } : each));
      this.changes.fire();
    }
  }

  private async listed(
    token: vscode.CancellationToken,
  ): Promise<{ readonly uris: readonly vscode.Uri[]; readonly underWay: readonly string[] }> {
    const lacuna = vscode.workspace.getConfiguration('lacuna');
    const isOn = ['enable', 'merge.enable'].every((name) => lacuna.get(name, true));
    const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
    const nothing = { uris: [], underWay: [] };
    if (!isOn || !vscode.workspace.isTrusted || folders.length === 0) return nothing;
    // Where the editor's git sees no conflict, no process is started to ask once more.
    const seen = unmergedIn(this.git).filter((uri) => vscode.workspace.getWorkspaceFolder(uri) !== undefined);
    if (this.git !== undefined && this.git.repositories.length > 0 && seen.length === 0) return nothing;
    const { uris, underWay } = await this.server.unmerged(folders, token);
    const byPath = (one: vscode.Uri, other: vscode.Uri): number => one.path.localeCompare(other.path);
    return { uris: (uris.length > 0 ? uris : seen).sort(byPath), underWay };
  }

  private async progressOf(uri: vscode.Uri, token: vscode.CancellationToken): Promise<FileProgress> {
    // What cannot be opened, since it is gone or no text, git knows.
    const document = await vscode.workspace.openTextDocument(uri).then(
      (opened) => opened,
      () => undefined,
    );
    let progress: FileProgress = {
      isThere: document !== undefined,
      total: 0,
      conflicts: [],
      broken: [],
      left: undefined,
    };
    for (let from = 0; ; from += STRETCH) {
      const state = await this.server.state(document?.uri ?? uri, from, STRETCH, token);
      if (state.kind === 'none') return { ...progress, left: state.sentence };
      const { total, broken, left } = state;
      progress = { ...progress, total, broken, left, conflicts: [...progress.conflicts, ...state.conflicts] };
      if (from + STRETCH >= total) return progress;
    }
  }
}

async function stampOf(uri: vscode.Uri): Promise<string> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open?.isDirty === true) return `version ${open.version}`;
  return vscode.workspace.fs.stat(uri).then(
    ({ mtime, size }) => `${mtime} ${size}`,
    () => 'gone',
  );
}
