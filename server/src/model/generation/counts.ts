// Tokens, layers and passes of a request.

import type { GenerationTiming } from '../language.js';
import type { DecodeStep, Stepper } from '../passes/decode.js';

export class Counts {
  private tokens = 0;
  private drafted = 0;
  private layers = 0;
  private readonly passes = new Map<number, { passes: number; ms: number }>();
  private readonly exits: Record<number, number> = {};

  add({ layers, drafted }: DecodeStep): void {
    this.tokens++;
    this.layers += layers;
    if (drafted !== undefined) this.drafted++;
    this.exits[layers] = (this.exits[layers] ?? 0) + 1;
  }

  passesOf(stepper: Stepper): Stepper {
    const timed = async <T>(rows: number, pass: Promise<T>): Promise<T> => {
      const began = performance.now();
      const result = await pass;
      const before = this.passes.get(rows) ?? { passes: 0, ms: 0 };
      this.passes.set(rows, { passes: before.passes + 1, ms: before.ms + performance.now() - began });
      return result;
    };
    const { stepTree } = stepper;
    return {
      ...stepper,
      step: (cache, ids, exit) => timed(ids.length, stepper.step(cache, ids, exit)),
      stepTree: stepTree && ((cache, rows) => timed(rows.length, stepTree(cache, rows))),
    };
  }

  report(): Pick<GenerationTiming, 'tokens' | 'drafted' | 'layersPerToken' | 'passes' | 'passesByRows' | 'exits'> {
    const { tokens, drafted, layers, exits } = this;
    const passesByRows = Object.fromEntries(this.passes);
    const passes = Object.values(passesByRows).reduce((sum, of) => sum + of.passes, 0);
    return { tokens, drafted, layersPerToken: tokens === 0 ? 0 : layers / tokens, passes, passesByRows, exits };
  }
}
