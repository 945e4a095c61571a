import { describe, expect, it } from 'vitest';
import { seededRandom } from '../common/random.js';
import { sigmoid } from '../common/sigmoid.js';
import { LEAST_LINES, LEAST_OF_EACH, plattLine, recalibrate, type JudgedLine } from './recalibrate.js';

/** Lines whose outcome follows their log-odds by a line of its own; `perFile` of them in a file. */
function lines(count: number, { slope = 1, offset = 0, perFile = 1 } = {}): JudgedLine[] {
  const { share } = seededRandom(7);
  return Array.from({ length: count }, (_, at) => {
    const logit = 6 * share() - 3;
    return {
      path: `${Math.floor(at / perFile)}.ts`,
      right: share() < sigmoid(slope * logit + offset),
      tokens: [
        { controller: 5, product: 9, isForced: true },
        { controller: logit + 1, product: 9, isForced: false },
        { controller: logit, product: 6 * share() - 3, isForced: false },
      ],
    };
  });
}

describe('the recalibration', () => {
  it('finds the line that outcomes follow', () => {
    const scored = lines(4000, { slope: 0.6, offset: -0.8 }).map(({ tokens, right }) => ({
      logit: tokens.at(-1)!.controller,
      isRight: right,
    }));
    const { slope, offset } = plattLine(scored);
    expect(slope).toBeCloseTo(0.6, 1);
    expect(offset).toBeCloseTo(-0.8, 1);
  });

  it('keeps the slope near one where few lines speak against it', () => {
    const few = [-1, -0.5, 0.5, 1].map((logit) => ({ logit, isRight: logit > 0 }));
    const { slope } = plattLine(few);
    expect(slope).toBeGreaterThan(1);
    expect(slope).toBeLessThan(1.3);
  });

  it('takes the product where it tells right lines better than the controller', () => {
    const judged = lines(1000);
    const turned = judged.map((line) => ({
      ...line,
      tokens: line.tokens.map(({ controller, product, isForced }) => ({
        controller: product,
        product: controller,
        isForced,
      })),
    }));
    const found = recalibrate(judged);
    expect(found).toMatchObject({ kind: 'fitted', estimate: 'controller' });
    expect(recalibrate(turned)).toEqual({ ...found, estimate: 'product' });
  });

  it('has thresholds that keep the shares of right lines that the words name', () => {
    const judged = lines(1000);
    const found = recalibrate(judged);
    if (found.kind !== 'fitted') throw new Error('There are enough lines.');
    const { slope, offset, thresholds } = found;
    const right = judged.filter((line) => line.right);
    const kept = (shown: number): number =>
      right.filter(({ tokens }) => sigmoid(slope * tokens.at(-1)!.controller + offset) >= shown).length / right.length;
    expect(kept(thresholds.eager.shown)).toBeCloseTo(0.99, 2);
    expect(kept(thresholds.balanced.shown)).toBeCloseTo(0.95, 2);
    expect(kept(thresholds.quiet.shown)).toBeCloseTo(0.75, 2);
    for (const { shown, earlyStopBelow } of Object.values(thresholds))
      expect(earlyStopBelow).toBeLessThanOrEqual(shown);
  });

  it('does not follow from too few lines, of which it says how many they are', () => {
    expect(recalibrate(lines(LEAST_LINES - 1))).toMatchObject({ kind: 'tooFew', lines: LEAST_LINES - 1 });
    expect(recalibrate([])).toMatchObject({ kind: 'tooFew', lines: 0, right: 0 });
    const allWrong = lines(200).map((line) => ({ ...line, right: false }));
    expect(recalibrate(allWrong)).toMatchObject({ kind: 'tooFew', right: 0, neededOfEach: LEAST_OF_EACH });
  });

  it('counts lines of files that are all right or all wrong as fewer', () => {
    const alike = lines(120, { perFile: 20 }).map((line) => ({ ...line, right: Number.parseInt(line.path) % 2 === 0 }));
    const found = recalibrate(alike);
    expect(found).toMatchObject({ kind: 'tooFew', lines: 120 });
    expect(found.effectiveLines).toBeLessThan(LEAST_LINES);
  });

  it('leaves out lines of models that give no signals', () => {
    expect(recalibrate(lines(100).map((line) => ({ ...line, tokens: [] })))).toMatchObject({
      kind: 'tooFew',
      lines: 0,
    });
  });
});
