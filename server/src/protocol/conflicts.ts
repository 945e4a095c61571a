// The conflicts of open documents and the answers to them. Conflicts are found once for each version of a document; an
// answer is kept for as long as the conflict and the lines around it stay as they are, whatever is typed elsewhere.

import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { DocumentSnapshot } from '../common/document.js';
import type { OffsetRange } from '../common/range.js';
import { ReadLately } from '../common/readLately.js';
import {
  addBases,
  CONTEXT_LINES,
  parseConflicts,
  type Conflict,
  type ConflictFile,
  type ConflictTexts,
  type MergeResolver,
  type ResolutionResult,
} from '../merge/index.js';
import { SharedWork } from './sharedWork.js';

export interface ConflictsDependencies {
  readonly resolver: MergeResolver;
  /** The version of a file before both sides changed it; undefined where nobody knows it. */
  readonly readBase: (uri: string, signal: AbortSignal) => Promise<string | undefined>;
  /** The conflicts of the other files of a file's merge; none where nobody knows them. */
  readonly readElsewhere: (uri: string, signal: AbortSignal) => Promise<readonly ConflictTexts[]>;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
}

/** Answers are kept up to so many, and up to so many UTF-16 units of text. */
const MOST_ANSWERS = 5_000;
const MOST_TEXT = 20_000_000;

/** Milliseconds after which git is asked again for a file's base: another merge may have begun meanwhile. */
const BASE_LIFE = 5_000;

/** Milliseconds after which the merge's other files are read again, and how long an answer waits for them. */
const ELSEWHERE_LIFE = 10_000;
const ELSEWHERE_TIME = 1_000;

interface Known {
  readonly version: number;
  readonly file: ConflictFile;
  withBases: Promise<ConflictFile> | undefined;
}

export class Conflicts {
  private readonly known = new Map<string, Known>();
  private readonly bases: ReadLately<string | undefined>;
  private readonly elsewhere: ReadLately<readonly ConflictTexts[]>;
  private readonly answers = new LRUCache<string, ResolutionResult>({
    max: MOST_ANSWERS,
    maxSize: MOST_TEXT,
    sizeCalculation: ({ resolutions }) => 1 + resolutions.reduce((sum, { text }) => sum + text.length, 0),
  });
  private readonly work = new SharedWork<ResolutionResult>();

  constructor(private readonly dependencies: ConflictsDependencies) {
    this.bases = new ReadLately(BASE_LIFE, dependencies.now);
    this.elsewhere = new ReadLately(ELSEWHERE_LIFE, dependencies.now);
  }

  /** What is marked in a document; bases that the markers do not show are missing. */
  of(document: DocumentSnapshot): ConflictFile {
    return this.knownOf(document).file;
  }

  /** The same conflicts, with the bases that git has kept. */
  async withBases(document: DocumentSnapshot): Promise<ConflictFile> {
    const known = this.knownOf(document);
    return (known.withBases ??= this.findBases(document, known.file));
  }

  /** @throws an AbortError when the signal is aborted */
  async answer(document: DocumentSnapshot, index: number, signal: AbortSignal): Promise<ResolutionResult> {
    const file = await this.withBases(document);
    signal.throwIfAborted();
    const conflict = file.conflicts[index];
    if (conflict === undefined) return { resolutions: [], reason: undefined };
    const key = keyOf(document, conflict);
    const answered = this.answers.get(key);
    if (answered !== undefined) return answered;
    const begin = async (own: AbortSignal): Promise<ResolutionResult> => {
      const elsewhere = await this.elsewhereOf(document.uri);
      own.throwIfAborted();
      const resolved = await this.dependencies.resolver.resolve({ ...document, elsewhere }, file, conflict, own);
      // A copy, since a string that was cut out of the document would keep the whole text of this version in memory.
      const result = structuredClone(resolved);
      // What went wrong once may go right the next time.
      if (result.reason !== 'rankerFailed') this.answers.set(key, result);
      return result;
    };
    return this.work.join(key, begin, signal);
  }

  /** A document was closed. */
  forget(uri: string): void {
    this.known.delete(uri);
    this.bases.forget(uri);
    this.elsewhere.forget(uri);
  }

  private knownOf({ uri, version, text }: DocumentSnapshot): Known {
    const known = this.known.get(uri);
    if (known?.version === version) return known;
    const found: Known = { version, file: parseConflicts(text), withBases: undefined };
    this.known.set(uri, found);
    return found;
  }

  private async findBases({ uri, text }: DocumentSnapshot, file: ConflictFile): Promise<ConflictFile> {
    if (file.conflicts.every(({ base }) => base !== undefined)) return file;
    const base = await this.baseOf(uri);
    return base === undefined ? file : addBases(text, file, base);
  }

  private baseOf(uri: string): Promise<string | undefined> {
    // Not the signal of a request, since others wait for the same text. Without git the two sides must do.
    return this.bases.of(uri, () =>
      this.dependencies.readBase(uri, AbortSignal.timeout(BASE_LIFE)).catch(() => undefined),
    );
  }

  private elsewhereOf(uri: string): Promise<readonly ConflictTexts[]> {
    // Without them an answer is less sure, no more.
    return this.elsewhere.of(uri, () =>
      this.dependencies.readElsewhere(uri, AbortSignal.timeout(ELSEWHERE_TIME)).catch(() => []),
    );
  }
}

/** The conflict that a place or a selection touches; the first of several. */
export function conflictAt(
  { conflicts }: ConflictFile,
  text: string,
  { start, end }: OffsetRange,
): Conflict | undefined {
  let low = 0;
  let high = conflicts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (endOf(conflicts[middle]!, text) <= start) low = middle + 1;
    else high = middle;
  }
  const found = conflicts[low];
  return found !== undefined && found.range.start <= end ? found : undefined;
}

/** A cursor behind the last line end stands on the next line, which is no part of the conflict. */
function endOf({ range }: Conflict, text: string): number {
  return /[\r\n]/.test(text.charAt(range.end - 1)) ? range.end : range.end + 1;
}

/** All that an answer depends on, as a hash, because conflicts may be long. */
function keyOf({ languageId, path, text }: DocumentSnapshot, { range, base }: Conflict): string {
  const hash = createHash('sha256');
  const around = surroundings(text, range);
  for (const part of [languageId, path, base?.text ?? '\0', text.slice(around.start, around.end)]) {
    hash.update(`${part.length}\n`).update(part);
  }
  return hash.digest('base64');
}

function surroundings(text: string, { start, end }: OffsetRange): OffsetRange {
  let from = start;
  let to = end;
  for (let lines = 0; lines < CONTEXT_LINES; lines++) {
    if (from > 1) from = text.lastIndexOf('\n', from - 2) + 1;
    const lineEnd = text.indexOf('\n', to);
    to = lineEnd === -1 ? text.length : lineEnd + 1;
  }
  return { start: from, end: to };
}
