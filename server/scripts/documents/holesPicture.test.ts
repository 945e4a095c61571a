import { expect, it } from 'vitest';
import { holesPicture } from './holesPicture.mjs';

it('draws a line for each curve in both halves, higher where more is covered, and names it', () => {
  const curve = (name: string, coverage: number) => ({
    name,
    points: [
      { epsilon: 0.1, coverage, nodesRemoved: 0.6 },
      { epsilon: 0.2, coverage: coverage - 0.1, nodesRemoved: 0.5 },
    ],
  });
  const svg = holesPicture({ n: 1_350, curves: [curve('ours', 0.9), curve('theirs', 0.8)] });
  const lines = [...svg.matchAll(/<polyline points="([^"]*)"/g)].map(([, points]) => points!.split(' '));
  expect(lines).toHaveLength(4);
  const heights = lines.map(([first]) => Number(first!.split(',')[1]));
  expect(heights[0]).toBeLessThan(heights[1]!);
  expect(heights[2]).toBe(heights[3]);
  expect(svg).toContain('>ours</text>');
  expect(svg).toContain('1350 lines');
});
