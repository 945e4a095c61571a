// What might fill a hole, asked of the server when somebody looks at it, and put in its place when it is chosen.

import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  fillingsRequest,
  type FillingsParams,
  type FillingsResult,
  type UnfilledHole,
} from '../../../server/src/protocol/messages.js';
import type { Holes, OpenHole } from './holes.js';
import { openDocument } from '../editor/openDocument.js';
import { plain } from '../editor/plainText.js';
import { t } from '../l10n/words.js';

export type Filling = FillingsResult['fillings'][number];

/** The command of links and quick fixes; it stands in no menu. */
export const fillCommand = 'lacuna.holes.fill';

interface FillParams {
  readonly uri: string;
  /** Of the document in which the hole stands there. */
  readonly version: number;
  readonly line: number;
  readonly character: number;
  readonly text: string;
}

/** A hover that shows nothing for longer than this, in milliseconds, shows what the model wrote first. */
const PATIENCE = 1_500;

export function fillingsFrom(client: LanguageClient, holes: Holes) {
  let last: { readonly key: string; readonly fillings: Promise<readonly Filling[]> } | undefined;

  const ask = async (hole: OpenHole): Promise<readonly Filling[]> => {
    const { document, range } = hole;
    const convert = client.code2ProtocolConverter;
    const written = (one: OpenHole): UnfilledHole => ({ range: convert.asRange(one.range), wouldBe: one.wouldBe });
    const params: FillingsParams = {
      textDocument: { uri: convert.asUri(document.uri) },
      version: document.version,
      hole: written(hole),
      others: holes
        .of(document)
        .filter((other) => !other.range.isEqual(range))
        .map(written),
    };
    const result = await client.sendRequest<FillingsResult>(fillingsRequest, params);
    return result.fillings;
  };

  return async (hole: OpenHole): Promise<readonly Filling[]> => {
    if (!client.isRunning()) return [];
    const { document, range } = hole;
    const key = `${document.uri.toString()} ${document.version} ${range.start.line} ${range.start.character}`;
    // Hover and light bulb of one hole share the answer; a text that changed asks anew, and so does one after a failure.
    if (last?.key !== key) {
      const failed = (): readonly Filling[] => {
        if (last?.key === key) last = undefined;
        return [];
      };
      last = { key, fillings: ask(hole).catch(failed) };
    }
    const late = new Promise<readonly Filling[]>((resolve) => setTimeout(() => resolve([]), PATIENCE));
    return Promise.race([last.fillings, late]);
  };
}

export function fillWith({ document, range }: OpenHole, text: string): vscode.Command {
  const { line, character } = range.start;
  const params: FillParams = { uri: document.uri.toString(), version: document.version, line, character, text };
  return { title: t('Fill the hole'), command: fillCommand, arguments: [params] };
}

export function registerFill(holes: Holes): vscode.Disposable {
  return vscode.commands.registerCommand(fillCommand, async (params: FillParams) => {
    const problem = await fill(holes, params);
    if (problem !== undefined) void vscode.window.showInformationMessage(problem);
  });
}

/** @returns why nothing was filled; undefined where it was */
async function fill(
  holes: Pick<Holes, 'at'>,
  { uri, version, line, character, text }: FillParams,
): Promise<string | undefined> {
  const document = openDocument(uri);
  const hole = document && holes.at(document, new vscode.Position(line, character));
  if (document === undefined || hole === undefined) return t('Lacuna: The hole is filled already.');
  // A hover stays where the text moves below it, and another hole may have come to its place.
  if (document.version !== version) {
    const name = plain(vscode.workspace.asRelativePath(document.uri));
    return t('Lacuna: {0} has changed meanwhile, so nothing was done. Try again.', name);
  }
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, hole.range, text);
  const isDone = await vscode.workspace.applyEdit(edit);
  return isDone ? undefined : t('Lacuna: The editor could not change the file. Is it read-only?');
}
