// All rules, in the order in which they are asked. To add one, write a file beside this and a row here.

import { additions } from './additions.js';
import { analogy } from './analogy.js';
import { arithmetic } from './arithmetic.js';
import { lineSets } from './lineSets.js';
import { replay } from './replay.js';
import { sections } from './sections.js';
import { separators } from './separators.js';
import { structure } from './structure.js';
import { union } from './union.js';
import type { Rule } from './rule.js';

export const rules: readonly Rule[] = [
  union,
  structure,
  lineSets,
  sections,
  additions,
  replay,
  analogy,
  arithmetic,
  separators,
];
