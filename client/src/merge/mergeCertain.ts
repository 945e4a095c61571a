// Resolves what is certain, in a file or in all: looks first, with progress and a way to stop, shows what it is about to do,
// then changes everything in one step, and says what was done and what is left.

import * as vscode from 'vscode';
import type { CertainEdit, PreviewParams } from '../../../server/src/protocol/messages.js';
import type { ConflictServer } from '../server/conflictServer.js';
import { chooseCertain } from './certainChoice.js';
import { summaryOfAll, summaryOfFile, type Tally } from './mergeSummary.js';
import { conflictedFiles } from './mergeFiles.js';
import { replaceAll, type DocumentEdits } from './mergeReplace.js';
import { plain } from '../editor/plainText.js';
import { t } from '../l10n/words.js';

/** Conflicts that are asked about at once: often enough to show progress, seldom enough to cost nothing. */
const STRETCH = 20;

interface Found extends DocumentEdits {
  readonly edits: readonly CertainEdit[];
  readonly conflicts: number;
}

export async function resolveFile(server: ConflictServer, document: vscode.TextDocument): Promise<void> {
  const name = plain(vscode.workspace.asRelativePath(document.uri));
  const found = await withProgress(t('Lacuna: Looking at the conflicts of {0}', name), (token, report) =>
    certainOf(server, document, token, (share) => report(share * 100)),
  );
  if (found === undefined) return;
  if (typeof found === 'string') return say(found);
  const [chosen] = found.edits.length === 0 ? [found] : ((await chooseCertain([found], look)) ?? []);
  if (chosen === undefined) return;
  if (chosen.edits.length > 0 && !(await replaceAll([chosen]))) return;
  const goOn = t('Next Conflict');
  const isLeft = chosen.edits.length < found.conflicts;
  const summary = summaryOfFile({ resolved: chosen.edits.length, conflicts: found.conflicts });
  if ((await vscode.window.showInformationMessage(summary, ...(isLeft ? [goOn] : []))) === goOn) await goTo(document);
}

export async function resolveAllFiles(server: ConflictServer): Promise<void> {
  await resolveFiles(server, (token) => conflictedFiles(server, token));
}

/** @param list which files are meant */
export async function resolveFiles(
  server: ConflictServer,
  list: (token: vscode.CancellationToken) => Promise<vscode.Uri[]>,
): Promise<void> {
  const all = await withProgress(t('Lacuna: Looking at the conflicts of all files'), async (token, report) => {
    const uris = await list(token);
    const found: Found[] = [];
    let unread = 0;
    for (const uri of uris) {
      if (token.isCancellationRequested) throw new vscode.CancellationError();
      const certain = await certainIn(server, uri, token);
      if (certain === undefined) unread++;
      else found.push(certain);
      report(100 / uris.length);
    }
    return { found, unread };
  });
  if (all === undefined) return;
  const hasCertain = all.found.some(({ edits }) => edits.length > 0);
  const agreed = hasCertain ? await chooseCertain(all.found, look) : all.found;
  if (agreed === undefined) return;
  const changed = agreed.filter(({ edits }) => edits.length > 0);
  if (changed.length > 0 && !(await replaceAll(changed))) return;
  const left = agreed.filter(({ edits, conflicts }) => edits.length < conflicts);
  const tallies = agreed.map(({ edits, conflicts }): Tally => ({ resolved: edits.length, conflicts }));
  const summary = summaryOfAll(tallies, all.unread);
  const [first] = left;
  const goOn = t('Next Conflict');
  const chosen = await vscode.window.showInformationMessage(summary, ...(first === undefined ? [] : [goOn]));
  if (chosen === goOn && first !== undefined) await goTo(first.document);
}

/** Undefined where the file is not text, is gone, or is none that conflicts are answered in. */
async function certainIn(
  server: ConflictServer,
  uri: vscode.Uri,
  token: vscode.CancellationToken,
): Promise<Found | undefined> {
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    const found = await certainOf(server, document, token, () => undefined);
    return typeof found === 'string' ? undefined : found;
  } catch (error) {
    if (token.isCancellationRequested) throw error;
    return undefined;
  }
}

/** A sentence where the server has none to give. */
async function certainOf(
  server: ConflictServer,
  document: vscode.TextDocument,
  token: vscode.CancellationToken,
  /** Gets the share that has been done since the last call. */
  report: (share: number) => void,
): Promise<Found | string> {
  const { version } = document;
  const edits: CertainEdit[] = [];
  for (let from = 0; ; from += STRETCH) {
    const result = await server.certain(document, from, STRETCH, token);
    if (result.kind === 'none') return result.sentence;
    if (result.version !== version) return t('The file has changed meanwhile. Try again.');
    edits.push(...result.edits);
    report(STRETCH / Math.max(STRETCH, result.conflicts));
    if (from + STRETCH >= result.conflicts) return { document, version, edits, conflicts: result.conflicts };
  }
}

/** @returns undefined when the user stopped it */
async function withProgress<Result>(
  title: string,
  work: (token: vscode.CancellationToken, report: (increment: number) => void) => Promise<Result>,
): Promise<Result | undefined> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) =>
    work(token, (increment) => progress.report({ increment })).catch((error: unknown) => {
      if (!token.isCancellationRequested && !(error instanceof vscode.CancellationError)) throw error;
      return undefined;
    }),
  );
}

/** The answer that is certain is the likeliest. */
function look(document: vscode.TextDocument, { range: { start } }: CertainEdit): void {
  const place = { textDocument: { uri: document.uri.toString() }, position: start, rank: 0 };
  void vscode.commands.executeCommand('lacuna.merge.preview', place satisfies PreviewParams);
}

async function goTo(document: vscode.TextDocument): Promise<void> {
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand('lacuna.merge.next');
}

function say(sentence: string): void {
  void vscode.window.showInformationMessage(`Lacuna: ${sentence}`);
}
