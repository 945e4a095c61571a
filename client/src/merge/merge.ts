// The commands about conflicts: what each begins with, and who does the rest.

import * as vscode from 'vscode';
import type { PlaceParams, PreviewParams } from '../../../server/src/protocol/messages.js';
import type { CommandId } from '../commandIds.js';
import type { ConflictServer } from '../server/conflictServer.js';
import { chosenFiles } from './chosenFiles.js';
import { resolveAllFiles, resolveFile, resolveFiles } from './mergeCertain.js';
import { chooseResolution, type Chosen } from './mergeChoice.js';
import { goToConflict } from './mergeNavigation.js';
import type { FourVersions } from './fourVersions.js';
import type { MergePreviews } from './mergePreview.js';
import { replaceConflict } from './mergeReplace.js';
import { plain } from '../editor/plainText.js';
import { t } from '../l10n/words.js';

export type MergeCommandId = Extract<CommandId, `lacuna.merge.${string}`>;
type MergeCommand = (...given: unknown[]) => Promise<void>;

export function mergeCommands(
  server: ConflictServer,
  previews: MergePreviews,
  versions: FourVersions,
): Record<MergeCommandId, MergeCommand> {
  const choose = async (what: 'apply' | 'preview', given: PlaceParams | undefined): Promise<Chosen | undefined> => {
    const place = await placeOf(given);
    if (place === undefined || !(await isOn(place.document))) return undefined;
    const result = await server.resolutions(place.document, place.position);
    if (result.kind === 'none') {
      say(result.sentence);
      return undefined;
    }
    const rank = (given as Partial<PreviewParams> | undefined)?.rank;
    return chooseResolution(place.document, result, what, rank);
  };
  const act = async (chosen: Chosen | undefined): Promise<void> => {
    if (chosen === undefined) return;
    const { document, result, resolution } = chosen;
    if (chosen.action === 'preview') return previews.open(document, result, resolution);
    await replaceConflict(document, result.version, result.range, resolution.text);
  };
  const inFile = async (work: (editor: vscode.TextEditor) => Promise<void>): Promise<void> => {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) return say(t('Open a file with conflicts first.'));
    if (await isOn(editor.document)) await work(editor);
  };
  return quietly({
    'lacuna.merge.next': () => inFile((editor) => goToConflict(server, editor, 'next')),
    'lacuna.merge.previous': () => inFile((editor) => goToConflict(server, editor, 'previous')),
    'lacuna.merge.show': async (given) => act(await choose('apply', given as PlaceParams | undefined)),
    'lacuna.merge.preview': async (given) => act(await choose('preview', given as PlaceParams | undefined)),
    'lacuna.merge.versions': async (given) => {
      const shown = given === undefined ? previews.shown() : undefined;
      const chosen = shown ?? (await choose('preview', given as PlaceParams | undefined));
      if (chosen !== undefined) versions.open(chosen.document, chosen.result, chosen.resolution);
    },
    'lacuna.merge.compareWith': () => previews.compareWith(),
    'lacuna.merge.applyPreview': () => previews.apply(),
    'lacuna.merge.resolveFile': async (...given) => {
      const [first, ...others] = chosenFiles(given, (value) => value instanceof vscode.Uri);
      if (first === undefined) return inFile(({ document }) => resolveFile(server, document));
      if (others.length > 0) {
        if (await isOn(undefined)) await resolveFiles(server, () => Promise.resolve([first, ...others]));
        return;
      }
      const document = await vscode.workspace.openTextDocument(first);
      if (await isOn(document)) await resolveFile(server, document);
    },
    'lacuna.merge.resolveAll': async () => {
      if (!(await isOn(undefined))) return;
      if (vscode.workspace.isTrusted) return resolveAllFiles(server);
      say(t('Git cannot be asked in a workspace that is not trusted, so conflicts are resolved one by one.'));
    },
  });
}

/** What goes wrong is said in one sentence; the log says more. What the user stopped needs none. */
function quietly<Id extends string>(commands: Record<Id, MergeCommand>): Record<Id, MergeCommand> {
  const quiet = Object.entries<MergeCommand>(commands).map(([id, run]) => [
    id,
    (...given: unknown[]) =>
      run(...given).catch((error: unknown) => {
        if (!(error instanceof vscode.CancellationError)) {
          say(t('The command failed: {0}', plain(error instanceof Error ? error.message : String(error), 400)));
        }
      }),
  ]);
  return Object.fromEntries(quiet) as Record<Id, MergeCommand>;
}

function say(sentence: string): void {
  void vscode.window.showInformationMessage(`Lacuna: ${sentence}`);
}

/** The place that a lens or a quick fix names, else that of the cursor. */
async function placeOf(
  given: PlaceParams | undefined,
): Promise<{ document: vscode.TextDocument; position: PlaceParams['position'] } | undefined> {
  if (given?.textDocument !== undefined) {
    const uri = vscode.Uri.parse(given.textDocument.uri);
    return { document: await vscode.workspace.openTextDocument(uri), position: given.position };
  }
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) say(t('Open a file with conflicts first.'));
  return editor === undefined ? undefined : { document: editor.document, position: editor.selection.active };
}

/** Whoever asks must hear why nothing can come. */
async function isOn(document: vscode.TextDocument | undefined): Promise<boolean> {
  const lacuna = vscode.workspace.getConfiguration('lacuna', document);
  const off = ['enable', 'merge.enable'].find((name) => !lacuna.get(name, true));
  if (off === undefined) return true;
  const openSettings = t('Open Settings');
  const sentence = t('Lacuna: Conflicts are not answered, since the setting "{0}" is off.', `lacuna.${off}`);
  if ((await vscode.window.showInformationMessage(sentence, openSettings)) === openSettings) {
    await vscode.commands.executeCommand('workbench.action.openSettings', `@id:lacuna.${off}`);
  }
  return false;
}
