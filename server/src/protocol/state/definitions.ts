// Asks the editor where names near the cursor are defined: its language servers know what no index of names can, such as
// the type of a variable.

import { setTimeout as delay } from 'node:timers/promises';
import { namesBefore } from '../../completion/index.js';
import type { Documents } from './documents.js';
import type { DefinitionsParams, DefinitionsResult } from '../messages.js';

/** Lines up to the cursor whose names are asked about, and how many of them. */
const LINES = 8;
const MOST_NAMES = 8;

/** Milliseconds; the client itself answers within 30. What comes later comes too late for this choice. */
const PATIENCE = 150;

/** Sends the request; rejects where the client cannot answer it. */
export type AskDefinitions = (params: DefinitionsParams) => Promise<DefinitionsResult | null>;

/** Never rejects: without an answer there is one source less. */
export async function definitionsNear(
  documents: Documents,
  uri: string,
  offset: number,
  ask: AskDefinitions,
): Promise<DefinitionsResult['definitions']> {
  const document = documents.textDocument(uri);
  if (document === undefined) return [];
  const names = namesBefore(document.getText(), offset, LINES, MOST_NAMES).map((one) => ({
    name: one.name,
    position: document.positionAt(one.offset),
  }));
  if (names.length === 0) return [];
  const answered = ask({ textDocument: { uri }, names }).catch(() => null);
  const late = delay(PATIENCE, null, { ref: false });
  return (await Promise.race([answered, late]))?.definitions ?? [];
}
