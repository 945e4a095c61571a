// The list of a merge, beside the changes of git: files, their conflicts, and the answers to each. A click or Enter leads to
// the file, to the conflict, and to a preview of the answer.

import * as vscode from 'vscode';
import type { ConflictState } from '../../../server/src/protocol/messages.js';
import { plain } from '../editor/plainText.js';
import { t } from '../l10n/words.js';
import { toRange } from '../server/conflictServer.js';
import type { MergedFile, MergeOverview } from './mergeOverview.js';
import { certaintyWords, overviewWords, progressWords, type ProgressWords } from './mergeProgress.js';

const viewId = 'lacunaMerge';

/** Characters of a reason in a row; the tooltip has all of it. */
const LONGEST_REASON = 120;

type Row =
  | { readonly kind: 'file'; readonly resourceUri: vscode.Uri; readonly file: MergedFile }
  | { readonly kind: 'conflict'; readonly uri: vscode.Uri; readonly conflict: ConflictState }
  | { readonly kind: 'broken'; readonly uri: vscode.Uri; readonly line: number; readonly sentence: string }
  | { readonly kind: 'answer'; readonly uri: vscode.Uri; readonly conflict: ConflictState; readonly rank: number };

const icons: Readonly<Record<ProgressWords['state'], string>> = {
  looking: 'circle-outline',
  done: 'check',
  certain: 'pass',
  needsYou: 'warning',
};

export function showMergeTree(overview: MergeOverview): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const provider: vscode.TreeDataProvider<Row> = {
    onDidChangeTreeData: changed.event,
    getChildren: (row) => (row === undefined ? overview.files.map(fileRow) : below(row)),
    getTreeItem: itemOf,
  };
  const view = vscode.window.createTreeView(viewId, { treeDataProvider: provider, showCollapseAll: true });
  const show = (): void => {
    const { files, underWay } = overview;
    view.message = overviewWords(
      underWay.map((sentence) => plain(sentence, 300)),
      files.map(({ progress }) => progress),
    );
    changed.fire(undefined);
  };
  return vscode.Disposable.from(
    view,
    changed,
    overview.onDidChange(show),
    view.onDidChangeVisibility(({ visible }) => overview.watch(visible)),
  );
}

function fileRow(file: MergedFile): Row {
  return { kind: 'file', resourceUri: file.uri, file };
}

function below(row: Row): Row[] {
  if (row.kind === 'file') {
    const { progress, uri } = row.file;
    const conflicts = progress?.conflicts.map((conflict): Row => ({ kind: 'conflict', uri, conflict })) ?? [];
    const broken = progress?.broken.map(({ line, sentence }): Row => ({ kind: 'broken', uri, line, sentence })) ?? [];
    return [...conflicts, ...broken];
  }
  if (row.kind !== 'conflict') return [];
  const { uri, conflict } = row;
  return conflict.answers.map((_, rank): Row => ({ kind: 'answer', uri, conflict, rank }));
}

function itemOf(row: Row): vscode.TreeItem {
  switch (row.kind) {
    case 'file':
      return fileItem(row.file);
    case 'conflict':
      return conflictItem(row.uri, row.conflict);
    case 'broken':
      return brokenItem(row.uri, row.line, row.sentence);
    case 'answer':
      return answerItem(row.uri, row.conflict, row.rank);
  }
}

function fileItem({ uri, progress }: MergedFile): vscode.TreeItem {
  const { state, words, sentence, reason = sentence } = progressWords(progress);
  const name = plain(vscode.workspace.asRelativePath(uri));
  const hasRows = (progress?.conflicts.length ?? 0) + (progress?.broken.length ?? 0) > 0;
  const item = new vscode.TreeItem(
    name,
    hasRows ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
  );
  item.id = uri.toString();
  item.description = state === 'needsYou' && reason !== '' ? `${words}: ${plain(reason, LONGEST_REASON)}` : words;
  item.tooltip = [name, sentence === '' ? words : plain(sentence, 400)].join('\n');
  item.iconPath = icon(icons[state]);
  const hasCertain = progress?.conflicts.some(({ certainty }) => certainty === 'certain') === true;
  item.contextValue = hasCertain ? 'fileWithCertain' : 'file';
  item.accessibilityInformation = { label: `${name}, ${words}. ${sentence}` };
  if (progress?.isThere !== false) item.command = { command: 'vscode.open', title: t('Open'), arguments: [uri] };
  return item;
}

function conflictItem(uri: vscode.Uri, conflict: ConflictState): vscode.TreeItem {
  const { words, confidence, sentence, reason, range, answers } = conflict;
  const line = range.start.line + 1;
  const label = t('Line {0}: {1}', line, plain(words));
  const item = new vscode.TreeItem(
    label,
    answers.length > 0 ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
  );
  item.id = `${uri.toString()}#${line}`;
  const certainty = certaintyWords(conflict);
  const sure = confidence === '' ? certainty : `${confidence}, ${certainty}`;
  item.description = reason === undefined ? sure : `${sure}: ${plain(reason, LONGEST_REASON)}`;
  item.tooltip = plain(sentence, 400);
  item.iconPath = icon(conflict.certainty === 'certain' ? 'pass' : 'warning');
  item.accessibilityInformation = { label: `${label}, ${certainty}, ${confidence}. ${sentence}` };
  const { start } = toRange(range);
  item.command = openAt(uri, start);
  return item;
}

function brokenItem(uri: vscode.Uri, line: number, sentence: string): vscode.TreeItem {
  const item = new vscode.TreeItem(t('Line {0}: {1}', line + 1, plain(sentence, 200)));
  item.id = `${uri.toString()}#broken${line}`;
  item.description = t('needs you');
  item.iconPath = icon('warning');
  item.command = openAt(uri, new vscode.Position(line, 0));
  return item;
}

function answerItem(uri: vscode.Uri, { range, answers }: ConflictState, rank: number): vscode.TreeItem {
  const { words, confidence } = answers[rank]!;
  const item = new vscode.TreeItem(plain(words));
  item.id = `${uri.toString()}#${range.start.line}#${rank}`;
  item.description = confidence;
  item.iconPath = icon('diff');
  item.tooltip = t('Look at it; nothing is changed by looking.');
  item.command = {
    command: 'lacuna.merge.preview',
    title: t('Preview: {0}', words),
    arguments: [{ textDocument: { uri: uri.toString() }, position: range.start, rank }],
  };
  return item;
}

function openAt(uri: vscode.Uri, place: vscode.Position): vscode.Command {
  return {
    command: 'vscode.open',
    title: t('Open'),
    arguments: [uri, { selection: new vscode.Range(place, place) } satisfies vscode.TextDocumentShowOptions],
  };
}

function icon(name: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(name);
}
