// The page with ours, theirs, the base and the suggested answer, as long as the conflict stands: it closes when its file changes.

import * as vscode from 'vscode';
import {
  acceptResolutionCommand,
  previewCommand,
  type AcceptResolutionParams,
  type PreviewParams,
  type ShownResolution,
} from '../../../server/src/protocol/messages.js';
import { plain } from '../editor/plainText.js';
import { t } from '../l10n/words.js';
import { fourVersionsPage } from './fourVersionsPage.js';
import type { Resolutions } from './mergeChoice.js';

const versionsCommand = 'lacuna.merge.versions';

/** Characters of a side's name. */
const LONGEST_NAME = 60;

export class FourVersions implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private document: vscode.TextDocument | undefined;
  private readonly listener = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (contentChanges.length > 0 && document.uri.toString() === this.document?.uri.toString()) this.panel?.dispose();
  });

  open(document: vscode.TextDocument, result: Resolutions, resolution: ShownResolution): void {
    const rank = result.resolutions.indexOf(resolution);
    const uri = document.uri.toString();
    const position = result.range.start;
    const other = (place: number): string | undefined =>
      result.resolutions[place] === undefined
        ? undefined
        : address(versionsCommand, { textDocument: { uri }, position, rank: place } satisfies PreviewParams);
    const accept: AcceptResolutionParams = {
      textDocument: { uri, version: result.version },
      range: result.range,
      text: resolution.text,
    };
    const name = plain(document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1));
    this.document = document;
    this.panel ??= this.openPanel();
    this.panel.title = t('{0}: four versions', name);
    this.panel.webview.html = fourVersionsPage(
      {
        name,
        line: position.line + 1,
        ours: result.sides.ours,
        theirs: result.sides.theirs,
        base: result.sides.base,
        names: { ours: plain(result.names.ours, LONGEST_NAME), theirs: plain(result.names.theirs, LONGEST_NAME) },
        resolution,
        rank,
        count: result.resolutions.length,
      },
      {
        take: address(acceptResolutionCommand, accept),
        compare: address(previewCommand, { textDocument: { uri }, position, rank } satisfies PreviewParams),
        previous: other(rank - 1),
        next: other(rank + 1),
      },
    );
    this.panel.reveal();
  }

  dispose(): void {
    this.listener.dispose();
    this.panel?.dispose();
  }

  private openPanel(): vscode.WebviewPanel {
    const panel = vscode.window.createWebviewPanel('lacuna.versions', 'Lacuna', vscode.ViewColumn.Active, {
      enableScripts: false,
      localResourceRoots: [],
      enableCommandUris: [acceptResolutionCommand, previewCommand, versionsCommand],
    });
    panel.onDidDispose(() => (this.panel = this.document = undefined));
    return panel;
  }
}

function address(command: string, argument: object): string {
  return `command:${command}?${encodeURIComponent(JSON.stringify([argument]))}`;
}
