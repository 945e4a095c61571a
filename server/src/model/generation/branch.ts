// A branch while it is written, in a tree or by itself.

import type { Writer } from './writer.js';

/** A continuation that is to be written behind tokens of its own. */
export interface Branch {
  /** The greedy tokens that it begins with, behind the prompt. */
  readonly at: number;
  readonly writer: Writer;
  /** Its tokens behind these, the last of which is not computed yet. */
  readonly own: number[];
  /** The state that the last of them was chosen from, [hidden]. */
  hidden: Float32Array;
}
