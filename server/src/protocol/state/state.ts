// The types of the server's state and of what it is made of, which every request's handler is given.

import type { Words } from '../../common/words.js';
import type { Logger } from '../../common/logger.js';
import type { Completer, ContextSource, HoleKnowledge } from '../../completion/index.js';
import type { FileInGit } from '../../git/index.js';
import type { ConflictTexts, MergeResolver } from '../../merge/index.js';
import type { LanguageModel } from '../../model/index.js';
import type { Workspace } from '../../workspace/index.js';
import type { Conflicts } from './conflicts.js';
import type { Documents } from './documents.js';
import type { ExplainedSuggestion } from './explanation.js';
import type { Say } from './language.js';
import type { Settings, SettingsStore } from './settings.js';
import type { SnippetForm } from './snippet.js';
import type { StatusReporter } from './status.js';
import type { Work } from './work.js';
import type { WorkspaceContext } from './workspaceContext.js';

/** What the server is made of; given by the composition root, or by a test. */
export interface ServerDependencies {
  /** The model that the settings name: the built-in one, one of a folder, or one behind a server. */
  readonly startModel: (settings: ModelSettings, logger: Logger) => LanguageModel;
  /**
   * Makes the form that prompts are read with, where there is none yet and it pays on this machine.
   * @returns whether there is a new one
   * @throws Error with one sentence; AbortError
   */
  readonly preparePrefill?: (model: Settings['model'], signal: AbortSignal) => Promise<boolean>;
  readonly createCompleter: (
    model: LanguageModel,
    logger: Logger,
    context: ContextSource,
    holes: Holes['knowledge'],
  ) => Completer;
  /** Reading begins when it is given folders. */
  readonly startWorkspace: (logger: Logger) => Workspace;
  /**
   * What holes are chosen by, for the model that the settings name.
   * @param storage a folder where what is measured on the user's own repository is kept
   */
  readonly openHoles: (settings: ModelSettings, storage: string | undefined, logger: Logger) => Holes;
  /** `dispose` ends what the resolver keeps running. */
  readonly createResolver: (logger: Logger) => { readonly resolver: MergeResolver; dispose(): Promise<void> };
  /** What git knows of a file in conflict, and which files are: absolute paths. */
  readonly readInGit: (file: string, signal: AbortSignal) => Promise<FileInGit>;
  readonly unmergedFiles: (folder: string, signal: AbortSignal) => Promise<readonly string[]>;
  /** What git is in the middle of in a folder, in a sentence. */
  readonly underWay: (folder: string, signal: AbortSignal) => Promise<Words | undefined>;
  /** The programs that the user's settings name as git, in their order. */
  readonly useGit?: (programs: readonly string[]) => void;
  /** The conflicts of the other files of a file's merge. */
  readonly readElsewhere: (file: string, signal: AbortSignal) => Promise<readonly ConflictTexts[]>;
  readonly examine: (model: LanguageModel, named: Settings['model'], signal: AbortSignal) => Promise<Examined>;
  /** The models of this machine. */
  readonly models: Models;
  /** A folder with a bundle of translations for each language but English. */
  readonly wordsFolder: string;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  readonly version: string;
}

/** What the doctor finds. */
export interface Examined {
  readonly lines: readonly {
    readonly name: Words;
    readonly value: Words;
    readonly ok: boolean;
    /** What to do, where something is wrong. */
    readonly advice?: Words;
  }[];
}

export interface Models {
  /** Those that are there, and the files of other programs that could become one. */
  list(named: Settings['model']): Promise<ModelsListed>;
  /**
   * Makes a model of a GGUF file.
   * @returns its name, and whether it was measured before
   * @throws Error with one sentence; AbortError
   */
  add(
    file: string,
    fileName: string | undefined,
    tell: (progress: { readonly done: number; readonly total: number }) => void,
    signal: AbortSignal,
  ): Promise<{ readonly name: string; readonly calibrated: boolean }>;
}

export interface ModelsListed {
  readonly models: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly used: boolean;
    readonly ships: boolean;
    readonly calibrated: boolean;
    /** Milliseconds to ghost text, where a speed was measured. */
    readonly ghostTextMs: number | undefined;
  }[];
  readonly found: readonly {
    readonly name: string;
    readonly program: string;
    readonly file: string;
    readonly bytes: number;
    readonly problem: Words | undefined;
    readonly ghostTextMs: number | undefined;
  }[];
}

export interface Holes {
  /** Undefined until it is read, or where the model has none. */
  knowledge(): HoleKnowledge | undefined;
  /**
   * Measures holes, and the probabilities of a model that was not measured yet, on what a repository's commits added; keeps
   * that, and uses it from then on.
   * @param repository undefined where no folder is open
   * @returns what came of it, in words
   * @throws Error with one sentence; AbortError
   */
  calibrate(
    model: LanguageModel,
    repository: { readonly folder: string; readonly showsOtherFiles: boolean } | undefined,
    tell: (progress: { readonly done: number; readonly total: number }) => void,
    signal: AbortSignal,
  ): Promise<Words>;
}

/** What of the settings chooses the model. */
export type ModelSettings = Pick<Settings, 'model' | 'threads' | 'server'>;

export interface ServerState {
  readonly documents: Documents;
  readonly settings: SettingsStore;
  readonly status: StatusReporter;
  readonly logger: Logger;
  readonly now: () => number;
  readonly isLacunaClient: boolean;
  /** How the client's snippets are written; undefined where it takes none. */
  readonly snippetForm: SnippetForm | undefined;
  /** Puts words into the client's language. */
  readonly say: Say;
  /** Tells the client something without waiting for an answer. */
  readonly notify: (method: string, params: object) => void;
  /** Whether the client takes edits that name the version that they are for. */
  readonly namesVersions: boolean;
  readonly conflicts: Conflicts;
  /** None where the workspace is not trusted. */
  readonly unmergedFiles: ServerDependencies['unmergedFiles'];
  readonly underWay: ServerDependencies['underWay'];
  readonly model: LanguageModel;
  readonly completer: Completer;
  readonly holes: Holes;
  readonly models: Models;
  readonly modelSettings: Settings['model'];
  readonly examine: ServerDependencies['examine'];
  readonly work: Work;
  readonly workspace: WorkspaceContext;
  /** How the last suggestion came about; text of the user's, so it is never logged. */
  explanation: ExplainedSuggestion | undefined;
  /** The user's own threshold; see ownThresholdNotification. */
  ownThreshold: number | undefined;
  /** Ends all work until told otherwise, what is computed ahead included. */
  setPaused(isPaused: boolean): void;
  /** Lets git be asked and files be read; see InitializationOptions. */
  trust(): void;
  isTrusted(): boolean;
  /** Starts the model anew when the settings name another one, another server, or another number of threads. */
  followSettings(): Promise<void>;
  dispose(): Promise<void>;
}
