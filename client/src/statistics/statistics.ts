// Counts what becomes of suggestions, for the user's eyes alone: listens to what is offered, accepted and changed, and
// shows the page. What is counted is numbers (statisticsData.ts); where they lie, statisticsStore.ts.

import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { AcceptedParams, StatusParams } from '../../../server/src/protocol/messages.js';
import { openDocument } from '../editor/openDocument.js';
import { ownThreshold } from './ownThreshold.js';
import { dayOf, sumOfDays, type Event } from './statisticsData.js';
import { statisticsPage } from './statisticsPage.js';
import { StatisticsStore } from './statisticsStore.js';
import { isSame, isSameEnd, moved, msPerCharacter, typed, type Offered, type Pace } from './statisticsWatch.js';
import { t } from '../l10n/words.js';

/** An accepted suggestion that is still there so much later, in milliseconds, was kept. */
const KEPT_AFTER_MS = 30_000;

/** What is offered first, and what can be cycled to. */
interface Shown extends Offered {
  readonly items: readonly ShownItem[];
}

interface ShownItem {
  readonly probability: number;
  readonly start: vscode.Position;
  /** Undefined where holes are left to the user. */
  readonly text: string | undefined;
  readonly accepted: AcceptedParams;
}

interface Accepted {
  readonly document: vscode.TextDocument;
  readonly text: string;
  readonly probability: number;
  start: number;
}

export class Statistics implements vscode.Disposable {
  private readonly store: StatisticsStore;
  private shown: Shown | undefined;
  private pace: Pace = { count: 0, ms: 0 };
  private typedAt = 0;
  private readonly accepted = new Set<Accepted>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly listener: vscode.Disposable;

  constructor(storage: vscode.Uri, log: vscode.LogOutputChannel) {
    this.store = new StatisticsStore(vscode.Uri.joinPath(storage, 'statistics'), log, randomUUID());
    this.listener = vscode.workspace.onDidChangeTextDocument((event) => this.changed(event));
  }

  /**
   * Suggestions reach the editor.
   * @param isInPlace whether they take the place of what is shown, and so are no others
   */
  offered(document: vscode.TextDocument, items: readonly vscode.InlineCompletionItem[], isInPlace = false): void {
    const [item] = items;
    const [first, ...others] = items.flatMap(shownItem);
    if (item === undefined || first === undefined || !isOn()) return;
    const { start, text, probability } = first;
    const before = document.lineAt(start.line).text.slice(0, start.character);
    const whole = before + (text ?? (item.insertText as vscode.SnippetString).value);
    const offered: Offered = { uri: document.uri.toString(), line: start.line, whole };
    const last = isSame(this.shown, offered) ? this.shown?.items[0] : undefined;
    // The probability is that of the whole, not of what is left of it.
    this.shown = { ...offered, items: [{ ...first, probability: last?.probability ?? probability }, ...others] };
    if (last === undefined && !isInPlace) this.record({ kind: 'shown', probability });
  }

  said(status: StatusParams): void {
    if (status.kind === 'suggested' && !status.fromCache && isOn())
      this.record({ kind: 'waited', ms: status.latencyMs });
  }

  /** A suggestion was taken as a whole: the first, or one that was cycled to. */
  took(params: AcceptedParams | undefined): void {
    const { shown } = this;
    const document = openDocument(shown?.uri);
    const taken = shown?.items.find(({ accepted }) => isSameEnd(accepted, params)) ?? shown?.items[0];
    if (taken === undefined || document === undefined || !isOn()) return;
    this.shown = undefined;
    const { text, probability, start } = taken;
    this.record({ kind: 'accepted', characters: text?.length ?? 0, msPerCharacter: msPerCharacter(this.pace) });
    if (text === undefined) return;
    const accepted: Accepted = { document, text, probability, start: document.offsetAt(start) };
    this.accepted.add(accepted);
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.accepted.delete(accepted);
      if (!document.isClosed && stands(text, document.getText(), accepted.start))
        this.record({ kind: 'kept', probability });
    }, KEPT_AFTER_MS);
    this.timers.add(timer);
  }

  /** The threshold of the user's own, where the setting asks for it and there is enough to tell. */
  async ownThreshold(): Promise<number | undefined> {
    const lacuna = vscode.workspace.getConfiguration('lacuna');
    if (!lacuna.get('statistics.recalibrate', false)) return undefined;
    const { tenths } = sumOfDays(Object.values(await this.store.read()));
    const own = ownThreshold(tenths, lacuna.get('certainty', 'balanced'));
    return own.kind === 'measured' ? own.probability : undefined;
  }

  async show(): Promise<void> {
    const commands = {
      reset: 'lacuna.statistics.reset',
      save: 'lacuna.statistics.export',
      settings: 'workbench.action.openSettings?%22lacuna.statistics%22',
    } as const;
    const panel = vscode.window.createWebviewPanel(
      'lacuna.statistics',
      t('Lacuna: Statistics'),
      vscode.ViewColumn.Active,
      {
        enableScripts: false,
        localResourceRoots: [],
        enableCommandUris: [commands.reset, commands.save, 'workbench.action.openSettings'],
      },
    );
    const lacuna = vscode.workspace.getConfiguration('lacuna');
    panel.webview.html = statisticsPage(await this.store.read(), {
      certainty: lacuna.get('certainty', 'balanced'),
      isRecalibrated: lacuna.get('statistics.recalibrate', false),
      commands,
    });
  }

  async reset(): Promise<void> {
    const yes = t('Reset');
    const question = t('Forget all statistics of Lacuna?');
    if ((await vscode.window.showWarningMessage(question, { modal: true }, yes)) !== yes) return;
    await this.store.reset();
    void vscode.window.showInformationMessage(t('Lacuna: The statistics are empty.'));
  }

  /** In a document of the editor, to be saved wherever the user likes. */
  async save(): Promise<void> {
    const content = JSON.stringify({ version: 1, days: await this.store.read() }, undefined, 2);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'json', content }));
  }

  /** Writes what is not written yet. */
  end(): Promise<void> {
    return this.store.write();
  }

  dispose(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.listener.dispose();
    this.store.dispose();
  }

  private changed({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const [first, second] = contentChanges;
    if (first === undefined) return;
    if (second === undefined && first.text.length === 1 && first.rangeLength === 0) {
      const now = performance.now();
      this.pace = typed(this.pace, now - this.typedAt);
      this.typedAt = now;
    }
    for (const one of this.accepted) {
      if (one.document !== document) continue;
      for (const { rangeOffset, rangeLength, text } of contentChanges) {
        one.start = moved(one.start, { offset: rangeOffset, removed: rangeLength, inserted: text.length });
      }
    }
  }

  private record(event: Event): void {
    this.store.record(dayOf(new Date()), event);
  }
}

/** None where it is not one of ours. */
function shownItem({ range, insertText, command }: vscode.InlineCompletionItem): ShownItem[] {
  const accepted = command?.arguments?.[0] as AcceptedParams | undefined;
  if (range === undefined || accepted?.probability === undefined) return [];
  const text = typeof insertText === 'string' ? insertText : undefined;
  return [{ probability: accepted.probability, start: range.start, text, accepted }];
}

function isOn(): boolean {
  return vscode.workspace.getConfiguration('lacuna').get('statistics.enable', true);
}

/** Whether a text is at a place; the editor turns line ends into those of the file. */
function stands(text: string, whole: string, start: number): boolean {
  const longest = text.length + text.split('\n').length;
  return whole
    .slice(start, start + longest)
    .replaceAll('\r\n', '\n')
    .startsWith(text.replaceAll('\r\n', '\n'));
}
