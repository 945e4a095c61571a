// The entry in the status bar, and the one behind the braces beside the language. What they say is decided in
// `statusView.ts`; here is only when.

import * as vscode from 'vscode';
import type { StatusParams } from '../../../server/src/protocol/messages.js';
import type { CommandId } from '../commandIds.js';
import type { Gate } from './gate.js';
import type { Pause } from './pause.js';
import { inOtherDocument, initialStatus, nextStatus } from './statusState.js';
import { statusView } from './statusView.js';
import { documentSelector } from '../editor/selector.js';
import { t } from '../l10n/words.js';

/** Computing is shown after so many milliseconds only: most requests are answered before, and the bar stays calm. */
const computingDelayMs = 300;

const links = (gate: Gate): readonly (readonly [CommandId, string])[] => [
  ['lacuna.toggle', gate.kind === 'open' || gate.kind === 'notCovered' ? t('Switch off') : t('Switch on')],
  ['lacuna.snooze', t('Snooze')],
  ['lacuna.doctor', t('Doctor')],
  ['lacuna.showLog', t('Log')],
];

export interface StatusBar extends vscode.Disposable {
  readonly said: (status: StatusParams) => void;
}

export function createStatusBar(pause: Pause): StatusBar {
  const item = vscode.window.createStatusBarItem('lacuna.status', vscode.StatusBarAlignment.Right, 100);
  const menu: CommandId = 'lacuna.menu';
  item.name = 'Lacuna';
  item.command = menu;
  const inLanguage = vscode.languages.createLanguageStatusItem('lacuna.status', documentSelector);
  inLanguage.name = 'Lacuna';
  inLanguage.command = { command: menu, title: t('Menu') };
  let status = initialStatus();
  let timer: NodeJS.Timeout | undefined;

  const show = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const gate = pause.gate(activeDocument());
    const { text, words, sentences, label, isFailure, isBusy } = statusView(gate, status);
    item.text = text;
    item.tooltip = tooltip(sentences, links(gate));
    item.accessibilityInformation = { label };
    inLanguage.text = words;
    inLanguage.detail = sentences.join(' ');
    inLanguage.busy = isBusy;
    inLanguage.severity = vscode.LanguageStatusSeverity[isFailure ? 'Error' : 'Information'];
    inLanguage.accessibilityInformation = { label };
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
      inLanguage.dispose();
    },
  };
}

function activeDocument(): vscode.TextDocument | undefined {
  return vscode.window.activeTextEditor?.document;
}

function tooltip(sentences: readonly string[], commands: ReturnType<typeof links>): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.isTrusted = { enabledCommands: commands.map(([id]) => id) };
  for (const sentence of sentences) text.appendText(sentence).appendMarkdown('\n\n');
  return text.appendMarkdown(commands.map(([id, title]) => `[${title}](command:${id})`).join(' · '));
}
