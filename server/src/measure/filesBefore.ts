// What the editor would have had beside a line that a commit added: the files that its own imports, those that were changed last
// before, and some of its folder, all as they were before the commit.

import { dirname, join } from 'node:path';
import { isSecretFile, type ContextFile } from '../completion/index.js';
import { commitFiles, readBlobs } from '../git/index.js';
import { languageIdOf, languageOf } from '../languages/index.js';
import { importedFiles } from '../workspace/index.js';
import type { FilesOfItems } from './contextFiles.js';

/** Files of each relation: as many as the measurements that ship were made with. */
const MOST = { imported: 5, recent: 4, sibling: 3 } as const;
type Relation = keyof typeof MOST;

/** Code units of one file. */
const LONGEST_TEXT = 6_000;

/** Files of a commit that are looked at. */
const MOST_FILES = 20_000;

export interface AddedLine {
  readonly commit: string;
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  /** 1-based, in the file after the commit. */
  readonly line: number;
}

/** A line that is measured. */
export interface TakenLine extends AddedLine {
  /** What stands above it in its file, as far as imports may stand there. */
  readonly above: string;
}

/**
 * @param found lines of all commits, the latest first
 * @param taken those that are measured, by the ids of their items
 */
export function filesBefore(
  folder: string,
  found: readonly AddedLine[],
  taken: ReadonlyMap<string, TakenLine>,
  signal = new AbortController().signal,
): FilesOfItems {
  // Items come commit by commit and file by file, so that one list of files is kept, and what was read last.
  let listed: { readonly commit: string; readonly programs: Promise<Programs> } | undefined;
  let last: { readonly key: string; readonly files: Promise<readonly ContextFile[]> } | undefined;
  const listOf = (commit: string): Promise<Programs> => {
    if (listed?.commit !== commit) listed = { commit, programs: programsOf(folder, `${commit}^`, signal) };
    return listed.programs;
  };
  const read = async (line: TakenLine): Promise<readonly ContextFile[]> => {
    const { objects, absolute } = await listOf(line.commit);
    const chosen = new Map<string, Relation>();
    const take = (relation: Relation, paths: readonly string[]): void => {
      const others = paths.filter((path) => path !== line.path && objects.has(path) && !chosen.has(path));
      for (const path of others.slice(0, MOST[relation])) chosen.set(path, relation);
    };
    const imported = importedFiles(line.above, absoluteOf(line.path), absolute.keys());
    take(
      'imported',
      imported.map((one) => absolute.get(one)!),
    );
    take('recent', changedBefore(line.commit, found));
    take('sibling', neighboursOf(line.path, [...objects.keys()]));
    const key = [line.commit, line.path, ...chosen.keys()].join('\0');
    if (last?.key !== key) last = { key, files: textsOf(chosen, objects) };
    return last.files;
  };
  const textsOf = async (
    chosen: ReadonlyMap<string, Relation>,
    objects: Programs['objects'],
  ): Promise<readonly ContextFile[]> => {
    const wanted = [...chosen.keys()].map((path) => objects.get(path)!);
    const texts = await readBlobs(folder, wanted, signal);
    return [...chosen].flatMap(([path, relation]) => {
      const text = texts
        .get(objects.get(path)!)
        ?.replace(/^\uFEFF/, '')
        .replaceAll('\r\n', '\n');
      if (text === undefined) return [];
      return [{ path, languageId: languageIdOf(path), text: text.slice(0, LONGEST_TEXT), relation }];
    });
  };
  return {
    get(id) {
      const line = taken.get(id);
      return line === undefined ? undefined : read(line);
    },
  };
}

/** The programs of a commit. */
interface Programs {
  /** Git's objects by their paths. */
  readonly objects: ReadonlyMap<string, string>;
  /** The paths by what they would be as absolute ones, as the system writes them: imports are looked for among these. */
  readonly absolute: ReadonlyMap<string, string>;
}

const absoluteOf = (path: string): string => join('/', path);

async function programsOf(folder: string, commit: string, signal: AbortSignal): Promise<Programs> {
  const files = [...(await commitFiles(folder, commit, signal))];
  const isProgram = ([path]: readonly [string, string]): boolean =>
    languageOf(languageIdOf(path))?.program !== undefined && !isSecretFile(path);
  const objects = new Map(files.filter(isProgram).slice(0, MOST_FILES));
  return { objects, absolute: new Map([...objects.keys()].map((path) => [absoluteOf(path), path])) };
}

function changedBefore(commit: string, found: readonly AddedLine[]): readonly string[] {
  const earlier = found.slice(found.findLastIndex((line) => line.commit === commit) + 1);
  return [...new Set(earlier.map(({ path }) => path))];
}

/** Files of the same folder and language, those that follow in the alphabet first. */
function neighboursOf(path: string, others: readonly string[]): readonly string[] {
  const same = others
    .filter((one) => dirname(one) === dirname(path) && languageIdOf(one) === languageIdOf(path))
    .sort();
  const at = same.findIndex((one) => one > path);
  return at === -1 ? same : [...same.slice(at), ...same.slice(0, at)];
}
