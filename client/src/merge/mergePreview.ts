// A resolution beside ours, theirs or the base, before anything is changed: two read-only documents in a diff editor. They
// show the whole file, so that lines, colours and surroundings are those of the file.

import * as vscode from 'vscode';
import type { ShownResolution } from '../../../server/src/protocol/messages.js';
import { toRange } from '../server/conflictServer.js';
import type { Resolutions } from './mergeChoice.js';
import { replaceConflict } from './mergeReplace.js';
import { plain } from '../editor/plainText.js';
import { t } from '../l10n/words.js';

const previewScheme = 'lacuna-merge';

/** Previews that are kept; each holds the text of a file. */
const MOST_PREVIEWS = 10;

/** Characters of a side's name in a title. */
const LONGEST_NAME = 60;

const sides = ['ours', 'theirs', 'base'] as const;
type Side = (typeof sides)[number];

interface Preview {
  readonly id: string;
  readonly document: vscode.TextDocument;
  readonly result: Resolutions;
  readonly resolution: ShownResolution;
  /** The file's text in front of and behind the conflict, as it was when the preview was opened. */
  readonly before: string;
  readonly after: string;
}

export class MergePreviews implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly previews = new Map<string, Preview>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(previewScheme, this);
  private opened = 0;

  async open(document: vscode.TextDocument, result: Resolutions, resolution: ShownResolution): Promise<void> {
    if (document.version !== result.version) return say(t('The file has changed meanwhile. Try again.'));
    const text = document.getText();
    const { start, end } = toRange(result.range);
    const id = String(++this.opened);
    const preview: Preview = {
      id,
      document,
      result,
      resolution,
      before: text.slice(0, document.offsetAt(start)),
      after: text.slice(document.offsetAt(end)),
    };
    this.previews.set(id, preview);
    for (const old of [...this.previews.keys()].slice(0, -MOST_PREVIEWS)) this.previews.delete(old);
    const shown = sidesOf(preview);
    // A side that is the resolution itself would show no difference.
    await this.show(preview, shown.find((side) => result.sides[side] !== resolution.text) ?? 'ours');
  }

  /** Puts another side on the left of the preview that is shown. */
  async compareWith(): Promise<void> {
    const preview = this.current();
    if (preview === undefined) return;
    const items = sidesOf(preview).map((side) => ({
      label: t('Compare with {0}', nameOf(side)),
      description: nameBehind(preview, side),
      side,
    }));
    const chosen = await vscode.window.showQuickPick(items, {
      title: t('Preview: {0}', preview.resolution.words),
    });
    if (chosen !== undefined) await this.show(preview, chosen.side);
  }

  /** Takes the resolution that is shown. */
  async apply(): Promise<void> {
    const preview = this.current();
    if (preview === undefined) return;
    const { document, result, resolution } = preview;
    const current = await vscode.workspace.openTextDocument(document.uri);
    if (!(await replaceConflict(current, result.version, result.range, resolution.text))) return;
    await vscode.window.tabGroups.close(tabsOf(preview.id));
    const start = toRange(result.range).start;
    await vscode.window.showTextDocument(current, { selection: new vscode.Range(start, start) });
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const [id, side] = uri.query.split('&');
    const preview = this.previews.get(id ?? '');
    if (preview === undefined) return `${t('This preview is gone. Open it again from the conflict.')}\n`;
    const { before, after, resolution, result } = preview;
    return before + (side === 'resolution' ? resolution.text : (result.sides[side as Side] ?? '')) + after;
  }

  dispose(): void {
    this.registration.dispose();
    this.previews.clear();
  }

  /** The preview in the active editor. */
  shown(): Pick<Preview, 'document' | 'result' | 'resolution'> | undefined {
    const uri = vscode.window.activeTextEditor?.document.uri;
    return uri?.scheme === previewScheme ? this.previews.get(uri.query.split('&')[0] ?? '') : undefined;
  }

  private current(): Preview | undefined {
    const preview = this.shown() as Preview | undefined;
    if (preview === undefined) say(t('Open the preview of a resolution first.'));
    return preview;
  }

  private async show(preview: Preview, side: Side): Promise<void> {
    const { id, document, resolution, result } = preview;
    const path = document.uri.path.startsWith('/') ? document.uri.path : `/${document.uri.path}`;
    const name = plain(path.slice(path.lastIndexOf('/') + 1));
    const [left, right] = [side, 'resolution'].map((shown) =>
      vscode.Uri.from({ scheme: previewScheme, path, query: `${id}&${shown}` }),
    );
    for (const uri of [left!, right!]) {
      const opened = await vscode.workspace.openTextDocument(uri);
      // A document without a file has the language that the user gave it.
      if (opened.languageId !== document.languageId) {
        await vscode.languages.setTextDocumentLanguage(opened, document.languageId);
      }
    }
    await vscode.window.tabGroups.close(tabsOf(id));
    const { start } = toRange(result.range);
    const behind = nameBehind(preview, side);
    const compared = behind === '' ? nameOf(side) : `${nameOf(side)} (${behind})`;
    const title = `${name}: ${compared} ↔ ${resolution.words} (${resolution.confidence})`;
    await vscode.commands.executeCommand('vscode.diff', left, right, title, {
      preview: true,
      selection: new vscode.Range(start, start),
    });
  }
}

/** The base is named by a number alone, which tells nobody anything. */
function nameBehind({ result }: Preview, side: Side): string {
  return side === 'base' ? '' : plain(result.names[side], LONGEST_NAME);
}

function nameOf(side: Side): string {
  return { ours: t('ours'), theirs: t('theirs'), base: t('the base') }[side];
}

function sidesOf({ result }: Preview): Side[] {
  return sides.filter((side) => result.sides[side] !== undefined);
}

function tabsOf(id: string): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => {
      if (!(input instanceof vscode.TabInputTextDiff) || input.modified.scheme !== previewScheme) return false;
      return input.modified.query.split('&')[0] === id;
    });
}

function say(sentence: string): void {
  void vscode.window.showInformationMessage(`Lacuna: ${sentence}`);
}
