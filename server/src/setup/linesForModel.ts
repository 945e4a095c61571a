// Which lines a model without a controller of its own is calibrated on: what the commits of a repository added, or, where there
// is none or it has too few, lines of the programs that come with Lacuna.

import { InputError } from '../common/inputError.js';
import type { EditItem } from '../measure/editItem.js';
import { addedLines } from '../measure/gitHistory.js';
import { LEAST_LINES } from '../measure/recalibrate.js';
import { programLines } from './programLines.js';

/** Enough for a probability, and for the boldest holes; a larger model writes one in ten seconds. */
export const LINES_FOR_MODEL = 150;

/** @throws AbortError */
export async function linesForModel(
  folder: string | undefined,
  programsFolder: string,
  signal: AbortSignal,
  limit = LINES_FOR_MODEL,
): Promise<{ readonly items: readonly EditItem[]; readonly source: 'commits' | 'programs' }> {
  const added = folder === undefined ? [] : await addedLines(folder, limit, signal).catch(noneIfNoRepository);
  if (added.length >= Math.min(LEAST_LINES, limit)) return { items: added, source: 'commits' };
  return { items: await programLines(programsFolder, limit), source: 'programs' };
}

function noneIfNoRepository(error: unknown): readonly EditItem[] {
  if (error instanceof InputError) return [];
  throw error;
}
