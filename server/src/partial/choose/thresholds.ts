// The thresholds τ that a calibration chooses from, and the budgets c(τ) = -ln τ that they stand for. They rise, so the
// budgets fall: what is kept of a completion gets less and less. They are tested in a fixed order, so that more of them cost
// no confidence.

const COUNT = 300;
const EDGE = 1e-5;

export const thresholds: readonly number[] = Array.from(
  { length: COUNT },
  (_, index) => EDGE + (index * (1 - 2 * EDGE)) / (COUNT - 1),
);

export const budgets: readonly number[] = thresholds.map((threshold) => -Math.log(threshold));
