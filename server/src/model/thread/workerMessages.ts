// Everything that is said between the model's client (client.ts) and its worker (worker.ts).

import type { Calibrated, GenerateRequest, Generation, PrefillForms, Prompt } from '../language.js';
import type { Words } from '../../common/words.js';

/** Given to the worker when it starts. */
export interface WorkerStart {
  readonly folder: string;
  readonly threads: number;
  readonly forms?: PrefillForms;
  /** One Int32: the number of the task that should end early. Read between runs, since messages are not. */
  readonly cancelled: SharedArrayBuffer;
  /** Set while the worker is busy (busyThread.ts). */
  readonly busy: Int32Array;
}

/** Client to worker. One task at a time; the next is sent when the last was answered. */
export type ToWorker =
  | { readonly kind: 'generate'; readonly task: number; readonly request: GenerateRequest }
  | { readonly kind: 'prefetch'; readonly task: number; readonly prompt: Prompt }
  | { readonly kind: 'recalibrate' }
  | { readonly kind: 'openPrefill' }
  | { readonly kind: 'close' };

/** Worker to client. Every task gets exactly one of the last four. */
export type FromWorker =
  | { readonly kind: 'ready'; readonly name: string; readonly loadMs: number; readonly calibrated: Calibrated }
  /** The prefill form is open, or cannot be used. */
  | { readonly kind: 'prefill'; readonly problem: Words | undefined }
  /** The answer to `recalibrate`, which is no task. */
  | { readonly kind: 'recalibrated'; readonly calibrated: Calibrated }
  /** The model folder cannot be used; the worker ends, and starting another would not help. */
  | { readonly kind: 'unusable'; readonly reason: Words }
  | { readonly kind: 'generated'; readonly task: number; readonly generation: Generation }
  | { readonly kind: 'prefetched'; readonly task: number; readonly isComputed: boolean }
  | { readonly kind: 'cancelled'; readonly task: number }
  | { readonly kind: 'failed'; readonly task: number; readonly reason: string };
