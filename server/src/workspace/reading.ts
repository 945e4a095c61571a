// Reads the workspace's files into the index, in short stretches with pauses, and keeps up with what changes.

import { lstat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { deepestHolder, namesBelow } from './below.js';
import { FileIndex, MOST_FILES } from './fileIndex.js';
import { readText } from './readable.js';
import type { LeftOut, WorkspaceState } from './types.js';
import { isWalked, walk } from './walk.js';

/** Milliseconds of work between two pauses. */
const STRETCH_MS = 10;

export interface Reading {
  readonly index: FileIndex;
  setFolders(folders: readonly string[]): Promise<void>;
  changed(file: string): Promise<void>;
  /** Whether git does not ignore a file; a file outside of all folders is the user's choice. */
  admits(file: string): Promise<boolean>;
  /** The path that the model is shown: from the folder that holds the file; undefined outside of all. */
  pathOf(file: string): string | undefined;
  /** The files that a path may stand for: one in each folder. */
  filesAt(path: string): readonly string[];
  /** Files that were saved or made since the start, the latest first. */
  recent(): readonly string[];
  state(): WorkspaceState;
  close(): void;
}

export interface ReadingOptions {
  /** Share of the time that reading may take (0-1). */
  readonly duty: number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly now: () => number;
}

const MOST_RECENT = 12;

async function isFolder(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined))?.isDirectory() === true;
}

export function openReading({ duty, sleep, now }: ReadingOptions): Reading {
  const index = new FileIndex();
  const leftOut = new Map<string, LeftOut>();
  let folders: readonly string[] = [];
  let recent: readonly string[] = [];
  /** Counts the calls of setFolders: a walk ends when a newer one has begun. */
  let round = 0;
  let isComplete = true;
  let workMs = 0;
  let [updates, lastUpdateMs] = [0, 0];

  const holderOf = (file: string): string | undefined => deepestHolder(file, folders);

  const read = async (file: string): Promise<void> => {
    const found = await readText(file);
    leftOut.delete(file);
    if (found.kind === 'text') {
      if (!index.set(file, found.text)) leftOut.set(file, 'tooMany');
      return;
    }
    index.delete(file);
    if (found.kind === 'leftOut') leftOut.set(file, found.reason);
  };

  const forget = (file: string): void => {
    index.delete(file);
    leftOut.delete(file);
  };

  const known = (): readonly string[] => [...index.files(), ...leftOut.keys()];
  const knownBelow = (folder: string): readonly string[] => known().filter((file) => file.startsWith(folder + sep));

  /** Reads a file where git does not ignore it. */
  const readWalked = async (file: string): Promise<boolean> => {
    const holder = holderOf(file);
    const isIn = holder !== undefined && (await isWalked(holder, file));
    if (isIn) await read(file);
    else forget(file);
    return isIn;
  };

  /** Leaves some of the time to others, after a stretch of work. */
  const pauseAfter = async (began: number): Promise<number> => {
    const took = now() - began;
    if (took < STRETCH_MS) return began;
    workMs += took;
    await sleep(took * (1 / duty - 1));
    return now();
  };

  /** Reads what is not known yet in folders or in one folder of these, and forgets what is there no longer. */
  const readIn = async (own: number, roots: readonly string[], start?: string): Promise<void> => {
    const unmet = new Set(start === undefined ? known() : knownBelow(start));
    let began = now();
    for (const root of roots) {
      for await (const file of walk(root, start)) {
        if (round !== own) return;
        unmet.delete(file);
        if (index.size >= MOST_FILES) leftOut.set(file, 'tooMany');
        else if (!index.has(file)) await read(file);
        began = await pauseAfter(began);
      }
    }
    for (const file of unmet) {
      if (round !== own) return;
      await readWalked(file);
    }
    workMs += now() - began;
  };

  const setFolders = async (given: readonly string[]): Promise<void> => {
    const own = ++round;
    folders = given;
    isComplete = false;
    for (const file of known()) if (holderOf(file) === undefined) forget(file);
    recent = recent.filter((file) => holderOf(file) !== undefined);
    await readIn(own, folders);
    if (round === own) isComplete = true;
  };

  /** @returns where more may have changed than the file */
  const readChanged = async (file: string): Promise<'everywhere' | 'folder' | undefined> => {
    const began = now();
    const isKnown = (): boolean => index.has(file) || leftOut.has(file);
    const wasKnown = isKnown();
    const isIn = await readWalked(file);
    recent = [...(index.has(file) ? [file] : []), ...recent.filter((other) => other !== file)].slice(0, MOST_RECENT);
    if (isIn) {
      updates++;
      lastUpdateMs = now() - began;
    }
    // What was ignored may be read now, and what was read may not.
    if (basename(file) === '.gitignore') return 'everywhere';
    // A folder that is made, renamed or deleted may be told of alone, without the files in it.
    if (!isIn || wasKnown || isKnown()) return undefined;
    return knownBelow(file).length > 0 || (await isFolder(file)) ? 'folder' : undefined;
  };

  /** Told of and not looked at yet; a branch that is checked out may change thousands. */
  const pending = new Set<string>();
  let catchingUp: Promise<void> | undefined;

  const catchUp = async (): Promise<void> => {
    let began = now();
    for (const file of pending) {
      pending.delete(file);
      const more = await readChanged(file);
      began = await pauseAfter(began);
      const holder = holderOf(file);
      if (more === undefined || holder === undefined) continue;
      await (more === 'folder' ? readIn(round, [holder], file) : setFolders(folders));
      began = now();
    }
    catchingUp = undefined;
  };

  return {
    index,
    setFolders,
    changed(file) {
      pending.add(file);
      return (catchingUp ??= catchUp());
    },
    async admits(file) {
      const holder = holderOf(file);
      return holder === undefined || isWalked(holder, file);
    },
    pathOf(file) {
      const holder = holderOf(file);
      // A name may hold a line end, and the prompt's header is one line.
      return holder === undefined
        ? undefined
        : namesBelow(holder, file)
            .join('/')
            .replace(/[\r\n]/g, ' ');
    },
    filesAt: (path) => folders.map((folder) => join(folder, path)),
    recent: () => recent,
    state() {
      const counts: Record<LeftOut, number> = { secret: 0, binary: 0, tooLarge: 0, tooMany: 0, unreadable: 0 };
      for (const reason of leftOut.values()) counts[reason]++;
      return { files: index.size, leftOut: counts, isComplete, workMs, updates, lastUpdateMs };
    },
    close() {
      round++;
      pending.clear();
    },
  };
}
