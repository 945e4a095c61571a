// The list of all resolutions of a conflict, to take one of them or to look at it first. All that matters is text.

import * as vscode from 'vscode';
import type { ResolutionsResult, ShownResolution } from '../../../server/src/protocol/messages.js';
import { plain } from '../editor/plainText.js';
import { t } from '../l10n/words.js';

/** Characters of a side's name. */
const LONGEST_NAME = 60;

export type Resolutions = Extract<ResolutionsResult, { kind: 'resolutions' }>;

export interface Chosen {
  readonly document: vscode.TextDocument;
  readonly result: Resolutions;
  readonly resolution: ShownResolution;
  readonly action: 'apply' | 'preview';
}

interface Entry extends vscode.QuickPickItem {
  readonly chosen?: Pick<Chosen, 'resolution' | 'action'>;
}

/** @param rank which resolution is meant, where that is known already */
export async function chooseResolution(
  document: vscode.TextDocument,
  result: Resolutions,
  action: Chosen['action'],
  rank: number | undefined,
): Promise<Chosen | undefined> {
  const known = rank === undefined ? undefined : result.resolutions[rank];
  if (known !== undefined) return { document, result, resolution: known, action };
  const line = result.range.start.line + 1;
  const { ours, theirs } = result.names;
  const names =
    ours === '' || theirs === ''
      ? ''
      : ` · ${t('ours: {0}, theirs: {1}', plain(ours, LONGEST_NAME), plain(theirs, LONGEST_NAME))}`;
  const chosen = await vscode.window.showQuickPick(entries(result, action), {
    title: `${action === 'apply' ? t('Resolutions of the conflict in line {0}', line) : t('Resolution to preview')}${names}`,
    placeHolder: action === 'apply' ? t('Take one, or look at it first') : t('Nothing is changed by looking'),
    matchOnDescription: true,
  });
  return chosen?.chosen === undefined ? undefined : { document, result, ...chosen.chosen };
}

function entries({ resolutions }: Resolutions, action: Chosen['action']): Entry[] {
  const previews = resolutions.map((resolution) => entry(resolution, 'preview', t('Preview: ')));
  if (action === 'preview') return previews;
  const separator = (label: string): Entry => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const take = resolutions.map((resolution) => entry(resolution, 'apply', ''));
  return [separator(t('take')), ...take, separator(t('look at')), ...previews];
}

function entry(resolution: ShownResolution, action: Chosen['action'], before: string): Entry {
  const { words, confidence, explanation, text } = resolution;
  const shown = plain(text.trim().replaceAll(/\s+/g, ' '), 200);
  return {
    label: `${before}${words}`,
    description: confidence,
    detail: action === 'apply' ? (explanation.split('\n')[0] ?? '') || shown : shown,
    chosen: { resolution, action },
  };
}
