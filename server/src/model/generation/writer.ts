// One continuation while it is written: takes step after step, and says when enough is there.

import type { LineEstimator } from '../exits/estimator.js';
import type { Continuation, Finish, GeneratedToken } from '../language.js';
import type { ContinuationBuilder } from '../passes/continuation.js';
import type { DecodeStep } from '../passes/decode.js';
import type { Allowed } from '../tokens/distribution.js';
import type { ForcedSpelling } from '../tokens/healing.js';
import type { Run } from './run.js';

export interface Writing {
  readonly builder: ContinuationBuilder;
  readonly spelling: ForcedSpelling;
  readonly estimator?: LineEstimator | undefined;
  readonly record?: (step: DecodeStep) => void;
}

export class Writer {
  private late: Finish | undefined;

  constructor(
    private readonly run: Run,
    readonly writing: Writing,
  ) {}

  /** Whether no further step is wanted. */
  get hasEnded(): boolean {
    return this.writing.builder.finish !== undefined || this.late !== undefined;
  }

  /** Tokens that may come next. */
  allowed(): Allowed {
    return this.writing.spelling.allowed();
  }

  /** Takes a step that another continuation was written with, up to where this one goes its own way. */
  async begin(step: DecodeStep): Promise<void> {
    const { builder, spelling } = this.writing;
    builder.push(step, await this.estimate(step));
    spelling.take(step.id);
  }

  async take(step: DecodeStep): Promise<void> {
    const { run } = this;
    const { builder, spelling, record } = this.writing;
    run.counts.add(step);
    record?.(step);
    const estimate = await this.estimate(step);
    const isForced = spelling.remaining > 0;
    spelling.take(step.id);
    builder.push(step, estimate);
    if (!isForced && (estimate.right ?? 1) < (run.request.earlyStopBelow ?? 0)) this.late = 'earlyStop';
    this.lookAtClock();
  }

  /** Ends with what there is where the time is over. */
  lookAtClock(): void {
    if (performance.now() > this.run.deadline) this.late = 'time';
  }

  build(): Continuation {
    const { builder } = this.writing;
    return builder.build(builder.finish ?? this.late ?? 'tokens');
  }

  private async estimate(step: DecodeStep): Promise<Pick<GeneratedToken, 'right' | 'signals'>> {
    const { spelling, estimator } = this.writing;
    if (estimator === undefined) return {};
    const { right, signals } = await estimator.estimate(step, spelling.remaining);
    return this.run.request.signals === true ? { right, signals: [...signals] } : { right };
  }
}
