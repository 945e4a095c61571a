// The workspace as the other rooms see it: folders in, what is chosen of their files out. All reading happens in a thread
// of its own.

import type { Logger } from '../common/logger.js';
import type { ContextFile, ContextPart, ContextPlace, DefinedName, RecentEdit } from '../completion/index.js';

/** What is asked of the workspace for a place. */
export interface ContextQuestion {
  readonly place: ContextPlace;
  /** The file with the cursor, as an absolute path: it is not read from the disk. */
  readonly file: string;
  /** Open documents, the last used first; they stand for what lies on the disk under the same path. */
  readonly open: readonly OpenFile[];
  readonly edits: readonly EditedLines[];
  /** Where names near the cursor are defined, the nearest first. */
  readonly definitions: readonly Definition[];
  /** What was chosen last. */
  readonly previous: readonly ContextPart[];
  /** UTF-16 code units. */
  readonly budget: number;
}

/** What the editor knows of a name; `file` is an absolute path. */
export interface Definition extends DefinedName {
  readonly file: string;
}

/** Lines that were changed lately; `file` is the absolute path of the document. */
export interface EditedLines extends RecentEdit {
  readonly file: string;
}

/** An open document; `file` is its absolute path, which cells of a notebook share. */
export interface OpenFile extends Pick<ContextFile, 'path' | 'languageId' | 'text'> {
  readonly file: string;
}

export interface WorkspaceState {
  readonly files: number;
  /** Files that stayed out, by the reason. */
  readonly leftOut: Readonly<Record<LeftOut, number>>;
  /** All folders have been walked. */
  readonly isComplete: boolean;
  /** Milliseconds of work on all folders, pauses not counted. */
  readonly workMs: number;
  /** Saved files that were taken up, and the milliseconds that the last one took. */
  readonly updates: number;
  readonly lastUpdateMs: number;
}

/** Why a file is not read. What is ignored by git is not even looked at. */
export type LeftOut = 'secret' | 'binary' | 'tooLarge' | 'tooMany' | 'unreadable';

export interface Workspace {
  /** Folders to read, absolute; those that are gone are forgotten. */
  setFolders(folders: readonly string[]): void;
  /** A file was saved, made or deleted, or a folder made or deleted. */
  fileChanged(file: string): void;
  /** Never rejects: where nothing can be chosen, what was chosen last stays. */
  choose(question: ContextQuestion, signal: AbortSignal): Promise<readonly ContextPart[]>;
  state(): Promise<WorkspaceState>;
  dispose(): Promise<void>;
}

export interface WorkspaceOptions {
  /** The bundled worker (dist/workspace.cjs). */
  readonly workerFile: string;
  readonly grammarFolder: string;
  readonly logger: Logger;
  /** Share of the time that reading may take (0-1); the rest is left to others. Default: half. */
  readonly duty?: number;
}
