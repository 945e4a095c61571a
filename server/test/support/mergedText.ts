// What git makes of three versions of a file, with the base between the markers of what is left.

import { mergeThreeWay, linesOf } from '../../src/merge/index.js';

export function mergedText(ours: string, base: string, theirs: string): string {
  const merge = mergeThreeWay(linesOf(ours), linesOf(base), linesOf(theirs));
  if (merge === undefined) throw new Error('The versions are too different.');
  return merge.chunks
    .map((chunk) =>
      chunk.kind === 'stable'
        ? chunk.items.join('')
        : [
            ['<<<<<<< ours\n', ...chunk.ours],
            ['||||||| base\n', ...chunk.base],
            ['=======\n', ...chunk.theirs],
            ['>>>>>>> theirs\n'],
          ]
            .flat()
            .join(''),
    )
    .join('');
}
