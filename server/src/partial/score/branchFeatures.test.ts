import { describe, expect, it } from 'vitest';
import { branchesOf, BranchFeatures, branchFeatureNames } from './branchFeatures.js';
import { everything } from '../choose/chooseHoles.js';
import type { CostNode, PartialProgram } from '../types.js';

const parent = { children: [] } as unknown as CostNode;

/** A program of `text` without what «» enclose; › at the end cuts the line there. */
function programOf(marked: string): { readonly text: string; readonly program: PartialProgram } {
  const isCut = marked.endsWith('›');
  const pieces = marked.replace('›', '').split(/[«»]/);
  const text = pieces.join('');
  const holes = pieces.flatMap((piece, index) => {
    if (index % 2 === 0) return [];
    const start = pieces.slice(0, index).join('').length;
    return [{ parent, first: 0, last: 0, range: { start, end: start + piece.length }, isRest: false }];
  });
  if (isCut) holes.push({ parent, first: 0, last: 0, range: { start: text.length, end: text.length }, isRest: true });
  return { text, program: { holes, kept: 1, cost: 0, isEverything: false } };
}

/** What branches say of a program where the line is even, and two branches have a quarter and an eighth. */
function featuresFor(marked: string, ...others: readonly string[]): Record<string, number> {
  const { text, program } = programOf(marked);
  const branches = others.map((other, index) => {
    const branchLogProbability = Math.log(1 / 2 ** (index + 2));
    return { text: other, branchLogProbability, logProbability: branchLogProbability - 1 };
  });
  const found = new BranchFeatures(text, Math.log(1 / 2), branches).of(program);
  return Object.fromEntries(branchFeatureNames.map((name, index) => [name, found[index]!]));
}

describe('what branches say of a program', () => {
  it('is the share of what is foreseen that differs in its holes alone', () => {
    const found = featuresFor('total(«a», b);', 'total(c.d, b);', 'sum(a, b);');
    expect(found).toMatchObject({ departuresInside: 1, departuresOutside: 1, firstOutside: 1 });
    expect(found['foreseen']).toBeCloseTo(7 / 8);
    expect(found['foreseenShare']).toBeCloseTo(6 / 7);
    expect(found['likeliestInside']).toBeCloseTo(Math.log(1 / 4));
    expect(found['likeliestOutside']).toBeCloseTo(Math.log(1 / 8));
  });

  it.each([
    ['total(«a»);', 'total(b, c);', true],
    ['total(«a»);', 'total();', false],
    ['total(«a»);', 'total(b) + 1;', false],
    ['total(«a»);', 'total( b );', true],
    ['if («a») «b»', 'if (c) d', true],
    ['if («a») «b»', 'if (c)', false],
    ['if («a») «b»', 'while (c) d', false],
    ['a.b›', 'a.b.c()', true],
    ['a.b›', 'a.b', true],
    ['a.b›', 'a.c', false],
    ['«a».b›', 'c.b.d', true],
    ['a.b', 'a.b', true],
    ['a.b', 'a.b.c', false],
  ])('“%s” and “%s”', (marked, other, isInside) => {
    expect(featuresFor(marked, other)['departuresInside']).toBe(isInside ? 1 : 0);
  });

  it('weighs branches by their next-line scores, and leaves what is foreseen as it is', () => {
    const { text, program } = programOf('total(«a», b);');
    const of = (...scores: readonly (number | undefined)[]): Record<string, number> => {
      const branches = ['total(c, b);', 'sum(a, b);', 'sum(a);'].map((other, index) => {
        return { text: other, branchLogProbability: Math.log(1 / 8), logProbability: -3, nextLineScore: scores[index] };
      });
      const found = new BranchFeatures(text, Math.log(1 / 2), branches).of(program);
      return Object.fromEntries(branchFeatureNames.map((name, index) => [name, found[index]!]));
    };
    // The completion has .5, and each branch .125: with their scores .5, .25, .0625 and .0625.
    const found = of(Math.log(2), Math.log(1 / 2), undefined);
    expect(found['foreseen']).toBeCloseTo(7 / 8);
    expect(found['fittingShare']).toBeCloseTo(0.75 / 0.875);
    expect(found['fittingInside']).toBeCloseTo(Math.log(0.25));
    expect(found['fittingOutside']).toBeCloseTo(Math.log(0.0625));
    const unknown = of(undefined, undefined, undefined);
    expect(unknown['fittingShare']).toBeCloseTo(unknown['foreseenShare']!);
    // A score says only so much.
    expect(of(50, 0, 0)['fittingShare']).toBeCloseTo(of(6, 0, 0)['fittingShare']!);
  });

  it('is everything where all is left out, and the line itself where there are none', () => {
    const { text } = programOf('total(«a»);');
    const tree = { ...parent, range: { start: 0, end: text.length } };
    const all = new BranchFeatures(text, Math.log(1 / 2), [
      { text: 'b', branchLogProbability: -2, logProbability: -3 },
    ]);
    expect(all.of(everything(tree))[branchFeatureNames.indexOf('foreseenShare')]).toBe(1);
    expect(featuresFor('total(«a»);')).toMatchObject({ foreseen: 0.5, foreseenShare: 1, departuresOutside: 0 });
  });
});

describe('the tokens of a branch up to where it leaves the line', () => {
  const tokens = (...logs: readonly number[]) =>
    logs.map((logProbability, index) => ({ start: index, end: index + 1, logProbability, entropy: 0 }));

  it('are those before, which it has in common with the line, and the first other one', () => {
    const line = tokens(-0.1, -0.2, -0.3);
    const [found] = branchesOf(line, [{ text: 'a', logProbability: -9, tokens: tokens(-0.1, -3, -0.3) }]);
    expect(found).toEqual({ text: 'a', logProbability: -9, branchLogProbability: -3.1 });
    const scored = branchesOf(line, [{ text: 'a', logProbability: -9, tokens: tokens(-3), nextLineScore: 2 }]);
    expect(scored).toEqual([{ text: 'a', logProbability: -9, branchLogProbability: -3, nextLineScore: 2 }]);
  });
});
