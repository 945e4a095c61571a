// From a question about a place to files that are worth looking at, and from these to what the model is shown.

import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  chooseContext,
  isSecretFile,
  questionOf,
  type ContextFile,
  type ContextPart,
  type DefinedName,
  type FileRelation,
} from '../completion/index.js';
import { languageIdOf } from '../languages/index.js';
import type { Syntax } from '../syntax/index.js';
import { importedFiles } from './imports.js';
import { readText } from './readable.js';
import type { Reading } from './reading.js';
import type { ContextQuestion, EditedLines } from './types.js';

/** Files that are looked at for one place, and how many of each relation. */
const MOST_OPEN = 6;
const MOST_DEFINING = 6;
const MOST_IMPORTED = 8;
const MOST_RECENT = 4;
const MOST_FOUND = 12;

/** Code units that are looked at of a file. */
const LONGEST_TEXT = 40_000;

/** @returns undefined when `isOver` says that nobody waits any more */
export async function answer(
  { place, file, open, edits, definitions, previous, budget }: ContextQuestion,
  reading: Reading,
  syntax: Syntax,
  isOver: () => boolean,
): Promise<readonly ContextPart[] | undefined> {
  const files: ContextFile[] = [];
  const seen = new Set([file]);
  const definedIn = (other: string): readonly DefinedName[] => definitions.filter((one) => one.file === other);
  for (const document of open.slice(0, MOST_OPEN)) {
    if (document.file === file || !(await mayBeShown(document.file, reading))) continue;
    seen.add(document.file);
    const text = document.text.slice(0, LONGEST_TEXT);
    files.push({ ...document, text, relation: 'open', defines: definedIn(document.file) });
  }
  for (const [other, relation] of candidatesOf(place, file, definitions, reading)) {
    if (isOver()) return undefined;
    if (seen.has(other)) continue;
    seen.add(other);
    // The editor knows files too that were not read because they must stay out; and what lies on the disk, and what git
    // ignores, may have changed since a file was indexed, so that it is looked at with the same care.
    if (!(await mayBeShown(other, reading))) continue;
    const path = reading.pathOf(other);
    const read = await readText(other);
    if (path === undefined || read.kind !== 'text') continue;
    const text = read.text.slice(0, LONGEST_TEXT);
    files.push({ path, languageId: languageIdOf(path), text, relation, defines: definedIn(other) });
  }
  const shownEdits: EditedLines[] = [];
  for (const edit of edits) if (await mayBeShown(edit.file, reading)) shownEdits.push(edit);
  const kept: ContextPart[] = [];
  const inEditor = new Set([...open, ...edits].map(({ path }) => path));
  for (const part of previous)
    if (part.path === place.path || (await mayStay(part, inEditor, reading))) kept.push(part);
  if (isOver()) return undefined;
  return chooseContext(place, files, shownEdits, syntax, {
    budget,
    previous: kept.length === previous.length ? previous : kept,
  });
}

/** What was shown before may have come to be ignored since, or be gone. */
async function mayStay({ path }: ContextPart, inEditor: ReadonlySet<string>, reading: Reading): Promise<boolean> {
  const files = reading.filesAt(path);
  const allowed = await Promise.all(files.map((file) => mayBeShown(file, reading)));
  return allowed.every((is) => is) && (inEditor.has(path) || files.some((file) => existsSync(file)));
}

/** What others know of is treated as what lies on the disk: neither secrets nor what git ignores. */
async function mayBeShown(file: string, reading: Reading): Promise<boolean> {
  return !isSecretFile(file) && (await reading.admits(file));
}

function candidatesOf(
  place: ContextQuestion['place'],
  file: string,
  definitions: ContextQuestion['definitions'],
  reading: Reading,
): readonly (readonly [file: string, relation: FileRelation])[] {
  const imported = importedFiles(`${place.before}\n${place.prefix}`, file, reading.index.files()).slice(
    0,
    MOST_IMPORTED,
  );
  const found = reading.index.find(questionOf(place), MOST_FOUND);
  const folder = dirname(file);
  return [
    ...definitions.slice(0, MOST_DEFINING).map((definition) => [definition.file, 'defining'] as const),
    ...imported.map((other) => [other, 'imported'] as const),
    ...reading
      .recent()
      .slice(0, MOST_RECENT)
      .map((other) => [other, 'recent'] as const),
    ...found.map((other) => [other, dirname(other) === folder ? 'sibling' : 'other'] as const),
  ];
}
