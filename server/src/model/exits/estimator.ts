// The probability that a line will be right, token by token: signals and state through a controller, the model's own or the
// general one, then through the recalibration (Platt scaling).

import type { DecodeStep } from '../passes/decode.js';
import type { Tokenizer } from '../tokens/tokenizer.js';
import { LineSignals, type LineContext } from './signals.js';

/** What says how likely a line is right. */
export interface LineJudge {
  /** Layers after which there is an exit, the last layer included: what the signals speak of. */
  readonly layers: readonly number[];
  /**
   * @param path of the file, for its language
   * @returns the probability (0-1) that the line will be right
   */
  right(path: string, hidden: Float32Array, signals: Float32Array): Promise<number>;
}

export interface TokenEstimate {
  readonly right: number;
  readonly signals: Float32Array;
}

export class LineEstimator {
  readonly signals: LineSignals;

  /** @param ids the prompt, and what was generated before this was asked */
  constructor(
    private readonly judge: LineJudge,
    private readonly tokenizer: Tokenizer,
    private readonly context: LineContext,
    ids: readonly number[],
  ) {
    this.signals = new LineSignals(context, judge.layers, [...ids]);
  }

  /** @param forced bytes that were still to be spelled of the prefix before the token */
  async estimate({ id, top, hidden, layers }: DecodeStep, forced: number): Promise<TokenEstimate> {
    const bytes = this.tokenizer.bytes(id);
    const isForced = bytes !== '' && bytes.length <= forced;
    const isEnd = this.tokenizer.isSpecial(id);
    const signals = this.signals.push({ top, bytes, isEnd, isForced, layer: layers, agrees: undefined });
    const right = await this.judge.right(this.context.path, hidden, signals);
    if (bytes.includes('\n')) this.signals.newLine();
    return { right, signals };
  }
}
