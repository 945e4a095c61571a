// Syntax trees for measuring: in one go, and with so much time that a figure does not depend on how busy the machine is.

import { createSyntax, type OwnedSyntax } from '../syntax/index.js';
import { findInstallation } from './installation.js';

/** Milliseconds: only a text that was made to hurt takes longer. */
const LONGEST_PARSE_MS = 20_000;

export function measuringSyntax(): OwnedSyntax {
  const { grammarFolder } = findInstallation();
  return createSyntax({ grammarFolder, longestParseMs: LONGEST_PARSE_MS, sliceMs: LONGEST_PARSE_MS });
}
