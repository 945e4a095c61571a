// Answers a conflict: poses the problem, lets the ranker order the candidates, and says in words what each answer is. Answers are not kept
// here: whoever asks knows how long they are good for.

import { isAbortError } from '../common/abort.js';
import type { Logger } from '../common/logger.js';
import { languageOf } from '../languages/index.js';
import type { Syntax } from '../syntax/index.js';
import { withoutSpace } from './diff/withoutSpace.js';
import { contextAfter, contextBefore, nearestFirst, OTHER_CONFLICTS } from './conflict/context.js';
import { lockFileOf } from './conflict/lockFiles.js';
import { explain, type Explained } from './explain/explain.js';
import { createGate, type Gate } from './gate/index.js';
import { findRenames } from './names/findRenames.js';
import { findMisfits, renamesMissedBy } from './names/nameFindings.js';
import { renameAnswers, type RenamedAnswers } from './ranking/renamedAnswers.js';
import { MOST_SIBLINGS } from './ranking/sidePreference.js';
import { withLf, withLineEndsOf } from './diff/lineEnds.js';
import { piecesOf } from './explain/pieces.js';
import { poseProblem } from './candidates/poseProblem.js';
import { textsOf } from './conflict/textsOf.js';
import { viewsOf } from './conflict/sideViews.js';
import { surroundingsOf } from './conflict/surroundings.js';
import type { Surrounding } from './conflict/syntaxCheck.js';
import type {
  Candidate,
  Conflict,
  ConflictDocument,
  ConflictFile,
  Derivation,
  MergeEvidence,
  MergeInput,
  MergeProblem,
  MergeResolver,
  NoResolutionReason,
  RankedCandidate,
  Ranker,
  Refusal,
  Resolution,
  ResolutionResult,
} from './types.js';

export interface MergeResolverOptions {
  readonly ranker: Ranker;
  readonly syntax: Syntax;
  readonly logger: Logger;
  /** Whether answers count only where one is certain: then nothing is ranked where the gate refuses all of them. */
  readonly certainOnly?: boolean;
}

/** Answers that are worth showing. */
const MOST_RESOLUTIONS = 10;

/** UTF-16 units of the sides together; beyond it nobody reads what an answer would be. */
const LONGEST_CONFLICT = 2_000_000;

/** Answers among which one that keeps both sides is looked for, and whose calls are held against changed signatures. */
const MOST_KEPT = 6;

/**
 * What the gate says of an answer that keeps both sides: two entries of a list may well have lines in common, and what is the
 * matter with a name or a sentence is said of it.
 */
const keepsBoth: readonly (Refusal | undefined)[] = [
  undefined,
  'doubledLine',
  'definedTwice',
  'mixedSentence',
  'renamedName',
  'changedSignature',
];

/** No answer that the gate refuses is shown as surer than this. */
const REFUSED = 0.89;

/** How a file begins that Git LFS keeps elsewhere: a checksum and a size, which are of no use apart. */
const POINTER = 'version https://git-lfs.github.com/spec/';

/** As sure as one of two can be. */
const EVEN = 0.5;

export function createMergeResolver({
  ranker,
  syntax,
  logger,
  certainOnly = false,
}: MergeResolverOptions): MergeResolver {
  const answer = async (
    input: MergeInput,
    surroundings: readonly Surrounding[] | undefined,
    signal: AbortSignal,
  ): Promise<ResolutionResult> => {
    const unanswerable = reasonAgainst(input);
    if (unanswerable !== undefined) return { resolutions: [], reason: unanswerable };
    try {
      const problem = await poseProblem(input, syntax, signal, surroundings);
      const names = noting(syntax);
      const isCutShort = (): boolean =>
        names.gaveUp || (problem.evidence.sidesParse === undefined && syntax.parses(input.languageId));
      const renames = await findRenames(input, names);
      signal.throwIfAborted();
      if (certainOnly && refusesAll(problem, createGate(problem, { renames, isCutShort: isCutShort() }))) {
        return { resolutions: [], reason: undefined };
      }
      const ranked = await ranker.rank(problem, signal);
      const { settlement } = problem.evidence;
      const isSettlement = (candidate: Candidate): boolean => settlement?.text === withoutSpace(candidate.text);
      const lookedAt = ranked.filter(({ candidate }, place) => place < MOST_KEPT || isSettlement(candidate));
      const misfits = await findMisfits(
        input,
        lookedAt.map(({ candidate }) => candidate.text),
        names,
        signal,
      );
      signal.throwIfAborted();
      const gate = createGate(problem, { renames, misfits, isCutShort: isCutShort() });
      const isSettled = (candidate: Candidate): boolean =>
        isSettlement(candidate) && gate.refusal(candidate) === undefined;
      const sound = keepingSound(keepingBoth(ranked, input, gate), problem.evidence.sidesParse, gate);
      const renamed = renameAnswers(sound, input.languageId, renames);
      const resolutions = withVariants(renamed.ranked)
        .slice(0, MOST_RESOLUTIONS)
        .map((each, place) => {
          const original = originalOf(each.candidate, renamed);
          return describe(each, problem, {
            refusal: place === 0 ? refusalOf(each.candidate, original, gate) : undefined,
            isSettled: isSettled(each.candidate),
            renames: original === undefined ? [] : renamesMissedBy(original.text, input.languageId, renames),
            misfit: misfits.get((original ?? each.candidate).text),
          });
        });
      return { resolutions: turnsOnIndentation(input) ? resolutions.map(atMostEven) : resolutions, reason: undefined };
    } catch (error) {
      if (isAbortError(error)) throw error;
      logger.error(`A conflict could not be answered: ${String(error)}`);
      return { resolutions: [], reason: 'rankerFailed' };
    }
  };
  return {
    resolveInput: (input, signal) => answer(input, undefined, signal),
    async resolve(document, file, conflict, signal) {
      signal.throwIfAborted();
      const input = inputOf(document, file, conflict);
      const result = await answer(input, surroundingsOf(document.text, file, conflict), signal);
      return { ...result, resolutions: result.resolutions.map((each) => fitInto(each, document.text, conflict)) };
    },
  };
}

/** Parsers that note whether a text was given up: nobody knows then what its tree would have shown. */
function noting(syntax: Syntax): Syntax & { readonly gaveUp: boolean } {
  let gaveUp = false;
  return {
    ...syntax,
    async parse(languageId, text, key) {
      const tree = await syntax.parse(languageId, text, key);
      gaveUp ||= tree === undefined && syntax.parses(languageId);
      return tree;
    },
    get gaveUp() {
      return gaveUp;
    },
  };
}

function refusesAll({ candidates }: MergeProblem, gate: Gate): boolean {
  return candidates.every((candidate) => gate.refusal(candidate) !== undefined);
}

function reasonAgainst({ before, ours, theirs, base = '', path }: MergeInput): NoResolutionReason | undefined {
  const lockFile = lockFileOf(path);
  if (lockFile !== undefined) return lockFile;
  if (ours.length + theirs.length + base.length > LONGEST_CONFLICT) return 'tooLarge';
  if (ours.includes('\0') || theirs.includes('\0')) return 'binary';
  if ([ours, theirs].some((side) => (before + side).startsWith(POINTER))) return 'pointer';
  return undefined;
}

/**
 * Whether the sides differ in white space alone where indentation carries meaning. Answers are told apart by what is not
 * white space, so that here all of them count as one, and nothing is known of which is right.
 */
function turnsOnIndentation({ ours, theirs, languageId }: MergeInput): boolean {
  const isMeaningful = languageOf(languageId)?.program?.blockStyle === 'colon';
  return isMeaningful && ours !== theirs && withoutSpace(ours) === withoutSpace(theirs);
}

function atMostEven(resolution: Resolution): Resolution {
  const { confidence, rankerConfidence } = resolution;
  return {
    ...resolution,
    confidence: Math.min(confidence, EVEN),
    rankerConfidence: Math.min(rankerConfidence, EVEN),
  };
}

/**
 * Where both sides only add something and nothing is known of the merge's other conflicts, an answer that keeps both goes
 * in front of one that drops a side: what is lost there, nobody would miss in the file. Each is then as likely as both.
 */
function keepingBoth(
  ranked: readonly RankedCandidate[],
  { base, siblings }: MergeInput,
  gate: Gate,
): readonly RankedCandidate[] {
  const [first] = ranked;
  if (first === undefined || base?.trim() !== '' || siblings.length > 0) return ranked;
  if (gate.refusal(first.candidate) !== 'droppedEdit') return ranked;
  const kept = ranked.slice(1, MOST_KEPT).find(({ candidate }) => keepsBoth.includes(gate.refusal(candidate)));
  if (kept === undefined) return ranked;
  return inFront(kept, ranked);
}

/**
 * An answer that breaks the file does not go first where another of the likeliest is sound. Nobody wants a name that nothing
 * defines any more; a syntax error that neither side has may be the grammar's own, so there the sound one has to be at
 * least half as likely. Each is then as likely as both.
 */
function keepingSound(
  ranked: readonly RankedCandidate[],
  sides: MergeEvidence['sidesParse'],
  gate: Gate,
): readonly RankedCandidate[] {
  const [first] = ranked;
  if (first === undefined) return ranked;
  const doParse = sides?.ours === true && sides.theirs;
  const hasError = ({ candidate }: RankedCandidate): boolean => doParse && candidate.parses === false;
  const losesName = ({ candidate }: RankedCandidate): boolean => gate.losesName(candidate);
  const isLost = losesName(first);
  if (!isLost && !hasError(first)) return ranked;
  const isSound = (each: RankedCandidate): boolean => !hasError(each) && !losesName(each);
  // A join whose new lines use a name that the other side has renamed is mended by renaming it there too.
  const renamed = isLost
    ? ranked.slice(1, MOST_RESOLUTIONS).find((each) => isRenamed(each.candidate) && isSound(each))
    : undefined;
  const sound = renamed ?? ranked.slice(1, MOST_KEPT).find(isSound);
  if (sound === undefined) return ranked;
  return isLost || 2 * sound.confidence >= first.confidence ? inFront(sound, ranked) : ranked;
}

/** Whether names of one side stand in new lines of the other. */
function isRenamed({ derivations }: Candidate): boolean {
  return derivations.some(({ pattern }) => pattern.startsWith('merge-with-renames'));
}

function inFront(chosen: RankedCandidate, ranked: readonly RankedCandidate[]): readonly RankedCandidate[] {
  const [first] = ranked;
  const confidence = (first!.confidence + chosen.confidence) / 2;
  return [chosen, ...ranked.filter((each) => each !== chosen)].map((each) =>
    each === chosen || each === first ? { ...each, confidence } : each,
  );
}

/**
 * Where both sides changed the white space of the likeliest words, each otherwise, both ways to write them are offered;
 * which one is meant is a toss-up.
 */
function withVariants([first, ...others]: readonly RankedCandidate[]): readonly RankedCandidate[] {
  if (first === undefined) return [];
  const [variant] = first.candidate.variants;
  if (variant === undefined) return [first, ...others];
  const confidence = first.confidence * EVEN;
  const spelled = { ...first, confidence, candidate: { ...first.candidate, text: variant } };
  const rest = [spelled, ...others].sort((left, right) => right.confidence - left.confidence);
  const [second] = rest;
  // The likeliest words stay in front, even where another answer is likelier than either way to write them.
  return second !== undefined && second !== spelled && second.confidence > confidence
    ? [{ ...first, confidence: second.confidence }, ...rest]
    : [{ ...first, confidence }, ...rest];
}

function describe(
  { candidate, confidence: given, attributions }: RankedCandidate,
  { input, evidence: { sidesParse: sides, settlement } }: MergeProblem,
  found: Pick<Explained, 'refusal' | 'isSettled' | 'renames' | 'misfit'>,
): Resolution {
  const { refusal, isSettled } = found;
  const { text } = candidate;
  const confidence = refusal === undefined ? given : Math.min(given, REFUSED);
  // Where a side has errors of its own, nobody can say that an answer brings them in.
  const parses = sides?.ours === true && sides.theirs ? candidate.parses : undefined;
  const way = plainest(candidate);
  const { pattern, source, parts } = way;
  const pieces = piecesOf(text, input, input.languageId);
  return {
    text,
    pattern,
    source,
    parts,
    confidence,
    rankerConfidence: given,
    parses,
    pieces,
    refusal,
    settled: isSettled ? settlement : undefined,
    explanation: explain(way, {
      text,
      pieces,
      parses,
      confidence,
      attributions,
      ...found,
      isSpelledAnew: isSpelledAnew(way, text, input),
    }),
  };
}

/** Of an answer with new names the one with the old names; a way to write it in other white space counts as itself. */
function originalOf(candidate: Candidate, { originals }: RenamedAnswers): Candidate | undefined {
  const { derivations } = candidate;
  return [...originals].find(([renamed]) => renamed === candidate || renamed.derivations === derivations)?.[1];
}

/** New names are neither side's words, so what the gate says of the old ones counts, but for their being old. */
function refusalOf(candidate: Candidate, original: Candidate | undefined, gate: Gate): Refusal | undefined {
  const refusal = gate.refusal(original ?? candidate);
  if (original === undefined) return refusal === 'droppedEdit' && isRenamed(candidate) ? 'renamedElsewhere' : refusal;
  return refusal === 'renamedName' ? 'renamedElsewhere' : refusal;
}

/** Whether a side is taken with white space of the other. */
function isSpelledAnew({ pattern }: Derivation, text: string, { ours, theirs }: MergeInput): boolean {
  return (pattern === 'ours' && text !== ours) || (pattern === 'theirs' && text !== theirs);
}

/** Of several ways to a text, the one that a person sees at once: a side as it stands, or both one after the other. */
function plainest({ derivations }: Candidate): Derivation {
  return (
    derivations.find(({ source, pattern }) => source === 'line' && plainPatterns.includes(pattern)) ?? derivations[0]!
  );
}

const plainPatterns: readonly string[] = ['ours', 'theirs', 'ours+theirs', 'theirs+ours', 'base'];

function inputOf(
  { text, languageId, path, elsewhere = [] }: ConflictDocument,
  file: ConflictFile,
  conflict: Conflict,
): MergeInput {
  const views = viewsOf(text, file, conflict);
  const first = Math.max(0, conflict.index - OTHER_CONFLICTS / 2);
  const others = file.conflicts
    .slice(first, first + OTHER_CONFLICTS + 1)
    .filter(({ index }) => index !== conflict.index)
    .slice(0, OTHER_CONFLICTS);
  return {
    ...textsOf(conflict),
    before: withLf(contextBefore(text, conflict.range)),
    after: withLf(contextAfter(text, conflict.range)),
    ...(views === undefined ? {} : { file: { base: views.base, rest: restOf(text, conflict), sides: views } }),
    languageId,
    path,
    others: others.map(textsOf),
    siblings: [
      ...nearestFirst(file.conflicts, conflict.index).slice(0, MOST_SIBLINGS).map(textsOf),
      ...elsewhere,
    ].slice(0, MOST_SIBLINGS),
  };
}

/** All that stands outside of a conflict, the file's other conflicts with both their sides. */
function restOf(text: string, { range }: Conflict): string {
  return text.slice(0, range.start) + text.slice(range.end);
}

/** Gives an answer the line ends of its conflict; its last line ends as the conflict's closing marker does. */
function fitInto(resolution: Resolution, document: string, conflict: Conflict): Resolution {
  const { text } = resolution;
  const firstLine = document.indexOf('\n', conflict.range.start);
  const isWindows = firstLine > 0 && document[firstLine - 1] === '\r';
  const isLast = document[conflict.range.end - 1] !== '\n';
  const closed = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  const isAtEnd = conflict.range.end === document.length;
  const ended = withLineEndsOf(closed, conflict, isWindows ? '\r\n' : '\n', isAtEnd);
  const fitted = isLast ? ended.replace(/\r?\n$/, '') : ended;
  return { ...resolution, text: fitted, pieces: movePieces(resolution, fitted) };
}

/** The pieces of a text after its line ends changed. */
function movePieces({ text, pieces }: Resolution, fitted: string): Resolution['pieces'] {
  if (text === fitted) return pieces;
  let [index, at] = [0, 0];
  // Pieces stand in their order, so that the text is walked once.
  const moved = (offset: number): number => {
    for (; index < offset; index++) at += text[index] === '\n' && fitted[at] === '\r' ? 2 : 1;
    return offset === text.length ? fitted.length : at;
  };
  return pieces
    .map(({ origin, range }) => ({ origin, range: { start: moved(range.start), end: moved(range.end) } }))
    .filter(({ range }) => range.end > range.start);
}
