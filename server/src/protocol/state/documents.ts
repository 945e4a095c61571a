// Open documents as immutable snapshots.

import { TextDocuments, type Connection, type TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { DocumentSnapshot } from '../../common/document.js';

export interface DocumentChange {
  /** Where in the new text the last of its edits ends, a UTF-16 offset. */
  readonly offset: number;
  readonly insertedLength: number;
  readonly removedLength: number;
}

export interface Documents {
  /** The document as it is now; undefined when it is not open. */
  snapshot(uri: string): DocumentSnapshot | undefined;
  /** The open document itself, for positions. */
  textDocument(uri: string): TextDocument | undefined;
  /** Whether a document is open as it was: one that was closed and opened anew may have the version of the one before. */
  isCurrent(document: TextDocument, version: number): boolean;
  /** Of all open documents. */
  uris(): readonly string[];
  onChange(listener: (uri: string, change: DocumentChange) => void): void;
  onClose(listener: (uri: string) => void): void;
  onSave(listener: (uri: string) => void): void;
  /** Folders that paths are relative to. */
  setFolders(uris: readonly string[]): void;
  /** How the client's name of a document's language becomes an identifier; before this is called the name is taken as it is. */
  setLanguageNames(identifier: (name: string, uri: string) => string): void;
}

export function openDocuments(connection: Connection): Documents {
  let folders: readonly string[] = [];
  let identifier: (name: string, uri: string) => string = (name) => name;
  let changeListener: (uri: string, change: DocumentChange) => void = () => undefined;
  const documents = new TextDocuments({
    create: (uri, name, version, text) => TextDocument.create(uri, identifier(name, uri), version, text),
    update: (document: TextDocument, changes, version) => {
      changeListener(document.uri, applied(document, changes, version));
      return document;
    },
  });
  documents.listen(connection);
  return {
    snapshot(uri) {
      const document = documents.get(uri);
      if (document === undefined) return undefined;
      const { languageId, version } = document;
      return { uri, languageId, version, text: document.getText(), path: pathOf(uri, folders) };
    },
    textDocument: (uri) => documents.get(uri),
    isCurrent: (document, version) => documents.get(document.uri) === document && document.version === version,
    uris: () => documents.keys(),
    onChange: (listener) => (changeListener = listener),
    onClose: (listener) => void documents.onDidClose(({ document }) => listener(document.uri)),
    onSave: (listener) => void documents.onDidSave(({ document }) => listener(document.uri)),
    setFolders: (uris) => (folders = uris),
    setLanguageNames: (by) => (identifier = by),
  };
}

/** Changes a document, edit by edit since each is told in terms of the text that the one before has left. */
function applied(
  document: TextDocument,
  changes: readonly TextDocumentContentChangeEvent[],
  version: number,
): DocumentChange {
  let insertedLength = 0;
  let removedLength = 0;
  let offset = 0;
  for (const change of changes) {
    const { start, end, inserted } = editOf(document, change);
    TextDocument.update(document, [change], version);
    insertedLength += inserted;
    removedLength += end - start;
    offset = start + inserted;
  }
  if (changes.length === 0) TextDocument.update(document, [], version);
  return { insertedLength, removedLength, offset };
}

/** What an edit replaces, and with how much; of a whole new text, what differs. */
function editOf(
  document: TextDocument,
  change: TextDocumentContentChangeEvent,
): { readonly start: number; readonly end: number; readonly inserted: number } {
  const { text } = change;
  if ('range' in change) {
    return {
      start: document.offsetAt(change.range.start),
      end: document.offsetAt(change.range.end),
      inserted: text.length,
    };
  }
  const before = document.getText();
  const most = Math.min(before.length, text.length);
  let start = 0;
  while (start < most && before[start] === text[start]) start++;
  let same = 0;
  while (same < most - start && before[before.length - 1 - same] === text[text.length - 1 - same]) same++;
  return { start, end: before.length - same, inserted: text.length - same - start };
}

/** The path shown to the model: relative to the deepest folder that holds it, else the name alone. */
export function pathOf(uri: string, folders: readonly string[]): string {
  const path = decodedPath(uri);
  const holder = folders
    .map((folder) => `${decodedPath(folder).replace(/\/$/, '')}/`)
    .filter((folder) => path.startsWith(folder))
    .sort((a, b) => b.length - a.length)[0];
  // A name may hold a line end, and the prompt's header is one line.
  return (holder === undefined ? path.slice(path.lastIndexOf('/') + 1) : path.slice(holder.length)).replace(
    /[\r\n]/g,
    ' ',
  );
}

/** The path part of a URI; a notebook's cells share the notebook's path. */
function decodedPath(uri: string): string {
  const path = uri.replace(/^[a-zA-Z][\w+.-]*:(\/\/[^/]*)?/, '').replace(/[?#].*$/s, '');
  return withSmallDrive(decoded(path));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Clients write the letter of a drive small or large, and may write a folder's and a file's differently. */
function withSmallDrive(path: string): string {
  return path.replace(/^\/[A-Z](?=:)/, (drive) => drive.toLowerCase());
}
