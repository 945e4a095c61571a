import { expect, it } from 'vitest';
import { speedPicture } from './speedPicture.mjs';

it('draws a bar for each mode that was measured, as long as its time', () => {
  const off = { n: 26, decodeMs: 200, fasterThanOff: 1, layersPerToken: 24, passesPerToken: 1 };
  const exact = { ...off, decodeMs: 100, fasterThanOff: 2, passesPerToken: 0.58 };
  const svg = speedPicture({ threads: 2, modes: { off, exact } });
  const widths = [...svg.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width));
  expect(widths).toHaveLength(2);
  expect(widths[0]).toBeCloseTo(2 * widths[1]!);
  expect(svg).toContain('2.00 x as fast');
  expect(svg).toContain('26 lines, 2 threads');
});
