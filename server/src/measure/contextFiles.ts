// The other files of an item's repository, as `eval edits --context` is given them: what an editor would have had open or
// on the disk. They go through the same choice as the files of a workspace.

import * as z from 'zod';
import {
  type ContextFile,
  type ContextPart,
  buildPrompt,
  chooseContext,
  contextPlaceOf,
  DEFAULT_BUDGET,
} from '../completion/index.js';
import type { DocumentSnapshot } from '../common/document.js';
import type { Syntax } from '../syntax/index.js';
import { readItems } from './data.js';
import { documentOf, type EditItem } from './editItem.js';
import { languageIdOf } from '../languages/index.js';

const contextItem = z.object({
  id: z.string(),
  files: z.array(z.object({ path: z.string(), relation: z.enum(['imported', 'recent', 'sibling']), text: z.string() })),
});

/** By the ids of items. Where two items have the very same files, the second sees of them what was chosen for the first. */
export interface FilesOfItems {
  get(id: string): readonly ContextFile[] | Promise<readonly ContextFile[]> | undefined;
}

/** @throws InputError */
export async function readContextFiles(paths: readonly string[] | undefined): Promise<FilesOfItems | undefined> {
  if (paths === undefined) return undefined;
  const items = await readItems(paths, contextItem);
  return new Map(
    items.map(({ id, files }) => [id, files.map((file) => ({ ...file, languageId: languageIdOf(file.path) }))]),
  );
}

export async function contextOfItem(
  files: FilesOfItems | undefined,
  id: string,
  document: DocumentSnapshot,
  offset: number,
  syntax: Syntax,
  budget = DEFAULT_BUDGET,
): Promise<readonly ContextPart[]> {
  const own = await files?.get(id);
  if (own === undefined) return [];
  // As in the editor, what was chosen stays until something is clearly better, so that the model need not read it again. What
  // stands in the document itself may be the line that is asked for.
  const previous = (chosenOf.get(own) ?? []).filter(({ path }) => path !== document.path);
  const chosen = await chooseContext(contextPlaceOf(document, offset), own, [], syntax, { budget, previous });
  chosenOf.set(own, chosen);
  return chosen;
}

const chosenOf = new WeakMap<readonly ContextFile[], readonly ContextPart[]>();

export type ItemPrompt = ReturnType<typeof buildPrompt>;

/** The prompt of an item's line. */
export type PromptOf = (item: EditItem, cut?: number) => Promise<ItemPrompt>;

/**
 * Prompts as the editor makes them.
 * @param files without them, of the document alone
 * @param budget UTF-16 code units of all pieces together
 */
export function promptsWith(files: FilesOfItems | undefined, syntax: Syntax, budget?: number): PromptOf {
  return async (item, cut = 0) => {
    const prefix = item.prefix + item.target_line.slice(0, cut);
    const document = documentOf({ ...item, prefix });
    const context = await contextOfItem(files, item.id, document, prefix.length, syntax, budget);
    return buildPrompt(document, prefix.length, context);
  };
}
