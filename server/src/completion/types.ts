// What is asked of this room and what it answers, and what it needs from outside.

import type { Logger } from '../common/logger.js';
import type { DocumentSnapshot } from '../common/document.js';
import type { OffsetRange } from '../common/range.js';
import type {
  Certainty,
  Continuation,
  ExitsMode,
  GeneratedToken,
  GenerationTiming,
  LanguageModel,
} from '../model/index.js';
import type { BlockCalibration, RiskLevel, Calibration, Filling, TrainedScore } from '../partial/index.js';
import type { Syntax } from '../syntax/index.js';
import type { ContextSource } from './context/index.js';
import type { Words } from '../common/words.js';

/** What of the settings concerns completion; the protocol room reads and validates it for each document. */
export interface CompletionSettings {
  readonly enabled: boolean;
  /** Lines a suggestion may have: 1 to n, or as many as syntax and probability allow. */
  readonly lines: 'auto' | number;
  /** Milliseconds after which a suggestion is shown as far as it is. */
  readonly maximumMs: number;
  /** How sure a suggestion must be to be shown; `any` shows everything. */
  readonly certainty: Certainty | 'any';
  /** Nothing less likely (0-1) is shown unless it is asked for by hand, whatever the model's own threshold. */
  readonly leastShown?: number;
  /** How layers of the model are spared. */
  readonly exits: ExitsMode;
  /** `auto` adapts the pause before a request to the user's typing; a number fixes it, in milliseconds. */
  readonly debounce: 'auto' | number;
  /** Whether a line is offered with holes where that is worth more, and how often these offers may be wrong. */
  readonly holes: RiskLevel | 'off';
  /** The most holes of a line (1-4). */
  readonly mostHoles: number;
  /** Whether the model is shown pieces of other files. */
  readonly context: boolean;
  /** Whether there are suggestions inside comments, and inside strings: `manual` where they are asked for by hand. */
  readonly comments: TextMode;
  readonly strings: TextMode;
}

export type TextMode = 'on' | 'manual' | 'off';

export interface CompletionRequest {
  readonly document: DocumentSnapshot;
  /** The cursor, a UTF-16 offset into the document's text. */
  readonly offset: number;
  readonly trigger: 'automatic' | 'manual';
  /** The selected item of the editor's own list: the suggestion must continue `text` in place of `range`. */
  readonly selectedCompletion?: { readonly range: OffsetRange; readonly text: string };
  /** How many different suggestions are wanted (1-3). */
  readonly alternatives: number;
  readonly settings: CompletionSettings;
  /** Texts of other documents, the nearest first: what repeats there is written faster. The model does not read them. */
  readonly nearby?: readonly string[];
  /** Whether a line may be answered before it is known whether one with holes takes its place. */
  readonly holesMayFollow?: boolean;
}

export interface Suggestion {
  /** Replaces `range` of the document. */
  readonly text: string;
  readonly range: OffsetRange;
  /**
   * Probability (0-1) that this is what the author writes: calibrated, or the product of the tokens' probabilities. Where
   * several were asked for on a blank line, it is the sum over the spellings of its indentation (rank.ts).
   */
  readonly probability: number;
  /** Of what the model wrote, the parts in holes included. */
  readonly tokens: readonly GeneratedToken[];
  /** Where the text has holes: what is missing. */
  readonly holes?: SuggestedHoles;
}

export interface SuggestedHoles {
  /** What is guaranteed of such suggestions. */
  readonly sentence: Words;
  readonly holes: readonly SuggestedHole[];
}

export interface SuggestedHole {
  /** Of its placeholder in the suggestion's text; empty where the rest of the line is left out. */
  readonly range: OffsetRange;
  readonly kind: Words;
  readonly isRest: boolean;
  readonly reason: Words;
  /** What the model would have written there, and the probability (0-1) that it gives that. */
  readonly wouldBe: string;
  readonly probability: number;
  /** What may be chosen in its place, the likeliest first. */
  readonly choices: readonly string[];
}

/** Why nothing is suggested. Each has a sentence for the status bar in `reasons.ts`. */
export type NoSuggestionReason =
  | 'disabled'
  | 'insideWord'
  | 'insideLine'
  | 'afterDeletion'
  | 'commentsOff'
  | 'commentsByHand'
  | 'stringsOff'
  | 'stringsByHand'
  | 'secretFile'
  | 'tooLarge'
  | 'binary'
  | 'nothingGenerated'
  | 'outOfTime'
  | 'unfinished'
  | 'unbalanced'
  | 'tooShort'
  | 'repeatsSuffix'
  | 'joinsWords'
  | 'repeatsItself'
  | 'looksSecret'
  | 'invisibleSigns'
  | 'misspelt'
  | 'unlikely'
  | 'unsure'
  | 'doesNotFitSelection'
  | 'superseded'
  | 'modelLoading'
  | 'modelFailed';

export type CompletionResult =
  | {
      readonly kind: 'suggestions';
      readonly suggestions: readonly Suggestion[];
      /** `cache` when the answer was known from an earlier request and nothing was computed. */
      readonly source: 'model' | 'cache';
      readonly timing?: GenerationTiming;
      /** Paths of the files that the model was shown pieces of. */
      readonly read?: readonly string[];
      /**
       * Finds out whether the same request would be answered with holes now; where it is left out, holes are in the answer or
       * none will come. Given up, with false, at the next request, edit or other place of the cursor; never rejects.
       */
      readonly holesFollow?: (signal: AbortSignal) => Promise<boolean>;
    }
  | {
      readonly kind: 'none';
      readonly reason: NoSuggestionReason;
      readonly timing?: GenerationTiming;
      /** What the model generated and what is not shown, to explain it. */
      readonly attempt?: Continuation;
      readonly read?: readonly string[];
    };

/** What holes are chosen by; none of it changes with the document. */
export interface HoleKnowledge {
  readonly score: TrainedScore;
  /** The user's own first, where there is one. */
  calibrations(): readonly Calibration[];
  /** Of blocks; without it there are none with holes. */
  readonly blocks?: BlockCalibration | undefined;
}

/** A placeholder in a document. */
export interface WrittenHole {
  readonly range: OffsetRange;
  /** What the model would have written there. */
  readonly wouldBe: string;
}

export interface FillRequest {
  readonly document: DocumentSnapshot;
  readonly hole: WrittenHole;
  /** Other holes that are not filled. */
  readonly others: readonly WrittenHole[];
  readonly settings: Pick<CompletionSettings, 'exits'>;
}

/** The room's face: one per server, with the caches of all documents. */
export interface Completer {
  /**
   * What to suggest at the cursor. A newer automatic request for the same document supersedes an older one.
   * @throws AbortError when the signal is aborted.
   */
  complete(request: CompletionRequest, signal: AbortSignal): Promise<CompletionResult>;
  /**
   * Told of every edit, so that deletions and the typing rhythm are known; an edit of several places comes as one, with
   * the lengths summed. `insertedLength` 0 is a deletion.
   */
  changed(uri: string, change: { readonly insertedLength: number; readonly removedLength: number }): void;
  /**
   * The cursor rests here: prepare the prompt in idle time, so that the next request is warm. Resolves when that is done
   * or given up; never rejects.
   */
  prepare(document: DocumentSnapshot, offset: number, settings: CompletionSettings): Promise<void>;
  /** A suggestion was accepted: prepare what comes after it. */
  accepted(document: DocumentSnapshot, offset: number, settings: CompletionSettings): void;
  /**
   * What might fill a hole of the document, the likeliest first.
   * @throws AbortError when the signal is aborted; Error with one sentence when the model cannot answer
   */
  fill(request: FillRequest, signal: AbortSignal): Promise<readonly Filling[]>;
  closed(uri: string): void;
}

/** With what evaluations ask for and the editor does not. */
export interface MeasuredCompleter extends Completer {
  /** Whether all that was prepared for a document is computed: a busy machine may break that off. */
  isPrepared(uri: string): boolean;
  /**
   * A block as the model writes it at a place of which no answer is known, with the prompt that was prepared there.
   * Undefined where the editor would not ask for one, or the model writes a single line.
   * @throws AbortError when the signal is aborted
   */
  writeBlock(
    document: DocumentSnapshot,
    offset: number,
    settings: CompletionSettings,
    signal: AbortSignal,
  ): Promise<Continuation | undefined>;
}

/** What the room needs from outside. */
export interface CompleterOptions {
  readonly model: LanguageModel;
  readonly syntax: Syntax;
  readonly logger: Logger;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  /** Resolves after so many milliseconds, or rejects with AbortError. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** What holes are chosen by, as soon as it is known; without it no line has holes. */
  readonly holes?: () => HoleKnowledge | undefined;
  /** Chooses what the model is shown of other files; without it, it is shown none. */
  readonly context?: ContextSource;
}
