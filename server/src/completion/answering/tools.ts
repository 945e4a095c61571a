// What every step of an answer has at hand.

import type { CompleterOptions } from '../types.js';
import type { ResultCache } from '../show/resultCache.js';
import type { Documents } from './documents.js';

export interface Tools extends CompleterOptions {
  readonly cache: ResultCache;
  readonly documents: Documents;
}
