import { expect, it } from 'vitest';
import { reportContext } from './evalContext.js';

const one = (unknown: number, found: number) => ({ unknown, found, length: 100, parts: 2, ms: 1 });

it('reports names over the lines that lack some', () => {
  expect(reportContext([one(0, 0), one(2, 2), one(2, 0), one(1, 1)])).toMatchObject({
    n: 4,
    withUnknown: 3,
    found: 3 / 5,
    whole: 2 / 3,
    parts: 2,
  });
  expect(reportContext([])).toMatchObject({ n: 0, found: undefined, whole: undefined });
});
