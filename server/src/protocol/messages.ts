// What client and server say to each other beyond the language server protocol. The client imports this file of the
// server and no other, so it depends on nothing. Names begin with `lacuna/`; another client may ignore them all.

/** Client to server, when the selection has rested somewhere: the prompt of that place is prepared in idle time. */
export const cursorNotification = 'lacuna/cursor';
export interface CursorParams {
  readonly textDocument: { readonly uri: string };
  /** Zero-based, as in the protocol. */
  readonly position: { readonly line: number; readonly character: number };
}

/** Server to client, in idle time: where names near the cursor, or their types, are defined, as far as that is known at once. */
export const definitionsRequest = 'lacuna/definitions';
export interface DefinitionsParams {
  readonly textDocument: { readonly uri: string };
  readonly names: readonly { readonly name: string; readonly position: PlaceInText }[];
}
/** Definitions in other files; `line` is zero-based. */
export interface DefinitionsResult {
  readonly definitions: readonly { readonly name: string; readonly uri: string; readonly line: number }[];
}

/** Client to server, when a suggestion was accepted: the next one is computed before it is asked for. */
export const acceptedNotification = 'lacuna/accepted';
export interface AcceptedParams {
  readonly textDocument: { readonly uri: string };
  /** Where the cursor is after it. */
  readonly position: { readonly line: number; readonly character: number };
  /** Of the suggestion (0-1), for the client's own counts. */
  readonly probability?: number;
  /** Where the suggestion had holes: these are for the client. */
  readonly holes?: AcceptedHoles;
}

/**
 * Server to client: where a line was suggested, the same request would now be answered with holes. Left out where the document
 * has changed meanwhile, or something newer was asked for.
 */
export const holesFollowNotification = 'lacuna/holesFollow';
export interface HolesFollowParams extends CursorParams {
  /** Of the document. */
  readonly version: number;
}

/** A hole of an accepted suggestion, where it stands in the document then. */
export interface AcceptedHole {
  readonly range: RangeInText;
  /** The text in it, as `⟨condition⟩`. */
  readonly placeholder: string;
  /** What is missing, as `condition`. */
  readonly kind: string;
  /** Why it was left open, in a sentence. */
  readonly reason: string;
  /** What the model would have written there, and the probability (0-1) that it gives that. */
  readonly wouldBe: string;
  readonly probability: number;
}
export interface AcceptedHoles {
  readonly holes: readonly AcceptedHole[];
  /** What is promised of such suggestions, in a sentence. */
  readonly promise: string;
}

/** Client to server: what might fill a hole. */
export const fillingsRequest = 'lacuna/fillings';
export interface UnfilledHole {
  /** Of its placeholder. */
  readonly range: RangeInText;
  /** What the model would have written there. */
  readonly wouldBe: string;
}
export interface FillingsParams extends DocumentParams {
  /** Of the document that the ranges belong to. */
  readonly version: number;
  readonly hole: UnfilledHole;
  /** Other holes of the document. */
  readonly others: readonly UnfilledHole[];
}
export interface FillingsResult {
  /** The likeliest first; probabilities (0-1) that sum to at most 1. None where the document has changed meanwhile. */
  readonly fillings: readonly { readonly text: string; readonly probability: number }[];
}

/**
 * Client to server: measure holes, and the probabilities of a model that was added, on what a repository's own commits added,
 * and use that from now on. Stopped, the same request goes on later.
 */
export const calibrateRequest = 'lacuna/calibrate';
export interface CalibrateParams {
  /** URI of a folder; missing where none is open, which suffices for the probabilities of a model that was added. */
  readonly folder?: string;
}
export interface CalibrateResult {
  readonly kind: 'none' | 'calibrated';
  /** What came of it. */
  readonly sentence: string;
}
/** Server to client, while it measures. */
export const calibrateProgress = 'lacuna/calibrateProgress';
export interface CalibrateProgress {
  readonly done: number;
  readonly total: number;
}

/**
 * Client to server: the probability (0-1) from which on suggestions have proved worth showing to this user, above the
 * model's own threshold; none where the user does not want that, or it is not known.
 */
export const ownThresholdNotification = 'lacuna/ownThreshold';
export interface OwnThresholdParams {
  readonly probability?: number;
}

/** The command that every suggestion carries; its argument is AcceptedParams. The client forwards it. */
export const acceptedCommand = 'lacuna.accepted';

/** Client to server: stop all work until told otherwise (the switch, or a snooze), and go on again. */
export const pausedNotification = 'lacuna/paused';
export interface PausedParams {
  readonly paused: boolean;
}

/** Client to server: where the model, the versions and the machine are examined. */
export const doctorRequest = 'lacuna/doctor';
export interface DoctorLine {
  readonly name: string;
  readonly value: string;
  readonly ok: boolean;
  /** What to do, where something is wrong. */
  readonly advice?: string;
}
export interface DoctorReport {
  readonly lines: readonly DoctorLine[];
}

/** Client to server: the models of this machine, and files of other programs that could become one. */
export const modelsRequest = 'lacuna/models';
export interface ListedModel {
  readonly name: string;
  readonly bytes: number;
  readonly used: boolean;
  /** It came with the extension. */
  readonly ships: boolean;
  readonly calibrated: boolean;
  /** Milliseconds to ghost text; missing while no speed was measured. */
  readonly ghostTextMs?: number;
}
export interface FoundModelFile {
  readonly name: string;
  /** That keeps it, as `Ollama`. */
  readonly program: string;
  readonly file: string;
  readonly bytes: number;
  /** Why it cannot be used, in a sentence. */
  readonly problem?: string;
  readonly ghostTextMs?: number;
}
export interface ModelsResult {
  readonly models: readonly ListedModel[];
  readonly found: readonly FoundModelFile[];
}

/** Client to server: make a model of a GGUF file. Cancelled, the same request goes on later. */
export const addModelRequest = 'lacuna/addModel';
export interface AddModelParams {
  readonly file: string;
  /** What the file is called, where its own name says nothing. */
  readonly fileName?: string;
}
export type AddModelResult =
  | { readonly kind: 'none'; readonly sentence: string }
  | { readonly kind: 'added'; readonly name: string; readonly calibrated: boolean };
/** Server to client, while it makes one. */
export const addModelProgress = 'lacuna/addModelProgress';
export interface AddModelProgress {
  readonly done: number;
  readonly total: number;
}

/** Client to server: how the last suggestion came about, or why there was none. */
export const explainRequest = 'lacuna/explain';
export interface ExplainedToken {
  readonly text: string;
  /** Layers that were computed for it, of all layers. */
  readonly layers: number;
  /** Probability (0-1) that the model gave it. */
  readonly probability: number;
  /** Probability (0-1) that the line is right, as estimated when this token was known. */
  readonly right?: number;
  /** What proposed it, where the model only verified it. */
  readonly drafted?: string;
}
export interface Explanation {
  /** What came of the request, in one sentence. */
  readonly outcome: string;
  readonly tokens: readonly ExplainedToken[];
  /** Measured figures, in words, one each. */
  readonly figures: readonly string[];
}

/** Zero-based, as in the protocol. */
export interface PlaceInText {
  readonly line: number;
  readonly character: number;
}
export interface RangeInText {
  readonly start: PlaceInText;
  readonly end: PlaceInText;
}
export interface DocumentParams {
  readonly textDocument: { readonly uri: string };
}
export interface PlaceParams extends DocumentParams {
  readonly position: PlaceInText;
}

/** Client to server: where the conflicts of an open document are. */
export const conflictsRequest = 'lacuna/conflicts';
export interface ConflictListResult {
  readonly conflicts: readonly RangeInText[];
  /** Marker lines that make no conflict, and why. */
  readonly broken: readonly { readonly line: number; readonly sentence: string }[];
}

/** Client to server: every answer to the conflict at a place, to choose from and to compare. */
export const resolutionsRequest = 'lacuna/resolutions';
export interface ShownResolution {
  /** What it does, as `take both, ours first`. */
  readonly words: string;
  /** As `87 %`, with a warning where there is one. */
  readonly confidence: string;
  readonly explanation: string;
  /** Its lines, each with what it comes from. */
  readonly lines: readonly string[];
  readonly text: string;
}
export type ResolutionsResult =
  | { readonly kind: 'none'; readonly sentence: string }
  | {
      readonly kind: 'resolutions';
      /** Of the document that the range belongs to. */
      readonly version: number;
      /** What a resolution replaces. */
      readonly range: RangeInText;
      readonly sides: { readonly ours: string; readonly theirs: string; readonly base?: string };
      /** What stands behind the markers, empty where nothing does. */
      readonly names: { readonly ours: string; readonly theirs: string; readonly base: string };
      /** The most likely first. */
      readonly resolutions: readonly ShownResolution[];
    };

/** Client to server: the edits that resolve what is certain among so many conflicts of a document, from an index on. */
export const certainResolutionsRequest = 'lacuna/certainResolutions';
export interface CertainParams extends DocumentParams {
  readonly from: number;
  readonly count: number;
}
export type CertainResult =
  | { readonly kind: 'none'; readonly sentence: string }
  | {
      readonly kind: 'resolved';
      readonly version: number;
      /** All conflicts of the document. */
      readonly conflicts: number;
      readonly broken: number;
      readonly edits: readonly CertainEdit[];
    };
/** What is certain, with the words in which the user is asked. */
export interface CertainEdit extends Pick<ShownResolution, 'words' | 'confidence' | 'text'> {
  readonly range: RangeInText;
}

/**
 * Client to server: how far a file in conflict is, for so many of its conflicts from an index on. Of a file that the client
 * cannot open, because it is gone or no text, only `left` is known.
 */
export const mergeStateRequest = 'lacuna/mergeState';
export interface ConflictState extends Pick<ResolutionSummary, 'words' | 'confidence'> {
  readonly range: RangeInText;
  /** `certain` is what may be taken without asking. */
  readonly certainty: 'certain' | 'likely' | 'open';
  /** Why it is certain, or why somebody has to look, in a sentence. */
  readonly sentence: string;
  /** What speaks against the first answer, as a phrase; left out where nothing does. */
  readonly reason?: string;
  /** The likeliest answers, the first of which has the words above; none where nothing could be found. */
  readonly answers: readonly ResolutionSummary[];
}
export type ResolutionSummary = Pick<ShownResolution, 'words' | 'confidence'>;
export type MergeStateResult =
  | { readonly kind: 'none'; readonly sentence: string }
  | {
      readonly kind: 'file';
      /** All conflicts of the document. */
      readonly total: number;
      readonly conflicts: readonly ConflictState[];
      /** Marker lines that make no conflict, and why. */
      readonly broken: ConflictListResult['broken'];
      /** Why git has the file in conflict though no lines are, in a sentence; none where nothing is left to do. */
      readonly left?: string;
    };

/** Client to server: the files that git lists as in conflict, where the editor's own git cannot say. */
export const unmergedRequest = 'lacuna/unmerged';
export interface UnmergedParams {
  /** URIs. */
  readonly folders: readonly string[];
}
export interface UnmergedResult {
  readonly uris: readonly string[];
  /** What git is in the middle of in these folders, such as which commit a rebase is applying: a sentence for each. */
  readonly underWay: readonly string[];
}

/** Client to server, when the user has come to trust the workspace: from now on its git repositories may be read. */
export const trustedNotification = 'lacuna/trusted';

/** Commands of our client that lenses and code actions carry; each has one argument. */
export const acceptResolutionCommand = 'lacuna.merge.accept';
export interface AcceptResolutionParams {
  readonly textDocument: { readonly uri: string; readonly version: number };
  readonly range: RangeInText;
  readonly text: string;
}
export const previewCommand = 'lacuna.merge.preview';
export interface PreviewParams extends PlaceParams {
  /** The place among the resolutions, from 0. */
  readonly rank: number;
}
export const showResolutionsCommand = 'lacuna.merge.show';
export const resolveFileCommand = 'lacuna.merge.resolveFile';

/** Server to client, on every change of what the status bar shows. */
export const statusNotification = 'lacuna/status';
export type StatusParams =
  /** The model is not ready; `sentence` says what it is doing. */
  | { readonly kind: 'loading'; readonly sentence: string }
  | { readonly kind: 'failed'; readonly sentence: string }
  /** The model is ready and nothing was asked yet. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'computing' }
  /** Something was suggested. */
  | {
      readonly kind: 'suggested';
      readonly latencyMs: number;
      readonly fromCache: boolean;
      readonly probability: number;
    }
  /** Nothing was suggested; `sentence` says why. */
  | { readonly kind: 'nothing'; readonly latencyMs: number; readonly sentence: string };

/** What the client tells the server when it starts; every field may be missing, for other clients. */
export interface InitializationOptions {
  /** Settings as under `lacuna` in the editor, for clients without workspace/configuration. */
  readonly settings?: unknown;
  /** Whether the client understands `lacuna.accepted` and the notifications above. */
  readonly lacunaClient?: boolean;
  readonly paused?: boolean;
  /** Whether programs may read the workspace's git repositories; true where nothing is said. */
  readonly trusted?: boolean;
  /** Programs that the user's own settings name as git, the preferred one first. */
  readonly gitPath?: readonly string[];
  /** A folder of the workspace's own, where what was measured on its repository is kept. */
  readonly storage?: string;
}
