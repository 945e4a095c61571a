// Where recordings put cursors into an item's line.

import { seededRandom } from '../../common/random.js';
import type { EditItem } from '../../measure/editItem.js';

/** The item's own cursor, and further ones along its line: behind characters, chosen by a hash of the item's name. */
export function cutsOf({ id, target_line: line }: EditItem, cursors: number): readonly number[] {
  const cuts = new Set([0]);
  const { below } = seededRandom([...id].reduce((hash, char) => (Math.imul(hash, 31) + char.charCodeAt(0)) >>> 0, 7));
  const indentation = line.length - line.trimStart().length;
  const room = line.trimEnd().length - indentation - 2;
  for (let tries = 0; room > 0 && tries < 4 * cursors && cuts.size < cursors; tries++) {
    cuts.add(indentation + 1 + below(room));
  }
  return [...cuts];
}
