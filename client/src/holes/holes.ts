// The holes of suggestions that were accepted: which are unfilled, their marks, and the warning when one is saved. They stay
// with their text, also where its file is renamed, saved under another name, or closed and opened again. Marks are made anew from the text after each change, so that none stays behind.

import * as vscode from 'vscode';
import type { AcceptedHole, AcceptedHoles } from '../../../server/src/protocol/messages.js';
import { isCovered } from '../editor/selector.js';
import { toRange } from '../server/conflictServer.js';
import { HoleMarks } from './holeMarks.js';
import { changedHoles, rangeAt, withAccepted, type KnownRange } from './holeRanges.js';
import { stepOf, wordOf } from './holeSteps.js';
import { t } from '../l10n/words.js';

export interface OpenHole extends Pick<AcceptedHole, 'placeholder' | 'kind' | 'reason' | 'wouldBe' | 'probability'> {
  readonly document: vscode.TextDocument;
  readonly range: vscode.Range;
  readonly promise: string;
}

type KnownHole = KnownRange & Omit<OpenHole, 'document' | 'range'>;

/** Filled holes are remembered for undo, the latest so many of a document. */
const MOST_REMEMBERED = 100;

/** Documents with unfilled holes whose text is remembered once they are closed. */
const MOST_CLOSED = 10;

export class Holes implements vscode.Disposable {
  private readonly known = new Map<string, readonly KnownHole[]>();
  /** Of documents that were closed, the latest last. */
  private left: readonly { readonly text: string; readonly holes: readonly KnownHole[] }[] = [];
  /** Documents whose unfilled holes the user has been warned of. */
  private readonly warned = new Set<string>();
  private readonly marks = new HoleMarks();
  /** What a decoration shows, in words: for the list of problems, and for screen readers. */
  private readonly problems = vscode.languages.createDiagnosticCollection('lacuna.holes');
  private readonly listeners: vscode.Disposable;

  constructor() {
    this.listeners = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument((event) => this.changed(event)),
      vscode.workspace.onDidOpenTextDocument((document) => this.opened(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.closed(document)),
      vscode.workspace.onWillSaveTextDocument((event) => this.saving(event)),
      vscode.window.onDidChangeVisibleTextEditors((editors) => {
        for (const { document } of editors) this.show(document);
      }),
      vscode.window.onDidChangeActiveTextEditor(() => this.tellKeys()),
    );
  }

  accepted(document: vscode.TextDocument, { holes, promise }: AcceptedHoles): void {
    const key = document.uri.toString();
    const added = holes.map(({ range, ...hole }): KnownHole => {
      const { start, end } = toRange(range);
      return {
        range: { start: document.offsetAt(start), end: document.offsetAt(end) },
        ...hole,
        promise,
        isOpen: true,
      };
    });
    this.known.set(key, withAccepted(this.known.get(key) ?? [], added, document.getText(), MOST_REMEMBERED));
    this.warned.delete(key);
    this.show(document);
  }

  /** The unfilled holes of a document, in the order of its text. */
  of(document: vscode.TextDocument): readonly OpenHole[] {
    return (this.known.get(document.uri.toString()) ?? [])
      .filter(({ isOpen }) => isOpen)
      .map((hole): OpenHole => {
        const { start, end } = hole.range;
        return { ...hole, document, range: new vscode.Range(document.positionAt(start), document.positionAt(end)) };
      });
  }

  /** Those of all open documents. */
  all(): readonly OpenHole[] {
    return vscode.workspace.textDocuments.flatMap((document) => this.of(document));
  }

  at(document: vscode.TextDocument, position: vscode.Position): OpenHole | undefined {
    const holes = this.of(document);
    const ranges = holes.map(({ range: { start, end } }) => ({
      start: document.offsetAt(start),
      end: document.offsetAt(end),
    }));
    return holes[rangeAt(ranges, document.offsetAt(position))];
  }

  dispose(): void {
    this.listeners.dispose();
    this.marks.dispose();
    this.problems.dispose();
  }

  private changed({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const known = this.known.get(document.uri.toString());
    if (known === undefined || contentChanges.length === 0) return;
    const changes = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
      start: rangeOffset,
      end: rangeOffset + rangeLength,
      text,
    }));
    this.known.set(document.uri.toString(), changedHoles(known, changes, document.getText()));
    this.show(document);
  }

  private opened(document: vscode.TextDocument): void {
    if (this.left.length === 0 || !this.isFree(document)) return;
    const text = document.getText();
    const left = this.left.findLast((one) => one.text === text);
    if (left === undefined) return;
    this.left = this.left.filter((one) => one !== left);
    this.known.set(document.uri.toString(), left.holes);
    this.show(document);
  }

  private closed(document: vscode.TextDocument): void {
    // A document that gets another language is said to close too.
    if (!document.isClosed) return;
    const key = document.uri.toString();
    const holes = this.known.get(key) ?? [];
    this.known.delete(key);
    this.warned.delete(key);
    this.problems.delete(document.uri);
    this.tellKeys();
    if (holes.some(({ isOpen }) => isOpen)) this.leave(document.getText(), holes);
  }

  /** Gives the holes of a document that was closed to the one that has its text: its file may have been opened under another name before. */
  private leave(text: string, holes: readonly KnownHole[]): void {
    const heir = vscode.workspace.textDocuments.find((other) => this.isFree(other) && other.getText() === text);
    this.left = [...this.left, { text, holes }].slice(-MOST_CLOSED);
    if (heir !== undefined) this.opened(heir);
  }

  private isFree(document: vscode.TextDocument): boolean {
    return !document.isClosed && isCovered(document) && !this.known.has(document.uri.toString());
  }

  /** A save by the clock is none that the user has asked for. */
  private saving({ document, reason }: vscode.TextDocumentWillSaveEvent): void {
    const key = document.uri.toString();
    const [first, ...others] = this.of(document);
    if (first === undefined || reason === vscode.TextDocumentSaveReason.AfterDelay || this.warned.has(key)) return;
    this.warned.add(key);
    const name = vscode.workspace.asRelativePath(document.uri);
    const sentence =
      others.length === 0
        ? t('{0} is saved with a hole that is not filled: {1}, line {2}.', name, first.kind, first.range.start.line + 1)
        : t('{0} is saved with {1} holes that are not filled.', name, others.length + 1);
    const go = t('Go to the Hole');
    void vscode.window.showWarningMessage(`Lacuna: ${sentence}`, go).then((chosen) => {
      const [next] = this.of(document);
      if (chosen === go && next !== undefined) void goToHole(next);
    });
  }

  private show(document: vscode.TextDocument): void {
    if (!this.known.has(document.uri.toString())) return;
    const open = this.of(document);
    if (open.length === 0) this.warned.delete(document.uri.toString());
    this.tellKeys();
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document === document) this.marks.show(editor, open);
    }
    this.problems.set(
      document.uri,
      open.map((hole) => {
        const sentence = t('A hole to fill: {0} ({1}).', hole.kind, wordOf(stepOf(hole)));
        const problem = new vscode.Diagnostic(hole.range, sentence, vscode.DiagnosticSeverity.Information);
        problem.source = 'Lacuna';
        return problem;
      }),
    );
  }

  /** For the keys: one goes to a hole of any document, another fills those of the one that is written in. */
  private tellKeys(): void {
    const document = vscode.window.activeTextEditor?.document;
    const isHere = document !== undefined && this.of(document).length > 0;
    void vscode.commands.executeCommand('setContext', 'lacuna.hasHoles', this.all().length > 0);
    void vscode.commands.executeCommand('setContext', 'lacuna.hasHolesHere', isHere);
  }
}

/** Selects the placeholder, so that what is typed takes its place. */
export async function goToHole({ document, range }: OpenHole): Promise<void> {
  await vscode.window.showTextDocument(document, { selection: range });
}
