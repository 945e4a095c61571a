// What the parts of the room hand to each other and to those who ask it: a conflict as it stands in a text, the texts that
// have to be merged, the answers that are possible, and the answers in the order of their likelihood.

import type { OffsetRange } from '../common/range.js';
import type { SmallGraphs } from '../model/index.js';
import type { Words } from '../common/words.js';

/** One side of a conflict: its lines, without the marker lines. */
export interface ConflictSection {
  readonly text: string;
  /** Where the text stands in the document, in UTF-16 units. */
  readonly range: OffsetRange;
}

/** `merge` has two sections, `diff3` (and zdiff3, which looks the same) shows the base between them. */
export type ConflictStyle = 'merge' | 'diff3';

export interface Conflict {
  /** The place among the conflicts of its file, from 0. */
  readonly index: number;
  /** All that a resolution replaces: from the opening marker to the end of the closing marker's line, its line end included. */
  readonly range: OffsetRange;
  /** The line of the opening marker, from 0. */
  readonly line: number;
  readonly style: ConflictStyle;
  readonly ours: ConflictSection;
  readonly theirs: ConflictSection;
  /** Undefined where the markers do not show it; `addBases` may find it in a version of the whole file. */
  readonly base: ConflictSection | undefined;
  /** What stands behind the markers, empty where nothing does. */
  readonly labels: { readonly ours: string; readonly base: string; readonly theirs: string };
  /** How many times the marker's sign is repeated; 7 unless git was told otherwise. */
  readonly markerSize: number;
}

/** Marker lines that do not make a conflict that can be resolved. They are left as they are. */
export interface BrokenConflict {
  /** The line of the first marker, its line end left out. */
  readonly range: OffsetRange;
  /** The number of that line, from 0. */
  readonly line: number;
  readonly reason: BrokenReason;
}

export type BrokenReason = 'noSeparator' | 'noEnd' | 'severalSeparators' | 'nested' | 'strayMarker';

export interface ConflictFile {
  readonly conflicts: readonly Conflict[];
  readonly broken: readonly BrokenConflict[];
  /** Where the version of the whole file from which both sides came is known (`addBases`). */
  readonly whole?: WholeText;
}

/** One version of a whole file, the same object each time; what is found out of it is remembered by this object. */
export interface WholeText {
  readonly text: string;
}

/** A whole file with one side of every conflict in its place. */
export interface SideView {
  readonly file: WholeText;
  /** Where the side of the conflict lies in it, in UTF-16 units. */
  readonly range: OffsetRange;
}

export interface ConflictTexts {
  readonly ours: string;
  readonly theirs: string;
  /** Undefined where it is not known; an empty base says that both sides inserted. */
  readonly base: string | undefined;
}

/** The texts of one conflict, with LF as line end, and what stands around it. */
export interface MergeInput extends ConflictTexts {
  /** Up to CONTEXT_LINES lines in front of and behind the conflict; markers of neighbouring conflicts may be among them. */
  readonly before: string;
  readonly after: string;
  /** The whole file: as it was before both sides, and what of it stands outside of the conflict now. Undefined where not known. */
  readonly file?: {
    readonly base: WholeText;
    readonly rest: string;
    /** The file as each side leaves it. */
    readonly sides?: { readonly ours: SideView; readonly theirs: SideView };
  };
  /** VS Code's language identifier. */
  readonly languageId: string;
  /** The file's path, relative to the workspace; empty where it has none. */
  readonly path: string;
  /** The nearest other conflicts of the file, up to OTHER_CONFLICTS, in the order of the file: they tell which side is ahead. */
  readonly others: readonly ConflictTexts[];
  /**
   * The other conflicts of the same merge, as far as they are known: those of the file, the nearest first, then those of
   * other files. The same object each time stands for the same conflict.
   */
  readonly siblings: readonly ConflictTexts[];
}

/** The nine primitive merge patterns: what becomes of one sub-conflict. `A-without-B` drops what occurs in B. */
export const primitivePatterns = [
  'ours',
  'theirs',
  'base',
  'ours+theirs',
  'theirs+ours',
  'ours-without-base',
  'theirs-without-base',
  'ours+theirs-without-base',
  'theirs+ours-without-base',
] as const;

export type PrimitivePattern = (typeof primitivePatterns)[number];

/** What made a text: patterns on whole lines or on tokens, the syntax tree, or a rule that writes new tokens. */
export type CandidateSource = 'line' | 'token' | 'structural' | 'generated';

/** One way by which a text came about. */
export interface Derivation {
  readonly source: CandidateSource;
  /**
   * The rule's readable name. On lines and tokens: `ours`, `ours+theirs`, ... where one pattern is taken for every
   * sub-conflict; `merge` where there was nothing left to decide; `mixed` where sub-conflicts got different patterns.
   * Otherwise the name of a structural or generating rule, such as `union-imports`.
   */
  readonly pattern: string;
  /** The pattern of each sub-conflict in order; empty for other rules and for a clean merge. */
  readonly parts: readonly PrimitivePattern[];
}

/** A text that may be the resolution. No two candidates of a conflict are equal apart from white space. */
export interface Candidate extends Derivation {
  readonly text: string;
  /** Every way that gave this text, the first of which the candidate itself repeats. */
  readonly derivations: readonly Derivation[];
  /** The place in the order of the engine's own expectation, from 0. */
  readonly index: number;
  /**
   * Whether the text between the lines of context has no more syntax errors than a side has. Undefined where it was not
   * looked at: no grammar, both sides fail, or too many candidates.
   */
  readonly parses: boolean | undefined;
  /** Whether it has a syntax error that one of the sides has not; undefined where `parses` is, but for broken sides. */
  readonly addsErrors: boolean | undefined;
  /** Other texts of the same words, where both sides changed the same white space, each otherwise. */
  readonly variants: readonly string[];
}

/** Where a stretch of a resolution comes from. `new` is in neither side nor in the base. */
export type Origin = 'ours' | 'theirs' | 'both' | 'base' | 'new';

export interface Piece {
  /** Half open, in the resolution's text. */
  readonly range: OffsetRange;
  readonly origin: Origin;
}

export type TokenKind = 'word' | 'number' | 'string' | 'comment' | 'space' | 'newline' | 'punctuation';

export interface Token {
  readonly text: string;
  readonly kind: TokenKind;
}

/** A stretch of a three-way merge: what all agree on or one side alone changed, or what has to be decided. */
export type MergeChunk<Item> =
  | { readonly kind: 'stable'; readonly items: readonly Item[]; readonly from: 'all' | 'ours' | 'theirs' | 'both' }
  | {
      readonly kind: 'conflict';
      readonly ours: readonly Item[];
      readonly base: readonly Item[];
      readonly theirs: readonly Item[];
    };

/** A three-way merge of sequences. */
export interface ThreeWayMerge<Item> {
  readonly chunks: readonly MergeChunk<Item>[];
  readonly conflicts: number;
}

/** What a side did to the elements of all lists, counted. */
export interface SideEdits {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
}

/** How the edits of two sides relate in the outline, in all lists together. */
export interface EditRelation {
  readonly ours: SideEdits;
  readonly theirs: SideEdits;
  /** Nodes that both changed, each otherwise. */
  readonly both: number;
  /** Elements that one side changed and the other took out. */
  readonly removedChanged: number;
  /** Elements that both added under one name, with different texts. */
  readonly twins: number;
  /** Edits that both made alike. */
  readonly alike: number;
  /** Places at which both added something. */
  readonly sameGap: number;
  /** Elements changed by both, each in nodes of its own. */
  readonly shared: number;
  /** Edits of one side next to an edit of the other in the same list. */
  readonly adjacent: number;
}

/** The one way to have both sides' edits where none of them meets another. */
export interface Settlement {
  /** Without white space. */
  readonly text: string;
  readonly ours: SideEdits;
  readonly theirs: SideEdits;
}

/** What the engine found out on its way to the candidates, for those who rank them. */
export interface MergeEvidence {
  /** Undefined where a side is too long for an outline, or the base is not known. */
  readonly relation: EditRelation | undefined;
  /** Undefined where structure alone settles nothing. */
  readonly settlement: Settlement | undefined;
  /** Whether each side, between the lines of context, is free of syntax errors; undefined without a grammar. */
  readonly sidesParse: { readonly ours: boolean; readonly theirs: boolean } | undefined;
  readonly oursTokens: readonly Token[];
  readonly theirsTokens: readonly Token[];
  /** Empty where the base is not known. */
  readonly baseTokens: readonly Token[];
  /** Undefined where the sides are too long or too different, or where the base is not known. */
  readonly lineMerge: ThreeWayMerge<string> | undefined;
  readonly tokenMerge: ThreeWayMerge<string> | undefined;
}

/** One conflict with everything that is known of it before it is answered. */
export interface MergeProblem {
  readonly input: MergeInput;
  readonly candidates: readonly Candidate[];
  readonly evidence: MergeEvidence;
}

/** Something that spoke for or against a candidate. */
export interface Attribution {
  /** A phrase that stands alone, such as `ours only adds lines`. */
  readonly reason: Words;
  /** How much it moved the candidate's log odds. */
  readonly weight: number;
}

export interface RankedCandidate {
  readonly candidate: Candidate;
  /** The calibrated probability that this is what a person would commit. */
  readonly confidence: number;
  /** The heaviest first; a handful. */
  readonly attributions: readonly Attribution[];
}

/** Orders candidates. */
export interface Ranker {
  /** The most likely first; every candidate at most once, and together no more likely than 1. Aborts with the signal. */
  rank(problem: MergeProblem, signal: AbortSignal): Promise<readonly RankedCandidate[]>;
}

/** Why an answer is never certain, however likely it is. */
export type Refusal =
  | 'baseUnknown'
  | 'tooDifferent'
  | 'unchecked'
  | 'droppedEdit'
  | 'droppedSpace'
  | 'spaceAlone'
  | 'inventedLine'
  | 'doubledLine'
  | 'definedTwice'
  | 'mixedSentence'
  | 'markers'
  | 'syntaxError'
  | 'renamedName'
  | 'renamedElsewhere'
  | 'changedSignature'
  | 'lostName';

/** A name that one side gave to something in the file, in place of another that the other side's new lines still use. */
export interface Rename {
  readonly old: string;
  readonly renamed: string;
  /** Whether it holds where the old name stands alone. */
  readonly alone: boolean;
  /** Where it holds for members: of the object at hand, as `this.name`, or of anything. */
  readonly members: 'none' | 'self' | 'any';
}

/** Of answers, by their text, the function that they call with arguments that it no longer takes. */
export type Misfits = ReadonlyMap<string, string>;

/** What the whole file says of the names in a conflict. */
export interface NameFindings {
  readonly renames: readonly Rename[];
  readonly misfits: Misfits;
}

/** One answer to a conflict. */
export interface Resolution {
  /** What replaces the conflict's whole range; its line ends are those of the conflict. */
  readonly text: string;
  readonly pattern: string;
  readonly source: CandidateSource;
  readonly parts: readonly PrimitivePattern[];
  readonly confidence: number;
  /** What the ranker says alone; higher than the confidence where the gate refuses the answer. */
  readonly rankerConfidence: number;
  /** Whether the text fits its surroundings syntactically; undefined where there is no grammar or a side does not parse. */
  readonly parses: boolean | undefined;
  /** Sentences for a person: what it is made of, and why it is sure or not. */
  readonly explanation: Words;
  readonly pieces: readonly Piece[];
  /** Why this first answer is not taken without asking, whatever its confidence; undefined where nothing speaks against it. */
  readonly refusal: Refusal | undefined;
  /** Whose edits it has, where both sides' edits are in parts of their own and nothing speaks against it. */
  readonly settled: Pick<Settlement, 'ours' | 'theirs'> | undefined;
}

/** Why a conflict gets no resolution. */
export type NoResolutionReason = 'tooLarge' | 'binary' | 'pointer' | 'rankerFailed' | LockFile;

/** A file that a package manager writes. */
export interface LockFile {
  readonly name: string;
  /** What makes it anew from the files that people write. */
  readonly command: string;
}

export interface ResolutionResult {
  /** The most likely first; different from each other apart from white space. Empty with a reason. */
  readonly resolutions: readonly Resolution[];
  readonly reason: NoResolutionReason | undefined;
}

export interface ConflictDocument {
  /** The whole text with its markers. */
  readonly text: string;
  readonly languageId: string;
  readonly path: string;
  /** The conflicts of the merge's other files, where they are known. */
  readonly elsewhere?: readonly ConflictTexts[];
}

/** Answers conflicts. One is made for the time of a program; it keeps a few syntax trees. */
export interface MergeResolver {
  /**
   * The answers to one conflict of a document, the most likely first.
   * @param conflicts all conflicts of the document, as parseConflicts gives them
   * @throws an AbortError when the signal is aborted, and nothing else
   */
  resolve(
    document: ConflictDocument,
    conflicts: ConflictFile,
    conflict: Conflict,
    signal: AbortSignal,
  ): Promise<ResolutionResult>;
  /** The answers to a conflict that is known by its texts alone, as in data. */
  resolveInput(input: MergeInput, signal: AbortSignal): Promise<ResolutionResult>;
}

/** A conflict and what replaces it. */
export interface AppliedResolution {
  readonly range: OffsetRange;
  readonly text: string;
}

/** Runs a graph of the ranker's folder. */
export type RunGraph = SmallGraphs['run'];
