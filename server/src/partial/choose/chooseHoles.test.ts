import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestWithin, frontierOf, nestedPrograms, takenOut } from './chooseHoles.js';
import { weightOf } from '../tree/costTree.js';
import { greedyPrograms } from './greedy.js';
import { bruteForce, leavesOf, randomTree } from '../testing/randomTrees.js';

const budgets = [12, 9, 7, 5, 4, 3, 2, 1, 0.5, 0.1, 0];
const cases = Number(process.env['LACUNA_CASES'] ?? 100);

describe('the dynamic program', () => {
  it.each([
    { runs: false, cuts: false },
    { runs: true, cuts: false },
    { runs: true, cuts: true },
  ])('finds what trying everything finds: %o', ({ runs, cuts }) => {
    fc.assert(
      fc.property(randomTree(), fc.integer({ min: 1, max: 4 }), (tree, holes) => {
        const frontier = frontierOf(tree, { holes, runs, cuts });
        for (const budget of budgets) {
          const best = bestWithin(frontier, budget);
          const expected = bruteForce(tree, { holes, runs, cuts }, budget);
          expect(best.kept).toBe(expected.kept);
          expect(best.cost).toBeCloseTo(expected.cost, 6);
        }
      }),
      { numRuns: cases },
    );
  });

  it('finds it where cuts are free, and in front of some parts alone', () => {
    const freeCutAt = ({ id }: { readonly id: number }): boolean => id % 2 === 0;
    fc.assert(
      fc.property(randomTree(), fc.integer({ min: 1, max: 4 }), (tree, holes) => {
        const options = { holes, runs: true, cuts: true, freeCutAt };
        const frontier = frontierOf(tree, options);
        for (const budget of budgets) {
          const best = bestWithin(frontier, budget);
          const expected = bruteForce(tree, options, budget);
          expect(best.kept).toBe(expected.kept);
          expect(best.cost).toBeCloseTo(expected.cost, 6);
        }
        const programs = frontier.flatMap((program) => program ?? []).filter(({ isEverything }) => !isEverything);
        for (const program of programs) {
          expect(program.holes.filter(({ isRest }) => !isRest).length).toBeLessThanOrEqual(holes);
        }
      }),
      { numRuns: cases },
    );
  });

  it('says what its holes leave: weight and cost of the kept parts', () => {
    fc.assert(
      fc.property(
        randomTree(),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        fc.boolean(),
        (tree, holes, runs, cuts) => {
          for (const program of frontierOf(tree, { holes, runs, cuts })) {
            if (program === undefined || program.isEverything) continue;
            const out = takenOut(program, tree);
            const kept = leavesOf(tree).filter(({ id }) => !out.has(id));
            expect(kept.reduce((sum, { weight }) => sum + weight, 0)).toBe(program.kept);
            expect(program.holes.length).toBeLessThanOrEqual(holes);
            const starts = program.holes.map(({ range }) => range.start);
            expect([...starts].sort((a, b) => a - b)).toEqual(starts);
          }
        },
      ),
      { numRuns: cases },
    );
  });

  it('takes nothing out where everything is affordable, and everything where nothing is', () => {
    fc.assert(
      fc.property(randomTree(), (tree) => {
        const frontier = frontierOf(tree, { holes: 2, runs: true, cuts: true });
        if (weightOf(tree) > 0) expect(bestWithin(frontier, Infinity).holes).toEqual([]);
        expect(bestWithin(frontier, -1).isEverything).toBe(true);
      }),
      { numRuns: cases },
    );
  });
});

describe('nested programs', () => {
  it('never restore what was taken out, stay within every budget, and begin with the best', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomTree(),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        fc.boolean(),
        async (tree, holes, runs, cuts) => {
          const programs = await nestedPrograms(tree, { holes, runs, cuts }, budgets);
          expect(programs[0]!.kept).toBe(bestWithin(frontierOf(tree, { holes, runs, cuts }), budgets[0]!).kept);
          for (const [index, program] of programs.entries()) {
            expect(program.cost).toBeLessThanOrEqual(budgets[index]! + 1e-6);
            if (index === 0) continue;
            const before = takenOut(programs[index - 1]!, tree);
            const now = takenOut(program, tree);
            for (const id of before) expect(now.has(id)).toBe(true);
          }
        },
      ),
      { numRuns: cases },
    );
  });

  it('do without holes that are refused', async () => {
    await fc.assert(
      fc.asyncProperty(randomTree(), fc.integer({ min: 0, max: 3 }), async (tree, modulus) => {
        const isRefused = ({ parent }: { parent: { id: number } }): boolean => parent.id % 4 === modulus;
        const programs = await nestedPrograms(tree, { holes: 3, runs: true, cuts: true }, budgets, (program) =>
          Promise.resolve(program.holes.filter(isRefused)),
        );
        for (const program of programs) {
          if (!program.isEverything) expect(program.holes.some(isRefused)).toBe(false);
        }
      }),
      { numRuns: cases },
    );
  });
});

describe('the greedy baseline', () => {
  it('stays within budget and holes, is nested, and never keeps more than the best', () => {
    fc.assert(
      fc.property(randomTree({ folded: true }), fc.integer({ min: 1, max: 4 }), (tree, holes) => {
        const frontier = frontierOf(tree, { holes, runs: false, cuts: false });
        let before = new Set<number>();
        for (const [index, program] of greedyPrograms(tree, holes, budgets).entries()) {
          expect(program.cost).toBeLessThanOrEqual(budgets[index]! + 1e-6);
          if (!program.isEverything) expect(program.holes.length).toBeLessThanOrEqual(holes);
          expect(program.kept).toBeLessThanOrEqual(bestWithin(frontier, budgets[index]!).kept);
          const now = takenOut(program, tree);
          for (const id of before) expect(now.has(id)).toBe(true);
          before = new Set(now);
        }
      }),
      { numRuns: cases },
    );
  });
});
