import { describe, expect, it } from 'vitest';
import type { RankedProgram } from '../score/rankPrograms.js';
import type { CostNode, Hole } from '../types.js';
import { offersOf } from './offer.js';

const text = 'return total(items, count)';

/** A program that leaves a piece of the line to the user; the line as it is without one. */
function program(left: string, share: number, probability: number): RankedProgram {
  const start = text.indexOf(left);
  const range = { start, end: start + left.length };
  const holes: Hole[] = left === '' ? [] : [{ parent: {} as CostNode, first: 0, last: 0, range, isRest: false }];
  return {
    program: { holes, kept: share, cost: 0, isEverything: false },
    share,
    probability,
    partStates: new Uint8Array(),
  };
}

const line = program('', 1, 0.4);
const argument = program('count', 0.8, 0.7);
const list = program('items, count', 0.6, 0.85);

async function offered(ranked: readonly RankedProgram[], levels: readonly number[], refused?: RankedProgram) {
  const offers = await offersOf(text, ranked, 0.9, levels, ({ holes }) =>
    Promise.resolve(refused?.program.holes === holes ? holes : []),
  );
  return offers.map(
    (offer) => offer && text.slice(offer.program.holes[0]!.range.start, offer.program.holes[0]!.range.end),
  );
}

describe('what is offered at a level', () => {
  it('is the program of most worth among those that are likely enough', async () => {
    // Worth .3 and .2, and of the line -.2.
    expect(await offered([line, list, argument], [0.5, 0.7, 0.75, 0.85, 0.9])).toEqual([
      'items, count',
      'items, count',
      'items, count',
      'items, count',
      undefined,
    ]);
    const surer = { ...argument, probability: 0.8 };
    expect(await offered([line, list, surer], [0.5, 0.8, 0.85])).toEqual(['count', 'count', 'items, count']);
  });

  it('is nothing where the line as it is is worth more', async () => {
    expect(await offered([program('', 1, 0.66), list, argument], [0.5, 0.8])).toEqual([undefined, undefined]);
    expect(await offered([program('', 1, 0.6), list, argument], [0.5, 0.8])).toEqual(['items, count', 'items, count']);
  });

  it('is the next one where holes cannot be used, and nothing where the parts do not let it be expected', async () => {
    expect(await offered([line, list, argument], [0.7, 0.8], list)).toEqual(['count', undefined]);
    const none = await offersOf(text, [line, list], 0.3, [0.7], () => Promise.resolve([]));
    expect(none).toEqual([undefined]);
  });
});
