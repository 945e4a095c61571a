// The prefill form of a model: its layers once more, with a step for each row of a matrix and inputs rounded for each row of
// a pass. Prompts, whose passes have many rows, are read faster with it on processors with dot products of 8 bits; lines are
// written with the form that ships, since passes of few rows wait for the memory, and it takes half of it. The form is made
// on the machine (convert/prefill), and prefill.json says what of.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { fileName, fitTo, parseJson, verifyFile, type Manifest } from '../manifest.js';
import { openSegmentsOf, type OpenSegments } from './session.js';
import { stableSegments } from './stableRows.js';

/** A change of what is written makes forms that are there of no use. */
const FORMAT = 1;

export const PREFILL_FILE = 'prefill.json';

const count = z.number().int().nonnegative();

const schema = z.object({
  format: z.literal(FORMAT),
  /** SHA-256 of the model.json that it was made of. */
  model: z.string(),
  /** Time of a pass as a share of that in the form that ships, as it was measured when the form was made. */
  timeRatio: z.number().positive().nullable(),
  /** None where the form that ships is as fast, or the processor does not add up 8-bit products exactly. */
  segments: z.array(z.object({ file: fileName, from: count, to: count })),
  files: z.record(fileName, z.object({ bytes: count, sha256: z.string() })),
});

export type Prefill = z.infer<typeof schema>;

/** The segments of a form, and where they lie. */
export interface PrefillSegments {
  readonly folder: string;
  readonly segments: Prefill['segments'];
}

/** What a form holds for, whose fields begin prefill.json, and the name of its folder: another processor has another one. */
export async function prefillTarget(modelFolder: string) {
  const manifest = await readFile(join(modelFolder, 'model.json'));
  const sum = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');
  const model = sum(manifest);
  const { name } = JSON.parse(manifest.toString('utf8')) as { readonly name: string };
  const processor = `${process.arch} ${cpus()[0]?.model ?? ''}`;
  return { target: { format: FORMAT, model } as const, name: `${name}-${sum(`${model} ${processor}`).slice(0, 12)}` };
}

/**
 * What was found out about a model's form on this machine; undefined where none was made.
 * @param forms the folder of all models' forms
 */
export async function readPrefill(
  modelFolder: string,
  forms: string,
): Promise<(Prefill & { readonly folder: string }) | undefined> {
  const { target, name } = await prefillTarget(modelFolder);
  const folder = join(forms, name);
  const file = join(folder, PREFILL_FILE);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const read = parseJson(text, file) as { readonly format?: unknown; readonly model?: unknown } | null;
  if (read?.format !== target.format || read.model !== target.model) return undefined;
  return { ...fitTo(schema, read, file), folder };
}

/**
 * The segments to read prompts with, their files held against their SHA-256; undefined where prompts are read with the form
 * that ships.
 * @throws ModelFolderError where the form is damaged, or the runtime refuses it
 */
export async function openPrefill(
  modelFolder: string,
  manifest: Manifest,
  threads: number,
  forms: string,
): Promise<OpenSegments | undefined> {
  const found = await readPrefill(modelFolder, forms);
  if (found === undefined || found.segments.at(-1)?.to !== manifest.architecture.layers) return undefined;
  await checkPrefill(found);
  const opened = await openSegmentsOf(found.folder, found.segments, manifest, threads);
  return { ...opened, segments: await stableSegments(opened.segments, manifest) };
}

/** @throws ModelFolderError naming the first file that is not as it was made */
export async function checkPrefill({
  folder,
  files,
}: Pick<Prefill, 'files'> & { readonly folder: string }): Promise<void> {
  for (const [file, expected] of Object.entries(files)) await verifyFile(join(folder, file), expected, PREFILL_FILE);
}
