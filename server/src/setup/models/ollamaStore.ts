// What Ollama keeps: a manifest for each name, which says which of its blobs holds the weights.

import { open, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { words, type Words } from '../../common/words.js';
import { filesBelow, type FilesBelow } from './filesBelow.js';

export interface KeptFile {
  /** As the program that keeps it calls it. */
  readonly name: string;
  readonly file: string;
  /** Why it cannot be used, where the place alone says so. */
  readonly problem?: Words;
}

const layers = z.array(z.object({ mediaType: z.string(), digest: z.string() })).optional();
const manifestSchema = z.object({
  layers,
  /** Of a name that stands for several forms of one model: each in full, or the digest of its own manifest. */
  manifests: z.array(z.object({ layers, digest: z.string().optional() })).optional(),
});
type Layers = NonNullable<z.infer<typeof layers>>;

const KIND = 'application/vnd.ollama.image.';

/** @param folder with manifests and blobs */
export async function ollamaFiles(folder: string): Promise<{
  readonly files: readonly KeptFile[];
  readonly closed: FilesBelow['closed'];
}> {
  // Newer versions keep links to manifests among the blobs; a name is in one of the two.
  const trees = await Promise.all(['manifests-v2', 'manifests'].map((name) => filesBelow(join(folder, name))));
  const named = trees.flatMap(({ files }) => files).filter(({ parts }) => parts.length === 4);
  const shown = named.filter(({ parts }) => !parts.at(-1)!.startsWith('.'));
  const byName = new Map(shown.reverse().map(({ path, parts }) => [nameOf(parts), path]));
  const files = await Promise.all([...byName].map(([name, path]) => fileOf(folder, name, path)));
  return {
    files: [...files, ...(await unfinished(folder))],
    closed: trees.flatMap(({ closed }) => closed),
  };
}

/** As Ollama writes it: without what is the same for most. */
function nameOf([host = '', space = '', model = '', tag = '']: readonly string[]): string {
  const isUsual = host === 'registry.ollama.ai' || host === 'ollama.com';
  const before = isUsual ? (space === 'library' ? '' : `${space}/`) : `${host}/${space}/`;
  return `${before}${model}:${tag}`;
}

async function fileOf(folder: string, name: string, path: string): Promise<KeptFile> {
  const refused = (reason: Words, file = path): KeptFile => ({
    name,
    file,
    problem: words('{0} cannot be used: {1}.', name, reason),
  });
  const manifest = await readManifest(path);
  if (manifest === undefined) return refused(words('its manifest cannot be read'));
  const choices: Layers[] = [manifest.layers ?? []];
  for (const one of manifest.manifests ?? []) {
    const own = one.layers ?? (await readManifest(blobPath(folder, one.digest ?? '') ?? ''))?.layers;
    if (own !== undefined) choices.push(own);
  }
  const has = (of: Layers, kind: string): boolean => of.some(({ mediaType }) => mediaType === `${KIND}${kind}`);
  const chosen = choices.find((one) => has(one, 'model'));
  if (chosen === undefined) {
    return refused(
      choices.some((one) => has(one, 'tensor'))
        ? words('it is kept tensor by tensor, and not as a GGUF file')
        : words('its weights are not on this machine'),
    );
  }
  const file = blobPath(folder, chosen.find(({ mediaType }) => mediaType === `${KIND}model`)!.digest);
  if (file === undefined) return refused(words('its manifest cannot be read'));
  if ((await stat(file).catch(() => undefined)) === undefined) return refused(words('its weights are not on this machine'));
  return has(chosen, 'adapter') ? refused(words('an adapter changes it, which is not read'), file) : { name, file };
}

async function readManifest(path: string): Promise<z.infer<typeof manifestSchema> | undefined> {
  try {
    return manifestSchema.safeParse(JSON.parse(await readFile(path, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

function blobPath(folder: string, digest: string): string | undefined {
  const hex = /^sha256[:-]([0-9a-f]{64})$/i.exec(digest)?.[1];
  return hex === undefined ? undefined : join(folder, 'blobs', `sha256-${hex.toLowerCase()}`);
}

/** A download has no name before it is whole. */
async function unfinished(folder: string): Promise<KeptFile[]> {
  const { files } = await filesBelow(join(folder, 'blobs'));
  const found: KeptFile[] = [];
  for (const { path } of files) {
    if (!path.endsWith('-partial') || !(await isGguf(path))) continue;
    const name = basename(path).slice(0, 'sha256-'.length + 12);
    found.push({ name, file: path, problem: unfinishedWords(name) });
  }
  return found;
}

export function unfinishedWords(name: string): Words {
  return words('{0} is a download that is not finished.', name);
}

/** By its first bytes. */
export async function isGguf(path: string): Promise<boolean> {
  if ((await stat(path).catch(() => undefined))?.isFile() !== true) return false;
  const handle = await open(path).catch(() => undefined);
  try {
    const { buffer, bytesRead } = (await handle?.read(Buffer.alloc(4), 0, 4, 0)) ?? { buffer: Buffer.alloc(0), bytesRead: 0 };
    return bytesRead === 4 && buffer.toString('latin1') === 'GGUF';
  } catch {
    return false;
  } finally {
    await handle?.close();
  }
}
