// What client and server say to each other beyond the language server protocol. The client imports this file of the
// server and no other, so it depends on nothing. Names begin with `lacuna/`; another client may ignore them all.

/** Client to server, when the selection has rested somewhere: the prompt of that place is prepared in idle time. */
export const cursorNotification = 'lacuna/cursor';
export interface CursorParams {
  readonly textDocument: { readonly uri: string };
  /** Zero-based, as in the protocol. */
  readonly position: { readonly line: number; readonly character: number };
}

/** Client to server, when a suggestion was accepted: the next one is computed before it is asked for. */
export const acceptedNotification = 'lacuna/accepted';
export interface AcceptedParams {
  readonly textDocument: { readonly uri: string };
  /** Where the cursor is after it. */
  readonly position: { readonly line: number; readonly character: number };
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
}
