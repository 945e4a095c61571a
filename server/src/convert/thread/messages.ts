// What is said between whoever wants a model and the threads that make it. All of them run one program (worker.ts).

import type { Words } from '../../common/words.js';
import type { Conversion } from '../folder/convert.js';
import type { RoundingJob } from '../folder/job.js';
import type { PrefillJob } from '../prefill/makePrefill.js';
import type { RoundedRows } from '../rounding/roundRows.js';

/** Given to a thread when it starts. */
export type ThreadStart =
  | {
      readonly kind: 'convert';
      readonly conversion: Conversion;
      readonly file: string;
      readonly roundingThreads: number;
    }
  | { readonly kind: 'prefill'; readonly job: PrefillJob }
  | { readonly kind: 'round' };

/** To the thread that makes something: end, and keep what is finished. */
export type ToMaker = { readonly kind: 'cancel' };

/** From the thread that makes something; it ends with one of the last three. */
export type FromMaker<Made> =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'made'; readonly made: Made }
  | { readonly kind: 'refused'; readonly reason: Words }
  | { readonly kind: 'cancelled' };

/** To and from a thread that rounds, one job at a time. */
export type ToRounder = RoundingJob;
export type FromRounder = RoundedRows | undefined;
