// A language model that answers from a script, for tests of everything that asks a model: no weights, no worker. It can
// be slow, be held until the test lets go, fail, or still be loading; it records what it was asked.

import { untilAborted } from '../../src/common/abort.js';
import type {
  Continuation,
  Finish,
  GeneratedToken,
  GenerateRequest,
  Generation,
  LanguageModel,
  ModelState,
  Prompt,
} from '../../src/model/index.js';
import { branchesWanted } from '../../src/model/generation/branches.js';
import { ObservedModel } from '../../src/model/thread/observedModel.js';

/** One continuation of a script; a plain string is a text whose tokens are all 0.9 likely. */
export interface ScriptedContinuation {
  /** May have more lines than asked for: the fake cuts where the real model would stop. */
  readonly text: string;
  /** Probability of every token, or of the tokens in order (the last one counts for those beyond). Default 0.9. */
  readonly probability?: number | readonly number[];
  /** Pieces of the text, when the test cares where the tokens end. Default: words, spaces in front of them, signs. */
  readonly pieces?: readonly string[];
  readonly finish?: Finish;
}

export type Scripted = string | ScriptedContinuation;

/** What is answered to a request: the greedy continuation, or several in order. */
export type Script = (request: GenerateRequest) => Scripted | readonly Scripted[];

export interface FakeModelOptions {
  /** A function, or one answer to everything. Default: the empty text. */
  readonly script?: Script | Scripted;
  /** Milliseconds before an answer. Default 0: the next microtask. */
  readonly delayMs?: number;
  readonly state?: ModelState;
}

export const readyState: ModelState = { kind: 'ready', loadMs: 1, name: 'fake' };

export class FakeModel extends ObservedModel implements LanguageModel {
  /** Requests in the order in which they came, those that were cancelled included. */
  readonly requests: GenerateRequest[] = [];
  readonly prefetches: Prompt[] = [];
  /** Requests that ended because their signal was aborted. */
  cancelled = 0;
  /** Requests under way: a test that ends with 0 has leaked none. */
  running = 0;
  disposed = false;
  /** Whether there is time for branches; there are none from what is scripted. */
  hasTime = true;
  /** What becomes of a prefetch: whether it is computed before anything else is asked for. */
  computesAhead = true;
  script: Script;
  delayMs: number;
  private failure: Error | undefined;
  private gate: Promise<void> | undefined;

  constructor(options: FakeModelOptions = {}) {
    super();
    const { script = '' } = options;
    this.script = typeof script === 'function' ? script : () => script;
    this.delayMs = options.delayMs ?? 0;
    this.state = options.state ?? readyState;
  }

  /** The last request, for tests that make one. */
  get lastRequest(): GenerateRequest | undefined {
    return this.requests.at(-1);
  }

  override setState(state: ModelState): void {
    super.setState(state);
  }

  /** From now on every request is rejected with this sentence; undefined mends the model. */
  failWith(sentence: string | undefined): void {
    this.failure = sentence === undefined ? undefined : new Error(sentence);
  }

  /** Requests made from now on wait until the function that is given back is called. */
  hold(): () => void {
    let letGo = (): void => undefined;
    this.gate = new Promise((resolve) => (letGo = resolve));
    return () => {
      this.gate = undefined;
      letGo();
    };
  }

  async generate(request: GenerateRequest, signal: AbortSignal): Promise<Generation> {
    this.requests.push(request);
    this.running++;
    try {
      await untilAborted(this.waiting(), signal);
      if (this.failure !== undefined) throw this.failure;
      const scripted = this.script(request);
      const answers = isList(scripted) ? scripted : [scripted];
      const continuations = answers
        .slice(0, Math.max(1, request.alternatives))
        .map((answer) => continuationOf(answer, request.maximumLines));
      const branchesOff = this.hasTime && branchesWanted(request, continuations[0]!) !== undefined;
      return { continuations, ...(branchesOff ? { branches: [] } : {}), timing: timingOf(request, continuations) };
    } catch (error) {
      if (signal.aborted) this.cancelled++;
      throw error;
    } finally {
      this.running--;
    }
  }

  prefetch(prompt: Prompt): Promise<boolean> {
    this.prefetches.push(prompt);
    return Promise.resolve(this.computesAhead);
  }

  dispose(): Promise<void> {
    this.disposed = true;
    this.forgetListeners();
    return Promise.resolve();
  }

  private async waiting(): Promise<void> {
    await this.gate;
    if (this.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, this.delayMs));
  }
}

/**
 * A continuation with tokens and probabilities as the real model gives them.
 * @param maximumLines the text ends before this many newlines
 */
export function continuationOf(scripted: Scripted, maximumLines = Infinity): Continuation {
  const script = typeof scripted === 'string' ? { text: scripted } : scripted;
  const text = script.text.split('\n').slice(0, maximumLines).join('\n');
  const likely = (index: number): number => {
    const { probability = 0.9 } = script;
    return typeof probability === 'number' ? probability : (probability[index] ?? probability.at(-1) ?? 0.9);
  };
  const tokens: GeneratedToken[] = [];
  let start = 0;
  for (const piece of script.pieces ?? script.text.match(/\n[ \t]*|[ \t]*\w+|[ \t]*[^\s\w]+|[ \t]+/g) ?? []) {
    if (start >= text.length) break;
    const end = Math.min(text.length, start + piece.length);
    const logProbability = Math.log(likely(tokens.length));
    tokens.push({ id: 1000 + tokens.length, start, end, logProbability, entropy: 0.5, layers: 24 });
    start = end;
  }
  const finishing = Math.log(likely(tokens.length));
  return {
    text,
    tokens,
    logProbability: tokens.reduce((sum, token) => sum + token.logProbability, finishing),
    finish: script.finish ?? 'lines',
  };
}

function timingOf(request: GenerateRequest, continuations: readonly Continuation[]): Generation['timing'] {
  return {
    promptTokens: Math.ceil((request.prompt.prefix.length + request.prompt.suffix.length) / 4),
    cachedTokens: 0,
    queueMs: 0,
    promptMs: 0,
    decodeMs: 0,
    tokens: continuations.reduce((sum, { tokens }) => sum + tokens.length, 0),
    drafted: 0,
    layersPerToken: 24,
    passes: 0,
    exits: {},
  };
}

function isList(scripted: Scripted | readonly Scripted[]): scripted is readonly Scripted[] {
  return Array.isArray(scripted);
}
