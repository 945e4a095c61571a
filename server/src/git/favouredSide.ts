// Which side git was told to take where both clash (`-X ours`, `-X theirs`). Git says nothing of it to a merge driver, so it
// is looked up where it stands: on the command line of the git that runs the driver, where the system shows it, and in the
// notes of a rebase or of a row of commits that is picked. Where neither is to be had (Windows, say), it is not known.

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { gitPath } from './gitPath.js';

export type Side = 'ours' | 'theirs';

/** Processes above us that are looked at: a shell or two stand between git and us. */
const MOST_PARENTS = 4;

/** The option, behind others of one letter that take no value, or shortened as git allows; and its value where it is there. */
const OPTION = /^(?:-[aefiknqrtvx]*X|--strategy-[a-z]*(?:=|$))(.+)?$/s;

const notes = ['rebase-merge/strategy_opts', 'sequencer/opts'];

/** @param folder of the working tree that is merged */
export async function favouredSide(folder: string, signal: AbortSignal): Promise<Side | undefined> {
  const asked = await fromCommandLines(process.ppid);
  if (asked !== undefined) return asked;
  for (const name of notes) {
    const file = await gitPath(folder, name, signal);
    const text = file === undefined ? '' : await readFile(file, 'utf8').catch(() => '');
    const side = favouredInNotes(text);
    if (side !== undefined) return side;
  }
  return undefined;
}

/** The last of the options counts, as it does for git. */
export function favouredByArguments(command: readonly string[]): Side | undefined {
  if (!/^git(-[a-z-]+)?(\.exe)?$/.test(basename(command[0] ?? ''))) return undefined;
  let side: Side | undefined;
  for (const [index, argument] of command.entries()) {
    if (argument === '--') break;
    const [isOption, value] = OPTION.exec(argument) ?? [];
    const given = value ?? (isOption === undefined ? undefined : command[index + 1]);
    if (given === 'ours' || given === 'theirs') side = given;
  }
  return side;
}

/** From ` --theirs` of a rebase, or `strategy-option = theirs` of picked commits. */
export function favouredInNotes(text: string): Side | undefined {
  const found = [...text.matchAll(/(?:--'?|strategy-option\s*=\s*"?)(ours|theirs)(?=['"\s]|$)/g)];
  return found.at(-1)?.[1] as Side | undefined;
}

async function fromCommandLines(first: number): Promise<Side | undefined> {
  let id = first;
  for (let parents = 0; parents < MOST_PARENTS && id > 1; parents++) {
    const found = await processOf(id);
    if (found === undefined) return undefined;
    const side = favouredByArguments(found.command);
    if (side !== undefined) return side;
    id = found.parent;
  }
  return undefined;
}

async function processOf(
  id: number,
): Promise<{ readonly command: readonly string[]; readonly parent: number } | undefined> {
  if (process.platform === 'win32') return undefined;
  try {
    const [command, status] = await Promise.all([
      readFile(`/proc/${id}/cmdline`, 'utf8'),
      readFile(`/proc/${id}/status`, 'utf8'),
    ]);
    return { command: command.split('\0'), parent: Number(/^PPid:\s*(\d+)/m.exec(status)?.[1] ?? 0) };
  } catch {
    return processByPs(id);
  }
}

/** Where there is no /proc; words of a command line that hold spaces come apart, which no option of ours does. */
function processByPs(
  id: number,
): Promise<{ readonly command: readonly string[]; readonly parent: number } | undefined> {
  return new Promise((resolve) => {
    execFile('/bin/ps', ['-o', 'ppid=,args=', '-p', String(id)], (error, output) => {
      const [parent, ...command] = output.trim().split(/\s+/);
      resolve(error === null && parent !== undefined ? { command, parent: Number(parent) } : undefined);
    });
  });
}
