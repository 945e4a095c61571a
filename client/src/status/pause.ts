// Where and until when Lacuna is off: the settings, read for a document, and the snooze, which outlives a reload of the
// window. Whoever wants to know when it changes listens to `onDidChange`.

import * as vscode from 'vscode';
import { gateOf, type Gate } from './gate.js';
import { isCovered } from '../editor/selector.js';

const storageKey = 'snoozedUntil';

export class Pause implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private snoozedUntil: number | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly listener: vscode.Disposable;

  constructor(private readonly storage: vscode.Memento) {
    this.follow(storage.get<number>(storageKey));
    this.listener = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('lacuna') || event.affectsConfiguration('editor.inlineSuggest.enabled')) {
        this.changed.fire();
      }
    });
  }

  gate(document: vscode.TextDocument | undefined): Gate {
    const lacuna = vscode.workspace.getConfiguration('lacuna', document);
    return gateOf({
      enable: lacuna.get('enable', true),
      languages: lacuna.get<Record<string, boolean>>('languages', {}),
      editorShowsSuggestions: vscode.workspace.getConfiguration('editor', document).get('inlineSuggest.enabled', true),
      snoozedUntil: this.snoozedUntil,
      isCovered: document === undefined || isCovered(document),
      languageId: document?.languageId,
    });
  }

  /** Whether there is no document at all in which anything could be suggested, so that no work need be done. */
  get isComplete(): boolean {
    return this.snoozedUntil !== undefined || isOffEverywhere();
  }

  get isSnoozed(): boolean {
    return this.snoozedUntil !== undefined;
  }

  /** @param minutes 0 ends a snooze. */
  async snooze(minutes: number): Promise<void> {
    const until = minutes > 0 ? Date.now() + minutes * 60_000 : undefined;
    this.follow(until);
    this.changed.fire();
    await this.storage.update(storageKey, until);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.listener.dispose();
    this.changed.dispose();
  }

  private follow(until: number | undefined): void {
    clearTimeout(this.timer);
    const remaining = (until ?? 0) - Date.now();
    this.snoozedUntil = remaining > 0 ? until : undefined;
    if (remaining > 0) this.timer = setTimeout(() => void this.snooze(0), remaining);
  }
}

/** A language or a folder may be on where the rest is off. */
function isOffEverywhere(): boolean {
  const scopes = [undefined, ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri)];
  return scopes.every((scope) => {
    const lacuna = vscode.workspace.getConfiguration('lacuna', scope);
    return !lacuna.get('enable', true) && (lacuna.inspect('enable')?.languageIds ?? []).length === 0;
  });
}
