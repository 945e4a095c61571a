// Counters: both sides changed one number, and both changes count. 140 that became 142 here and 139 there becomes 141.

import { render } from '../combine.js';
import type { MergeChunk } from '../../types.js';
import type { Rule } from './rule.js';

const integer = /^\d{1,9}$/;

export const arithmetic: Rule = ({ tokenMerge: merge }) => {
  if (merge === undefined || merge.conflicts === 0) return [];
  const chunks: MergeChunk<string>[] = [];
  for (const chunk of merge.chunks) {
    if (chunk.kind === 'stable') {
      chunks.push(chunk);
      continue;
    }
    const numbers = [chunk.ours, chunk.theirs, chunk.base].map((items) => items.join(''));
    if (!numbers.every((text) => integer.test(text))) return [];
    const [fromOurs, fromTheirs, fromBase] = numbers.map(Number) as [number, number, number];
    const sum = fromOurs + fromTheirs - fromBase;
    if (sum < 0) return [];
    chunks.push({ kind: 'stable', items: [String(sum)], from: 'both' });
  }
  return [{ text: render({ chunks, conflicts: 0 }, []), pattern: 'added-counts', source: 'generated', score: 0.05 }];
};
