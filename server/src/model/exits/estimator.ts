// The probability that a line will be right, token by token: signals and state through the controller, then through the
// recalibration (Platt scaling) of the language.

import { sigmoid } from '../../common/sigmoid.js';
import type { DecodeStep } from '../passes/decode.js';
import type { Exits } from './exits.js';
import { languageOf, LineSignals, type LineContext } from './signals.js';
import type { Tokenizer } from '../tokens/tokenizer.js';

export class LineEstimator {
  readonly signals: LineSignals;
  private readonly recalibration: { readonly slope: number; readonly offset: number };

  /** @param ids the prompt, and what was generated before this was asked */
  constructor(
    exits: Exits,
    private readonly estimator: NonNullable<Exits['estimator']>,
    private readonly tokenizer: Tokenizer,
    context: LineContext,
    ids: readonly number[],
  ) {
    this.signals = new LineSignals(context, exits.layers, [...ids]);
    const { languages } = estimator.calibration;
    this.recalibration = languages[languageOf(context.path)] ?? languages.at(-1)!;
  }

  /**
   * @param forced bytes that were still to be spelled of the prefix before the token
   * @returns the probability (0-1) that the line will be right
   */
  async estimate({ id, top, hidden, layers }: DecodeStep, forced: number): Promise<number> {
    const bytes = this.tokenizer.bytes(id);
    const isForced = bytes !== '' && bytes.length <= forced;
    const isEnd = this.tokenizer.isSpecial(id);
    const vector = this.signals.push({ top, bytes, isEnd, isForced, layer: layers, agrees: undefined });
    const { right } = await this.estimator.network.estimate(hidden, vector);
    if (bytes.includes('\n')) this.signals.newLine();
    return sigmoid(this.recalibration.slope * right + this.recalibration.offset);
  }
}
