// What is seen of holes: a frame around each, and behind the line how sure the model is of them. Three steps, each with a
// colour of the theme, a kind of line and a word, so that no colour is needed to tell them apart.

import * as vscode from 'vscode';
import { noteOf, stepOf, steps, type Step, type Uncertain } from './holeSteps.js';

interface MarkedHole extends Uncertain {
  readonly kind: string;
  readonly range: vscode.Range;
}

const frames: Readonly<Record<Step, string>> = { likely: 'solid', unsure: 'dashed', open: 'dotted' };

export class HoleMarks implements vscode.Disposable {
  private readonly frames = steps.map((step) => ({ step, type: frame(step) }));
  /** Behind the line, where it moves none of its text. */
  private readonly note = vscode.window.createTextEditorDecorationType({
    after: { margin: '0 0 0 3ch', fontStyle: 'italic' },
  });

  /** @param holes of the editor's document */
  show(editor: vscode.TextEditor, holes: readonly MarkedHole[]): void {
    for (const { step, type } of this.frames) {
      const ranges = holes.filter((hole) => stepOf(hole) === step).map(({ range }) => range);
      editor.setDecorations(type, ranges);
    }
    const lines = [...new Set(holes.map(({ range }) => range.end.line))];
    editor.setDecorations(
      this.note,
      lines.map((line) => {
        const { text, step } = noteOf(holes.filter(({ range }) => range.end.line === line));
        const { end } = editor.document.lineAt(line).range;
        return {
          range: new vscode.Range(end, end),
          renderOptions: { after: { contentText: text, color: colour(step) } },
        };
      }),
    );
  }

  dispose(): void {
    for (const { type } of this.frames) type.dispose();
    this.note.dispose();
  }
}

function frame(step: Step): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    border: `1px ${frames[step]}`,
    borderColor: colour(step),
    borderRadius: '3px',
    fontStyle: 'italic',
    overviewRulerColor: colour(step),
    overviewRulerLane: vscode.OverviewRulerLane.Right,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
}

function colour(step: Step): vscode.ThemeColor {
  return new vscode.ThemeColor(`lacuna.hole.${step}`);
}
