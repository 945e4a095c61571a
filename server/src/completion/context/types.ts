// What of other files the model may be shown, and what is chosen of it: plain data, since files are read elsewhere.

/** How a file is related to the one with the cursor. */
export type FileRelation = 'open' | 'defining' | 'imported' | 'recent' | 'sibling' | 'other';

/** A file that may be shown. Whoever makes the list leaves out what is secret, ignored, binary, huge or not trusted. */
export interface ContextFile {
  /** Relative to the workspace, with forward slashes: the model is shown it. */
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
  readonly relation: FileRelation;
  /** Where the editor knows names near the cursor, or their types, to be defined in it. */
  readonly defines?: readonly DefinedName[];
}

export interface DefinedName {
  readonly name: string;
  /** Zero-based. */
  readonly line: number;
}

/** Something of one file, as the model is shown it. */
export interface ContextPart {
  readonly path: string;
  readonly text: string;
  /** `chunk`: lines as they stand; `outline`: the signatures of a declaration; `edit`: lines changed lately. */
  readonly kind: 'chunk' | 'outline' | 'edit';
  /** How well it fits the place it was chosen for; comparable for one place only. */
  readonly score: number;
  /** Names near the cursor that it defines. */
  readonly defines?: readonly string[];
}

/** Lines that were changed lately in another place, as they stand now. */
export interface RecentEdit {
  readonly path: string;
  readonly text: string;
}

/** The place that something is chosen for. */
export interface ContextPlace {
  readonly path: string;
  readonly languageId: string;
  /** What the model is shown anyway, before and after the cursor, line ends \n. */
  readonly prefix: string;
  readonly suffix: string;
  /** What stands in the same file before and after that. */
  readonly before: string;
  readonly after: string;
}

/** Chooses what is shown of other files; whoever knows the files gives one. Never rejects. */
export type ContextSource = (
  place: ContextPlace,
  /** The document with the cursor, and where the cursor is: a UTF-16 offset. */
  cursor: { readonly uri: string; readonly offset: number },
  /** What was chosen last; the answer itself where it is still good enough. */
  previous: readonly ContextPart[],
  signal: AbortSignal,
) => Promise<readonly ContextPart[]>;
