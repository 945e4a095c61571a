// The thresholds τ that a calibration chooses from, as in the paper, and the budgets c(τ) = -ln τ that they stand for. They
// rise, so the budgets fall: what is kept of a completion gets less and less.

const COUNT = 100;
const EDGE = 1e-5;

export const thresholds: readonly number[] = Array.from(
  { length: COUNT },
  (_, index) => EDGE + (index * (1 - 2 * EDGE)) / (COUNT - 1),
);

export const budgets: readonly number[] = thresholds.map((threshold) => -Math.log(threshold));
