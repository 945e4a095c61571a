// What a hole says for itself: what is missing and why, what might fill it, and what was promised of the rest. The same
// fillings are quick fixes, for whoever uses no mouse.

import * as vscode from 'vscode';
import { fillCommand, fillWith, type Filling } from './holeFillings.js';
import type { Holes, OpenHole } from './holes.js';
import { stepFrom, stepOf, wordOf } from './holeSteps.js';
import { asCode, onOneLine } from './shownFilling.js';
import { documentSelector } from '../editor/selector.js';
import { percent, t } from '../l10n/words.js';

const MOST_SHOWN = 5;

/** @param fillingsOf none where the server does not answer in time */
export function explainHoles(
  holes: Holes,
  fillingsOf: (hole: OpenHole) => Promise<readonly Filling[]>,
): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerHoverProvider(documentSelector, {
      async provideHover(document, position) {
        const hole = holes.at(document, position);
        return hole && new vscode.Hover(description(hole, await fillingsOf(hole)), hole.range);
      },
    }),
    vscode.languages.registerCodeActionsProvider(
      documentSelector,
      {
        async provideCodeActions(document, range) {
          const hole = holes.at(document, range.start);
          if (hole === undefined) return [];
          return shownOf(hole, await fillingsOf(hole)).map(({ text, probability }) => {
            const title =
              probability === undefined
                ? t('Lacuna: fill with {0}', onOneLine(text))
                : t('Lacuna: fill with {0} ({1})', onOneLine(text), wordOf(stepFrom(probability)));
            const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
            action.command = fillWith(hole, text);
            return action;
          });
        },
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
}

function description(hole: OpenHole, fillings: readonly Filling[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  // Nothing but this command can be run from the text, whatever the document holds.
  text.isTrusted = { enabledCommands: [fillCommand] };
  text.appendMarkdown(`**Lacuna: ${t('a hole')}**, ${wordOf(stepOf(hole))}\n\n`);
  text.appendMarkdown(plain(hole.reason));
  text.appendMarkdown('\n\n');
  for (const { text: filling, probability } of shownOf(hole, fillings)) {
    const { command, arguments: given } = fillWith(hole, filling);
    const link = `command:${command}?${encodeURIComponent(JSON.stringify(given))}`;
    text.appendMarkdown(
      `- [${asCode(filling)}](${link} "${t('Fill the hole')}") ${probability === undefined ? '' : percent(probability)}\n`,
    );
  }
  text.appendMarkdown('\n\n');
  text.appendMarkdown(plain(hole.promise));
  return text;
}

/** Where nothing was answered, there is still what the model wrote first; how likely it is, the reason says. */
function shownOf(
  { wouldBe }: OpenHole,
  fillings: readonly Filling[],
): readonly (Filling | { text: string; probability: undefined })[] {
  return fillings.length > 0 ? fillings.slice(0, MOST_SHOWN) : [{ text: wouldBe, probability: undefined }];
}

/** Nothing in it is markup. The editor's own way to say so would let no line break between words. */
function plain(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
