// The conflicts of open documents and the answers to them. Git says which markers are conflicts: an example in a document
// and a string of a test are none. Conflicts are found once for each version of a document and state of git; an answer is kept for as long as the conflict and the lines around it stay as they are, whatever is typed elsewhere.

import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { DocumentSnapshot } from '../../common/document.js';
import type { OffsetRange } from '../../common/range.js';
import { ReadLately } from '../../common/readLately.js';
import {
  noFile,
  reasonOfIndentedMarkers,
  reasonWithoutLines,
  reasonWithoutMarkers,
  USUAL_MARKER_SIZE,
  type FileInGit,
  type UnmergedFile,
} from '../../git/index.js';
import {
  addBases,
  CONTEXT_LINES,
  parseConflicts,
  type Conflict,
  type ConflictFile,
  type ConflictTexts,
  type MergeResolver,
  type FileVersions,
  type ResolutionResult,
  withEndsOfFile,
  withoutMark,
} from '../../merge/index.js';
import type { Words } from '../../common/words.js';
import { SharedWork } from './sharedWork.js';

export interface ConflictsDependencies {
  readonly resolver: MergeResolver;
  /** What git knows of a file; undefined where it may not be asked. */
  readonly readInGit: (uri: string, signal: AbortSignal) => Promise<FileInGit | undefined>;
  /** The conflicts of the other files of a file's merge; none where nobody knows them. */
  readonly readElsewhere: (uri: string, signal: AbortSignal) => Promise<readonly ConflictTexts[]>;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  /** Called when git has come to say something else of a document with markers. */
  readonly changed?: () => void;
}

/** Answers are kept up to so many, and up to so many UTF-16 units of text. */
const MOST_ANSWERS = 5_000;
const MOST_TEXT = 20_000_000;

/** Milliseconds after which git is asked again for a file: another merge may have begun meanwhile. */
const GIT_LIFE = 5_000;

/**
 * Milliseconds after which a file with markers that git calls settled is looked at again: git writes its index after the
 * files, so that an editor may see the markers first.
 */
const LOOK_AGAIN = [1_000, 4_000, 15_000];

/** What may be left of a conflict whose other markers somebody took out, and may be a heading; git tells them apart. */
const MIDDLE_MARKER = /^(?:={7}|\|{7}(?: .*)?)\r?$/m;

/** What stands for bytes that are no letters in an encoding. */
const REPLACEMENT = '\ufffd';

const unknownVersions: FileVersions = { ours: undefined, base: undefined, theirs: undefined };

/** Milliseconds after which the merge's other files are read again, and how long an answer waits for them. */
const ELSEWHERE_LIFE = 10_000;
const ELSEWHERE_TIME = 1_000;

interface Known {
  readonly version: number;
  /** Whether there are markers at all; most documents have none, and git is not asked. */
  readonly isMarked: boolean;
  asGit: AsGit | undefined;
}

/** A document's conflicts in the light of what git said. */
interface AsGit {
  readonly inGit: FileInGit | undefined;
  readonly file: ConflictFile;
  readonly withBases: ConflictFile;
}

const nothing: ConflictFile = { conflicts: [], broken: [] };

export class Conflicts {
  private readonly known = new Map<string, Known>();
  private readonly inGit: ReadLately<FileInGit | undefined>;
  private readonly lookingAgain = new Map<string, NodeJS.Timeout>();
  private readonly elsewhere: ReadLately<readonly ConflictTexts[]>;
  private readonly answers = new LRUCache<string, ResolutionResult>({
    max: MOST_ANSWERS,
    maxSize: MOST_TEXT,
    sizeCalculation: ({ resolutions }) => 1 + resolutions.reduce((sum, { text }) => sum + text.length, 0),
  });
  private readonly work = new SharedWork<ResolutionResult>();
  /** The versions of files that had conflicts with markers: where these are gone, they have been answered. */
  private readonly marked = new LRUCache<string, string>({ max: MOST_ANSWERS });

  constructor(private readonly dependencies: ConflictsDependencies) {
    this.inGit = new ReadLately(GIT_LIFE, dependencies.now);
    this.elsewhere = new ReadLately(ELSEWHERE_LIFE, dependencies.now);
  }

  /** What is in conflict in a document; bases that the markers do not show are missing. */
  async of(document: DocumentSnapshot): Promise<ConflictFile> {
    return (await this.asGitSays(document))?.file ?? nothing;
  }

  /** The same conflicts, with the bases that git has kept. */
  async withBases(document: DocumentSnapshot): Promise<ConflictFile> {
    return (await this.asGitSays(document))?.withBases ?? nothing;
  }

  /** Whether git has been asked which markers are conflicts, so that several may be resolved without looking at each. */
  async isCertain(document: DocumentSnapshot): Promise<boolean> {
    const known = await this.asGitSays(document);
    return known === undefined || (known.inGit !== undefined && known.inGit.kind !== 'unknown');
  }

  /**
   * Whether the editor has read a file in another encoding than its own: there are signs for bytes that are none of its
   * letters, and no version has such a sign. An editor that saves it loses these bytes.
   */
  async isMisread(document: DocumentSnapshot): Promise<boolean> {
    if (!document.text.includes(REPLACEMENT)) return false;
    const inGit = (await this.asGitSays(document))?.inGit;
    const versions = inGit?.kind === 'unmerged' ? Object.values<string | undefined>({ ...inGit.stages }) : [];
    return !versions.some((version) => version?.includes(REPLACEMENT));
  }

  /**
   * Why git has a file in conflict though nothing in it is marked; undefined where it has not, or where nothing is left to do.
   * @param text undefined where the file is gone or is no text
   */
  async leftWithoutMarkers(uri: string, text: string | undefined): Promise<Words | undefined> {
    const inGit = await this.inGitOf(uri);
    if (inGit?.kind !== 'unmerged') return undefined;
    const reason = reasonWithoutLines(inGit) ?? (text === undefined ? noFile : reasonOfIndentedMarkers(inGit, text));
    if (reason !== undefined || text === undefined || this.marked.get(uri) === versionsOf(inGit)) return reason;
    return reasonWithoutMarkers(inGit, text);
  }

  /** Git has written its index, or may be asked from now on. */
  gitChanged(): void {
    const marked = [...this.known].filter(([, { isMarked }]) => isMarked);
    for (const [uri] of marked) this.inGit.forget(uri);
    if (marked.length > 0) this.dependencies.changed?.();
  }

  /** @throws an AbortError when the signal is aborted */
  async answer(document: DocumentSnapshot, index: number, signal: AbortSignal): Promise<ResolutionResult> {
    const known = await this.asGitSays(document);
    signal.throwIfAborted();
    const conflict = known?.withBases.conflicts[index];
    if (known === undefined || conflict === undefined) return { resolutions: [], reason: undefined };
    const answer = await this.answerTo(document, known.withBases, conflict, signal);
    const versions = known.inGit?.kind === 'unmerged' ? known.inGit.stages : unknownVersions;
    const resolutions = answer.resolutions.map((each) => withEndsOfFile(each, document.text, conflict, versions));
    return resolutions.every((each, index) => each === answer.resolutions[index]) ? answer : { ...answer, resolutions };
  }

  private async answerTo(
    document: DocumentSnapshot,
    file: ConflictFile,
    conflict: Conflict,
    signal: AbortSignal,
  ): Promise<ResolutionResult> {
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
    this.inGit.forget(uri);
    clearTimeout(this.lookingAgain.get(uri));
    this.lookingAgain.delete(uri);
    this.elsewhere.forget(uri);
  }

  private knownOf({ uri, version, text }: DocumentSnapshot): Known {
    const known = this.known.get(uri);
    if (known?.version === version) return known;
    const { conflicts, broken } = parseConflicts(text);
    const isMarked = conflicts.length + broken.length > 0 || MIDDLE_MARKER.test(text);
    const found: Known = { version, isMarked, asGit: undefined };
    this.known.set(uri, found);
    return found;
  }

  /** Undefined where nothing is marked. */
  private async asGitSays(document: DocumentSnapshot): Promise<AsGit | undefined> {
    const known = this.knownOf(document);
    if (!known.isMarked) return undefined;
    const inGit = await this.inGitOf(document.uri);
    if (known.asGit === undefined || known.asGit.inGit !== inGit) known.asGit = asGit(document.text, inGit);
    if (inGit?.kind === 'unmerged' && known.asGit.file.conflicts.length > 0) {
      this.marked.set(document.uri, versionsOf(inGit));
    }
    if (inGit?.kind === 'settled') this.lookAgain(document.uri, 0);
    return known.asGit;
  }

  private inGitOf(uri: string): Promise<FileInGit | undefined> {
    // Not the signal of a request, since others wait for the same. Where git does not answer, it is as if not asked.
    return this.inGit.of(uri, () =>
      this.dependencies.readInGit(uri, AbortSignal.timeout(GIT_LIFE)).catch(() => undefined),
    );
  }

  private lookAgain(uri: string, times: number): void {
    const wait = LOOK_AGAIN[times];
    if (wait === undefined || (times === 0 && this.lookingAgain.has(uri))) return;
    const timer = setTimeout(() => {
      if (!this.known.has(uri)) return;
      this.inGit.forget(uri);
      void this.inGitOf(uri).then((inGit) => {
        if (inGit?.kind === 'settled') return this.lookAgain(uri, times + 1);
        this.lookingAgain.delete(uri);
        this.dependencies.changed?.();
      });
    }, wait);
    timer.unref();
    this.lookingAgain.set(uri, timer);
  }

  private elsewhereOf(uri: string): Promise<readonly ConflictTexts[]> {
    // Without them an answer is less sure, no more.
    return this.elsewhere.of(uri, () =>
      this.dependencies.readElsewhere(uri, AbortSignal.timeout(ELSEWHERE_TIME)).catch(() => []),
    );
  }
}

/** Tells the conflicts of one merge from those of another. */
function versionsOf({ entries: { ours, base, theirs } }: UnmergedFile): string {
  return [ours, base, theirs].map((entry) => entry?.object ?? '').join(' ');
}

function asGit(text: string, inGit: FileInGit | undefined): AsGit {
  const file = conflictsIn(text, inGit);
  const base = inGit?.kind === 'unmerged' ? inGit.stages.base : undefined;
  return { inGit, file, withBases: base === undefined ? file : addBases(text, file, withoutMark(base)) };
}

function conflictsIn(text: string, inGit: FileInGit | undefined): ConflictFile {
  switch (inGit?.kind) {
    case 'settled':
      return nothing;
    case 'outside':
      return parseConflicts(text);
    case 'unmerged': {
      const { ours, base, theirs } = inGit.stages;
      const versions = [ours, base, theirs].filter((version) => version !== undefined);
      return parseConflicts(text, { markerSize: inGit.markerSize, versions });
    }
    default:
      // Git cannot be asked.
      return parseConflicts(text, { markerSize: USUAL_MARKER_SIZE, versions: [] });
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
