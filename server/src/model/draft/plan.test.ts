import { describe, expect, it } from 'vitest';
import { createPlan } from './plan.js';

describe('the plan of drafts', () => {
  it('drafts what is likely, and nothing that is not', () => {
    const plan = createPlan();
    expect(plan.lengthOf([])).toBe(0);
    expect(plan.lengthOf([0.9, 0.9, 0.9])).toBe(3);
    expect(plan.lengthOf([0.9, 0.9, 0.9, 0.02, 0.02])).toBe(3);
  });

  it('drafts less where longer passes turn out dear', () => {
    const plan = createPlan();
    for (let i = 0; i < 50; i++) {
      plan.observePass(1, 10);
      plan.observePass(2, 11);
      plan.observePass(4, 100);
    }
    expect(plan.lengthOf([0.9, 0.9, 0.9])).toBeLessThan(3);
  });

  it('estimates lengths that were not measured by those that were', () => {
    const plan = createPlan();
    plan.observePass(1, 40);
    expect(plan.lengthOf([0.95, 0.95, 0.95, 0.95, 0.95, 0.95, 0.95])).toBe(7);
  });

  it('learns how often drafts of a kind are right', () => {
    const plan = createPlan();
    for (let i = 0; i < 200; i++) plan.observeToken('layer, 5', 0.55, i % 10 === 0);
    expect(plan.acceptance('layer, 5', 0.55)).toBeLessThan(0.25);
    expect(plan.acceptance('another', 0.55)).toBe(0.55);
  });

  it('does not learn from a pass that something disturbed', () => {
    const plan = createPlan();
    plan.observePass(1, 10);
    plan.observePass(4, 13);
    for (let i = 0; i < 50; i++) plan.observePass(4, 4_000);
    expect(plan.lengthOf([0.9, 0.9, 0.9])).toBe(3);
  });
});
