// Whether the answer calls a function with arguments that it took before a side changed its parameters, and does not take now.

import type { GateCheck } from './types.js';

export const changedSignatures: GateCheck = ({ candidate, names }) =>
  names.misfits.has(candidate.text) ? 'changedSignature' : undefined;
