// Whether the answer uses a name that a side has renamed everywhere, in the conflict or elsewhere in the file: what the other
// side wrote of it would find nothing.

import { renamesMissedBy } from '../names/nameFindings.js';
import type { GateCheck } from './types.js';

export const renamedNames: GateCheck = ({ input, candidate, answer, conflictNames, names }) => {
  const used = new Set(answer.words);
  if (conflictNames().renamed.some((old) => used.has(old))) return 'renamedName';
  return renamesMissedBy(candidate.text, input.languageId, names.renames).length > 0 ? 'renamedName' : undefined;
};
