// The two switches, written into the settings: for everything, and for the language of a document. A switch is written
// where it stands already, since what is written elsewhere might be overridden there.

import * as vscode from 'vscode';
import { isLanguageOn } from './gate.js';
import type { Pause } from './pause.js';
import { t } from '../l10n/words.js';

/** Turns what the status bar shows into its opposite. */
export async function toggle(pause: Pause, document: vscode.TextDocument | undefined): Promise<void> {
  const gate = pause.gate(document);
  switch (gate.kind) {
    case 'snoozed':
      return pause.snooze(0);
    case 'offForLanguage':
      return toggleLanguage(document);
    case 'hiddenByEditor':
      return write('editor', 'inlineSuggest.enabled', document, () => true);
    case 'off':
    case 'open':
    case 'notCovered':
      return write('lacuna', 'enable', document, () => gate.kind === 'off');
  }
}

export async function toggleLanguage(document: vscode.TextDocument | undefined): Promise<void> {
  if (document === undefined) {
    void vscode.window.showInformationMessage(t('Open a file first; the switch is for its language.'));
    return;
  }
  const { languageId } = document;
  const lacuna = vscode.workspace.getConfiguration('lacuna', document);
  const isOn = isLanguageOn(lacuna.get<Record<string, boolean>>('languages', {}), languageId);
  await write<Record<string, boolean>>('lacuna', 'languages', document, (value) => ({
    ...value,
    [languageId]: !isOn,
  }));
}

async function write<Value>(
  section: string,
  name: string,
  document: vscode.TextDocument | undefined,
  change: (value: Value | undefined) => Value,
): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(section, document);
  const found = configuration.inspect<Value>(name);
  const { Global, Workspace, WorkspaceFolder } = vscode.ConfigurationTarget;
  // The first that is set decides over those below it.
  const places = [
    { value: found?.workspaceFolderLanguageValue, target: WorkspaceFolder, forLanguage: true },
    { value: found?.workspaceFolderValue, target: WorkspaceFolder, forLanguage: false },
    { value: found?.workspaceLanguageValue, target: Workspace, forLanguage: true },
    { value: found?.workspaceValue, target: Workspace, forLanguage: false },
    { value: found?.globalLanguageValue, target: Global, forLanguage: true },
  ];
  const place = places.find(({ value }) => value !== undefined) ?? {
    value: found?.globalValue,
    target: Global,
    forLanguage: false,
  };
  const value = change(place.value);
  // Below the user's own settings there are only the defaults, so that one of them need not be written there.
  const isDefault = place.target === Global && !place.forLanguage && value === found?.defaultValue;
  await configuration.update(name, isDefault ? undefined : value, place.target, place.forLanguage);
}
