// What the other rooms see of the model: plain data in, plain data out. No ONNX type appears here.
import type { Logger } from '../common/logger.js';
import type { Words } from '../common/words.js';

/** What the model is asked to continue. The room `completion` decides what goes in; the tokenizer does the rest. */
export interface Prompt {
  /** Names the document whose prompt cache is used; requests with one key share a cache. */
  readonly key: string;
  /** Pieces of other files, in front of everything; each is written as `<|file_sep|>path` and its text. */
  readonly context?: readonly PromptContext[];
  /** Written in front as `<|file_sep|>path`; empty for none. */
  readonly path: string;
  /** Text before the cursor, up to the cursor. */
  readonly prefix: string;
  /**
   * Text from the line after the cursor's on, without the line end that separates the two: generating it is how the
   * model ends the line. Line ends are \n.
   */
  readonly suffix: string;
}

/** A piece of a file that the prompt begins with. */
export interface PromptContext {
  readonly path: string;
  readonly text: string;
}

export type ExitsMode = 'off' | 'exact' | 'certified';

/** Where a drafted token comes from: prompt lookup, lookup in other texts, the draft layer, or lookup and layer alike. */
export type DraftSource = 'prompt' | 'reference' | 'layer' | 'both';

export interface GenerateRequest {
  readonly prompt: Prompt;
  /** How many different continuations are wanted (1-3); those after the first start with different tokens. */
  readonly alternatives: number;
  /** Branches off the first continuation's line that are wanted beside it; none by default. */
  readonly branches?: BranchesRequest;
  /** Decoding ends before this many newlines have been generated; 1 means the rest of the current line. */
  readonly maximumLines: number;
  readonly maximumTokens: number;
  /** Decoding ends, with what there is, when this many milliseconds have passed since the request was taken up. */
  readonly maximumMs: number;
  /** The same for the time since the prompt was computed: what there is no time for beside the first is left out. */
  readonly maximumDecodeMs?: number;
  /** Where several lines are allowed: stop at the first line end after which a line is less likely than this (0-1). */
  readonly minimumLineProbability?: number;
  /** Where several lines are allowed: stop at the first further line that is not blank and does not begin with this. */
  readonly indentation?: string;
  /** Stop where this sign comes outside of brackets that the text opened, and the text before it is not empty. */
  readonly stopBefore?: string;
  /**
   * How layers are spared. `off`: every token is a pass through all layers. `exact`, the default: the same tokens, but
   * several are drafted and verified in one pass. `certified`: tokens may also exit early, which may change the line
   * for at most the share of lines that the model's certificate names.
   */
  readonly exits?: ExitsMode;
  /** `never` drafts nothing, in whatever mode: to measure exits alone. */
  readonly drafts?: 'never';
  /** Early stop: decoding ends where the line is less likely right than this (0-1), as the controller sees it. */
  readonly earlyStopBelow?: number;
  /** Whether each token comes with the signals that its estimate was made from, for training and calibration. */
  readonly signals?: boolean;
  /** Texts near the prompt, the most important first. They only propose tokens; the model does not read them. */
  readonly references?: readonly string[];
}

export interface BranchesRequest {
  readonly count: number;
  /** They are given up where they are not all there so many milliseconds after the first continuation. */
  readonly maximumMs?: number;
}

/** One generated token. */
export interface GeneratedToken {
  readonly id: number;
  /** UTF-16 range in the continuation's text; empty for a token that only spells the end of the prefix. */
  readonly start: number;
  readonly end: number;
  /** Natural logarithm of the token's probability, given what the prefix forced (token healing). */
  readonly logProbability: number;
  /** The token's part of the logarithm of the calibrated probability of its text, where that is known (completion/). */
  readonly share?: number;
  /** Entropy of the distribution the token was taken from, in nats. */
  readonly entropy: number;
  /** Layers that were computed for this token. */
  readonly layers: number;
  /** What proposed the token, where it was drafted and only verified. */
  readonly drafted?: DraftSource;
  /** Probability (0-1) that the line will be right, as estimated when this token was known. */
  readonly right?: number;
  /** What this was estimated from (exits/signals.ts), where it was asked for. */
  readonly signals?: readonly number[];
}

/**
 * Why decoding ended: lines, block or text complete, the sign that was waited for, a bound reached, a repetition that would
 * go on, a further line that is not likely, or a line that is probably wrong (early stop).
 */
export type Finish =
  'lines' | 'sign' | 'block' | 'endOfText' | 'tokens' | 'time' | 'repetition' | 'unlikely' | 'earlyStop';

export interface Continuation {
  readonly text: string;
  readonly tokens: readonly GeneratedToken[];
  /** Sum of the log-probabilities of the tokens, the newline or end that finished the text included. */
  readonly logProbability: number;
  readonly finish: Finish;
  /** Probability (0-1) that the text is what the author writes, calibrated; undefined for models without a controller. */
  readonly probability?: number;
  /**
   * Of a branch: how much likelier (natural logarithm) what the document has after the cursor's line is behind it than
   * behind the line that it branches off (a noisy channel). Undefined where nothing follows, and for the least likely branches.
   */
  readonly nextLineScore?: number;
}

export type PassesByRows = Readonly<Record<number, { readonly passes: number; readonly ms: number }>>;

export interface GenerationTiming {
  /** Tokens of the prompt, and how many of them were answered from the cache. */
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly queueMs: number;
  readonly promptMs: number;
  readonly decodeMs: number;
  /** Tokens generated, all alternatives together. */
  readonly tokens: number;
  /** How many of them were proposed by a draft and only verified. */
  readonly drafted: number;
  /** Mean of layers computed for a generated token. */
  readonly layersPerToken: number;
  /** Passes through the model after the prompt's. */
  readonly passes: number;
  /** The same by the tokens that a pass verified at once (the chosen one and the drafted ones), with their time. */
  readonly passesByRows?: PassesByRows;
  /** Tokens by the layer after which they left, the last layer included. */
  readonly exits: Readonly<Record<number, number>>;
}

export interface Generation {
  /** At least one; the greedy continuation first. */
  readonly continuations: readonly Continuation[];
  /**
   * Lines that branch off the first continuation's first line at its likeliest other tokens, wherever on it these are, and are
   * continued from there to a line's end; first those with the likeliest other tokens. Fewer where there are no more; undefined where they
   * were not wanted, or there was no time for all of them.
   */
  readonly branches?: readonly Continuation[];
  readonly timing: GenerationTiming;
}

/** From which probability (0-1) on a line is shown, and below which decoding stops early, by the word of the setting. */
export type Thresholds = Readonly<Record<Certainty, { readonly shown: number; readonly earlyStopBelow: number }>>;

/** What the probabilities of a model were calibrated on. */
export interface CalibrationNote {
  readonly lines: number;
  /** When the model's controller was trained, or later on this machine: see exits/recalibration.ts. */
  readonly source: 'training' | 'commits' | 'programs' | 'data';
  /** The day, where it was on this machine. */
  readonly date?: string;
}

/** What follows of a model's calibration. */
export interface Calibrated {
  readonly thresholds?: Thresholds;
  /** Missing where the model's probabilities are not calibrated. */
  readonly calibration?: CalibrationNote;
}

/** How sure a suggestion must be. */
export type Certainty = 'eager' | 'balanced' | 'quiet';

/** What the model is doing, for the status bar. */
export type ModelState =
  | { readonly kind: 'loading' }
  | (Calibrated & { readonly kind: 'ready'; readonly loadMs: number; readonly name: string })
  /** `happened` is why, and `reason` says also that it is tried again, which holds only where somebody waits for that. */
  | { readonly kind: 'restarting'; readonly happened: Words; readonly reason: Words; readonly inMs: number }
  /** `reason` is one sentence for the user, such as which file of the model folder does not fit. */
  | { readonly kind: 'failed'; readonly reason: Words };

export interface LanguageModel {
  readonly state: ModelState;
  /** Calls back on every change of state; returns the function that ends it. */
  onStateChange(listener: (state: ModelState) => void): () => void;
  /** Resolves when the model can answer; rejects with one sentence when it cannot. */
  ready(): Promise<void>;
  /**
   * Continues a prompt. One request runs at a time; a waiting one starts as soon as the running one ends or is cancelled.
   * @throws AbortError when the signal is aborted; Error with one sentence when the model cannot answer.
   */
  generate(request: GenerateRequest, signal: AbortSignal): Promise<Generation>;
  /**
   * Fills the prompt cache for a prompt in idle time; any request goes first. Never rejects.
   * @returns whether all of it was computed: false when a request, another prompt or a bound on time came in between
   */
  prefetch(prompt: Prompt): Promise<boolean>;
  /** Reads anew what the model was calibrated on, which has changed in its folder; missing where no folder is read. */
  recalibrate?(): void;
  /** Whether prompts are read with a form made for them. */
  readonly hasPrefill?: boolean;
  /** Reads prompts with the form that was made for them meanwhile. */
  openPrefill?(): void;
  dispose(): Promise<void>;
}

/** The forms that prompts are read with, where they may be used (runtime/prefill.ts). */
export interface PrefillForms {
  readonly folder: string;
  /** Whether the model is ready only when its form is open, so that whoever measures always measures the same. */
  readonly areAwaited: boolean;
}

export interface ModelOptions {
  /** Folder with model.json. */
  readonly folder: string;
  /** The bundled worker (dist/worker.cjs). */
  readonly workerFile: string;
  /** Threads of the runtime; 0 lets the number of cores decide. */
  readonly threads: number;
  readonly forms?: PrefillForms;
  readonly logger: Logger;
  /** Milliseconds after which a model that is not loaded is given up; a minute where nothing is said. */
  readonly loadingMs?: number;
}
