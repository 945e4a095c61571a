// Everything that is said between the workspace's client (client.ts) and its worker (worker.ts).

import type { ContextPart } from '../completion/index.js';
import type { ContextQuestion, WorkspaceState } from './types.js';

export interface WorkspaceStart {
  readonly grammarFolder: string;
  readonly duty: number;
}

export type ToWorkspace =
  | { readonly kind: 'folders'; readonly folders: readonly string[] }
  | { readonly kind: 'changed'; readonly file: string }
  | { readonly kind: 'choose'; readonly task: number; readonly question: ContextQuestion }
  | { readonly kind: 'state'; readonly task: number };

/** Every task gets exactly one answer. */
export type FromWorkspace =
  /** Undefined where what was chosen last stays. */
  | { readonly kind: 'chosen'; readonly task: number; readonly parts: readonly ContextPart[] | undefined }
  | { readonly kind: 'state'; readonly task: number; readonly state: WorkspaceState };
