// Which lines a model without a controller of its own is calibrated on: what the commits of a repository added, or, where there
// is none or it has too few, lines of the programs that come with Lacuna.

import { InputError } from '../common/inputError.js';
import type { FilesOfItems } from '../measure/contextFiles.js';
import type { EditItem } from '../measure/editItem.js';
import { addedLines } from '../measure/gitHistory.js';
import { LEAST_LINES } from '../measure/recalibrate.js';
import { programLines } from './programLines.js';

/** Enough for a probability, and for the boldest holes; a larger model writes one in ten seconds. */
export const LINES_FOR_MODEL = 150;

export interface LinesForModel {
  readonly items: readonly EditItem[];
  readonly files: FilesOfItems | undefined;
  readonly source: 'commits' | 'programs';
}

/** @throws AbortError */
export async function linesForModel(
  folder: string | undefined,
  programsFolder: string,
  signal: AbortSignal,
  limit = LINES_FOR_MODEL,
): Promise<LinesForModel> {
  const added =
    folder === undefined ? undefined : await addedLines(folder, limit, signal).catch(undefinedIfNoRepository);
  if (added !== undefined && added.items.length >= Math.min(LEAST_LINES, limit)) return { ...added, source: 'commits' };
  return { items: await programLines(programsFolder, limit), files: undefined, source: 'programs' };
}

function undefinedIfNoRepository(error: unknown): undefined {
  if (error instanceof InputError) return undefined;
  throw error;
}
