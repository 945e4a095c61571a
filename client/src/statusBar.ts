// The entry in the status bar. What it says is decided in `statusView.ts`; here is only when.

import * as vscode from 'vscode';
import type { StatusParams } from '../../server/src/protocol/messages.js';
import type { CommandId } from './commandIds.js';
import type { Pause } from './pause.js';
import { inOtherDocument, initialStatus, nextStatus } from './statusState.js';
import { statusView } from './statusView.js';

/** Computing is shown after so many milliseconds only: most requests are answered before, and the bar stays calm. */
const computingDelayMs = 300;

const links: readonly (readonly [CommandId, string])[] = [
  ['lacuna.toggle', 'Toggle'],
  ['lacuna.toggleLanguage', 'Toggle for this language'],
  ['lacuna.snooze', 'Snooze'],
  ['lacuna.doctor', 'Doctor'],
  ['lacuna.showLog', 'Log'],
];

export interface StatusBar extends vscode.Disposable {
  readonly said: (status: StatusParams) => void;
}

export function createStatusBar(pause: Pause): StatusBar {
  const item = vscode.window.createStatusBarItem('lacuna.status', vscode.StatusBarAlignment.Right, 100);
  const menu: CommandId = 'lacuna.menu';
  item.name = 'Lacuna';
  item.command = menu;
  let status = initialStatus;
  let timer: NodeJS.Timeout | undefined;

  const show = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const { text, sentences, label, isFailure } = statusView(pause.gate(activeDocument()), status);
    item.text = text;
    item.tooltip = tooltip(sentences);
    item.accessibilityInformation = { label };
    item.backgroundColor = isFailure ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
  };
  const listeners = vscode.Disposable.from(
    pause.onDidChange(show),
    vscode.window.onDidChangeActiveTextEditor(() => {
      status = inOtherDocument(status);
      show();
    }),
    vscode.workspace.onDidOpenTextDocument((document) => {
      // A change of a document's language closes it and opens it again.
      if (document === activeDocument()) show();
    }),
  );
  show();
  item.show();
  return {
    said(params) {
      status = nextStatus(status, params);
      if (params.kind === 'computing') timer ??= setTimeout(show, computingDelayMs);
      else show();
    },
    dispose() {
      clearTimeout(timer);
      listeners.dispose();
      item.dispose();
    },
  };
}

function activeDocument(): vscode.TextDocument | undefined {
  return vscode.window.activeTextEditor?.document;
}

function tooltip(sentences: readonly string[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.isTrusted = { enabledCommands: links.map(([id]) => id) };
  for (const sentence of sentences) text.appendText(sentence).appendMarkdown('\n\n');
  return text.appendMarkdown(links.map(([id, title]) => `[${title}](command:${id})`).join(' · '));
}
