// Lets the user choose another model: one that is there, a file of another program, or any GGUF file, of which the server makes
// one. The setting names it, so that the server changes over without a restart.

import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  addModelProgress,
  addModelRequest,
  modelsRequest,
  type AddModelParams,
  type AddModelProgress,
  type AddModelResult,
  type FoundModelFile,
  type ListedModel,
  type ModelsResult,
} from '../../../server/src/protocol/messages.js';
import { decimal, t } from '../l10n/words.js';

/** A model that is a step larger than the one that ships. */
const LARGER = 'Qwen2.5-Coder-1.5B-Instruct';
const LARGER_PAGE = `https://huggingface.co/Qwen/${LARGER}-GGUF`;

type Choice =
  | { readonly kind: 'use'; readonly name: string; readonly calibrated: boolean }
  | { readonly kind: 'add'; readonly params: AddModelParams }
  | { readonly kind: 'file' | 'page' | 'none' };

interface Entry extends vscode.QuickPickItem {
  readonly choice?: Choice;
}

/** @param ensureStarted resolves to false, and has told the user, when there is no server to ask. */
export async function useAnotherModel(client: LanguageClient, ensureStarted: () => Promise<boolean>): Promise<void> {
  if (!(await ensureStarted())) return;
  const listing = client.sendRequest<ModelsResult>(modelsRequest).then(entries);
  const chosen = await vscode.window.showQuickPick(listing, {
    title: t('Lacuna: Use Another Model'),
    placeHolder: t('Only the headers of files were read'),
    matchOnDescription: true,
  });
  const choice = chosen?.choice;
  if (choice === undefined || choice.kind === 'none') return;
  if (choice.kind === 'use') return use(choice.name, choice.calibrated);
  if (choice.kind === 'page') return void vscode.env.openExternal(vscode.Uri.parse(LARGER_PAGE));
  const params = choice.kind === 'add' ? choice.params : await askFile();
  if (params !== undefined) await add(client, params);
}

function entries({ models, found }: ModelsResult): Entry[] {
  const heading = (label: string): Entry => ({ label, kind: vscode.QuickPickItemKind.Separator });
  return [
    heading(t('models that are here')),
    ...models.map(ofModel),
    ...(found.length === 0 ? [] : [heading(t('files of other programs')), ...found.map(ofFile)]),
    heading(t('more')),
    { label: t('Choose a GGUF file…'), choice: { kind: 'file' } },
    {
      label: t('Open the page of a larger model…'),
      description: LARGER,
      detail: t('Lacuna downloads nothing; the browser does.'),
      choice: { kind: 'page' },
    },
  ];
}

function ofModel({ name, bytes, used, calibrated, ghostTextMs }: ListedModel): Entry {
  const notes = [megabytes(bytes), ...cost(ghostTextMs), ...(calibrated ? [] : [t('not calibrated')])];
  return {
    label: `${used ? '$(check) ' : ''}${name}`,
    description: notes.join(', '),
    choice: { kind: 'use', name, calibrated },
  };
}

function ofFile({ name, program, file, bytes, problem, ghostTextMs }: FoundModelFile): Entry {
  return {
    label: problem === undefined ? name : `$(circle-slash) ${name}`,
    description: [program, ...(bytes === 0 ? [] : [megabytes(bytes)]), ...cost(ghostTextMs)].join(', '),
    ...(problem === undefined ? {} : { detail: problem }),
    choice: problem === undefined ? { kind: 'add', params: { file, fileName: name } } : { kind: 'none' },
  };
}

function megabytes(bytes: number): string {
  return t('{0} MB', Math.round(bytes / 1e6));
}

function cost(ghostTextMs: number | undefined): string[] {
  return ghostTextMs === undefined ? [] : [t('about {0} s to ghost text', decimal(ghostTextMs / 1000, 1))];
}

async function askFile(): Promise<AddModelParams | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({ canSelectMany: false, filters: { GGUF: ['gguf'], '*': ['*'] } })) ?? [];
  return file?.scheme === 'file' ? { file: file.fsPath } : undefined;
}

async function add(client: LanguageClient, params: AddModelParams): Promise<void> {
  const result = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: t('Lacuna makes the model'), cancellable: true },
    async (progress, token) => {
      let shown = 0;
      const listener = client.onNotification(addModelProgress, ({ done, total }: AddModelProgress) => {
        const percent = (100 * done) / Math.max(1, total);
        progress.report({ message: `${Math.floor(percent)} %`, increment: percent - shown });
        shown = percent;
      });
      try {
        return await client.sendRequest<AddModelResult>(addModelRequest, params, token);
      } catch (error) {
        if (!token.isCancellationRequested) throw error;
        return undefined;
      } finally {
        listener.dispose();
      }
    },
  );
  if (result === undefined) tell(t('Stopped; choosing the same file again goes on where it ended.'));
  else if (result.kind === 'none') void vscode.window.showErrorMessage(`Lacuna: ${result.sentence}`);
  else await use(result.name, result.calibrated);
}

async function use(name: string, calibrated: boolean): Promise<void> {
  await vscode.workspace.getConfiguration('lacuna').update('model.name', name, vscode.ConfigurationTarget.Global);
  if (!calibrated)
    tell(t('{0} is used from now on. Its probabilities are not calibrated; "Lacuna: Calibrate" measures them.', name));
}

function tell(sentence: string): void {
  void vscode.window.showInformationMessage(`Lacuna: ${sentence}`);
}
