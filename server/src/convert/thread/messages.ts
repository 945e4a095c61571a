// What is said between whoever wants a model and the threads that make it. All of them run one program (worker.ts).

import type { Words } from '../../common/words.js';
import type { Conversion, Converted } from '../folder/convert.js';
import type { RoundingJob } from '../folder/job.js';
import type { RoundedRows } from '../rounding/roundRows.js';

/** Given to a thread when it starts. */
export type ThreadStart =
  | {
      readonly kind: 'convert';
      readonly conversion: Conversion;
      readonly file: string;
      readonly roundingThreads: number;
    }
  | { readonly kind: 'round' };

/** To the thread that converts: end, and keep what is finished. */
export type ToConverter = { readonly kind: 'cancel' };

/** From the thread that converts; it ends with one of the last three. */
export type FromConverter =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'converted'; readonly converted: Converted }
  | { readonly kind: 'refused'; readonly reason: Words }
  | { readonly kind: 'cancelled' };

/** To and from a thread that rounds, one job at a time. */
export type ToRounder = RoundingJob;
export type FromRounder = RoundedRows | undefined;
