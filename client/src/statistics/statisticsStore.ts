// Where the counts lie: in a folder of the editor's own storage, one file for each window, so that two windows never write
// the same file. A file is replaced as a whole, so a full disk or a crash leaves the last good one.

import * as vscode from 'vscode';
import { count, join, readDays, type Days, type Event } from './statisticsData.js';

/** Counts are written so long after they change, in milliseconds. */
const REST_MS = 5_000;
/** A disk that is full is tried again so much later. */
const RETRY_MS = 60_000;
/** Files that nobody has written to for so long are removed, in milliseconds. */
const LIFE_MS = 400 * 24 * 3_600_000;

export class StatisticsStore implements vscode.Disposable {
  private days: Days = {};
  private timer: NodeJS.Timeout | undefined;
  private problem = '';
  private readonly file: vscode.Uri;

  constructor(
    private readonly folder: vscode.Uri,
    private readonly log: Pick<vscode.LogOutputChannel, 'warn'>,
    name: string,
  ) {
    this.file = vscode.Uri.joinPath(folder, `${name}.json`);
  }

  record(day: string, event: Event): void {
    this.days = count(this.days, day, event);
    this.timer ??= setTimeout(() => void this.write(), REST_MS);
  }

  /** The counts of all windows, those that are open included. */
  async read(): Promise<Days> {
    const others = await Promise.all((await this.files()).filter((uri) => uri.path !== this.file.path).map(readFile));
    return join([this.days, ...others.filter((days) => days !== undefined)]);
  }

  /** Forgets all counts, of other windows too. */
  async reset(): Promise<void> {
    this.days = {};
    for (const uri of await this.files()) await Promise.resolve(vscode.workspace.fs.delete(uri)).catch(() => undefined);
  }

  /** Writes what has not been written. Never throws: numbers are worth no message that interrupts. */
  async write(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (Object.keys(this.days).length === 0) return;
    const text = JSON.stringify({ version: 1, days: this.days });
    const partial = this.file.with({ path: `${this.file.path}.partial` });
    try {
      await vscode.workspace.fs.createDirectory(this.folder);
      await vscode.workspace.fs.writeFile(partial, new TextEncoder().encode(text));
      await vscode.workspace.fs.rename(partial, this.file, { overwrite: true });
      this.problem = '';
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      if (problem !== this.problem)
        this.log.warn(`The statistics could not be written and are kept in memory: ${problem}`);
      this.problem = problem;
      this.timer = setTimeout(() => void this.write(), RETRY_MS);
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  private async files(): Promise<vscode.Uri[]> {
    const entries = await Promise.resolve(vscode.workspace.fs.readDirectory(this.folder)).catch(() => []);
    const uris = entries
      .filter(([name]) => name.endsWith('.json'))
      .map(([name]) => vscode.Uri.joinPath(this.folder, name));
    const kept: vscode.Uri[] = [];
    for (const uri of uris) {
      const changedAt = await Promise.resolve(vscode.workspace.fs.stat(uri)).then(
        ({ mtime }) => mtime,
        () => 0,
      );
      if (Date.now() - changedAt < LIFE_MS) kept.push(uri);
      else await Promise.resolve(vscode.workspace.fs.delete(uri)).catch(() => undefined);
    }
    return kept;
  }
}

/** Undefined where a file is gone, is damaged, or is none of ours. */
async function readFile(uri: vscode.Uri): Promise<Days | undefined> {
  try {
    return readDays(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
  } catch {
    return undefined;
  }
}
