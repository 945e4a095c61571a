// Whether the files of a model folder are as they were made. The model itself stops at the first file that does not fit;
// this names all of them, for somebody who has to mend the folder.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod';
import { words, type Words } from '../common/words.js';

const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  files: z.record(z.string(), z.object({ bytes: z.number(), sha256: z.string() })),
});

export type ModelFiles =
  | { readonly kind: 'unreadable'; readonly problem: Words }
  | {
      readonly kind: 'read';
      readonly name: string;
      readonly version: string;
      readonly files: number;
      readonly bytes: number;
      /** One for each file that is missing, cut or changed. */
      readonly problems: readonly Words[];
    };

export async function checkModelFiles(folder: string): Promise<ModelFiles> {
  const text = await readFile(join(folder, 'model.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return { kind: 'unreadable', problem: words('{0} has no readable model.json', folder) };
  const manifest = parseManifest(text);
  if (manifest === undefined)
    return { kind: 'unreadable', problem: words("{0} is not a model's", join(folder, 'model.json')) };
  const problems: Words[] = [];
  let bytes = 0;
  for (const [file, expected] of Object.entries(manifest.files)) {
    bytes += expected.bytes;
    const problem = await checkFile(join(folder, file), file, expected);
    if (problem !== undefined) problems.push(problem);
  }
  const { name, version, files } = manifest;
  return { kind: 'read', name, version, files: Object.keys(files).length, bytes, problems };
}

async function checkFile(
  path: string,
  file: string,
  expected: { bytes: number; sha256: string },
): Promise<Words | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return words('{0} is missing', file);
  if (found.size !== expected.bytes) return words('{0} has {1} bytes instead of {2}', file, found.size, expected.bytes);
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  } catch {
    return words('{0} cannot be read', file);
  }
  return hash.digest('hex') === expected.sha256 ? undefined : words('{0} is damaged', file);
}

function parseManifest(text: string): z.infer<typeof manifestSchema> | undefined {
  try {
    return manifestSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
