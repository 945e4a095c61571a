// A model behind a server, with the face of the model that ships. It holds no weights and no queue, since a server has its
// own; what it keeps is whether the server is there.

import type { Logger } from '../common/logger.js';
import { ObservedModel, type GenerateRequest, type Generation, type LanguageModel } from '../model/index.js';
import { checkAddress } from './address.js';
import { generateRemotely, type RemoteOptions } from './generate.js';
import { greet, ServerError } from './modelServer.js';
import { SaidError } from '../common/saidError.js';
import { asIs, words } from '../common/words.js';

/** Pauses before a server that is not there is looked for again, in milliseconds; the last one repeats. */
const GREETING_PAUSES = [1_000, 5_000, 20_000, 60_000];

/** Answers in a row that the server refuses or spoils, after which it is the server that is wrong, and no longer a request. */
const MOST_SPOILT = 3;

export function startRemoteModel(options: RemoteOptions, logger: Logger): LanguageModel {
  return new RemoteModel(options, logger);
}

class RemoteModel extends ObservedModel implements LanguageModel {
  private readonly closed = new AbortController();
  private readonly options: RemoteOptions;
  private failures = 0;
  private spoilt = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    options: RemoteOptions,
    private readonly logger: Logger,
  ) {
    super();
    const address = checkAddress(options.url, options.key);
    this.options = { ...options, url: address.kind === 'address' ? address.url : options.url };
    if (address.kind === 'wrong') this.state = { kind: 'failed', reason: address.reason };
    else void this.greet();
  }

  async generate(request: GenerateRequest, signal: AbortSignal): Promise<Generation> {
    if (this.state.kind === 'failed') throw new SaidError(this.state.reason);
    try {
      const generation = await generateRemotely(this.options, request, AbortSignal.any([signal, this.closed.signal]));
      this.spoilt = 0;
      return generation;
    } catch (error) {
      if (error instanceof ServerError && !this.closed.signal.aborted) {
        if (error.isPassing || ++this.spoilt >= MOST_SPOILT) this.missed(error);
        else this.logger.warn(error.message);
      }
      throw error;
    }
  }

  /**
   * A team's server has better things to do than to read what nobody has asked about yet. Pieces of other files are shown
   * only once they are computed ahead, so they are never sent.
   */
  prefetch(): Promise<boolean> {
    return Promise.resolve(false);
  }

  dispose(): Promise<void> {
    clearTimeout(this.timer);
    this.closed.abort();
    this.forgetListeners();
    return Promise.resolve();
  }

  private async greet(): Promise<void> {
    const began = performance.now();
    try {
      await greet(this.options, this.closed.signal);
      if (this.closed.signal.aborted) return;
      this.failures = 0;
      this.setState({ kind: 'ready', loadMs: performance.now() - began, name: this.options.model || 'model server' });
    } catch (error) {
      if (this.closed.signal.aborted) return;
      this.missed(error instanceof ServerError ? error : new ServerError(asIs(String(error)), false));
    }
  }

  /** The server did not answer: says so, and looks for it again unless that is of no use. */
  private missed(error: ServerError): void {
    clearTimeout(this.timer);
    this.logger.warn(error.message);
    if (!error.isPassing) return this.setState({ kind: 'failed', reason: error.said });
    const pause = GREETING_PAUSES[Math.min(this.failures, GREETING_PAUSES.length - 1)]!;
    const inMs = Math.max(pause, error.retryAfterMs ?? 0);
    this.failures++;
    const { said: happened } = error;
    this.setState({ kind: 'restarting', happened, reason: words('{0} It is tried again.', happened), inMs });
    this.timer = setTimeout(() => void this.greet(), inMs);
    // Nobody's process is kept alive by a server that is gone.
    this.timer.unref();
  }
}
