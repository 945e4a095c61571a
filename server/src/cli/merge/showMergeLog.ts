// `merge --log`: what was resolved in this repository without a person, each conflict as git marked it and the answer in its
// place.

import { InputError } from '../../common/inputError.js';
import { interruptible } from '../terminal/interrupt.js';
import { readResolutions, type LoggedResolution } from './mergeLog.js';
import { printResult, shortened } from '../terminal/output.js';
import { resolvedLine } from './resolvedConflicts.js';

export interface LogOptions {
  /** An ISO date; what was resolved earlier is left out. */
  readonly since?: string;
  readonly json?: true;
}

/** @param paths of the files that are shown; all where none is named */
export async function showMergeLog(paths: readonly string[], { since, json }: LogOptions): Promise<void> {
  const from = since === undefined ? -Infinity : Date.parse(since);
  if (Number.isNaN(from)) throw new InputError(`${since ?? ''} is no date such as 2030-01-31.`);
  const log = await interruptible((signal) => readResolutions(process.cwd(), signal));
  if (log === undefined) throw new InputError('There is no log here, since this folder is in no repository.');
  const shown = log.resolutions.filter(
    ({ time, path }) => Date.parse(time) >= from && (paths.length === 0 || paths.some((name) => isSame(path, name))),
  );
  printResult(json === true, { file: log.file, resolutions: shown }, () =>
    shown.length === 0 ? 'Nothing was resolved.' : shown.map(view).join('\n\n'),
  );
}

/** A path of the log is one from the top of the working tree, or as the user wrote it. */
function isSame(path: string, name: string): boolean {
  const plain = (text: string): string => text.replaceAll('\\', '/').replace(/^(\.\.?\/)+/, '');
  return plain(path) === plain(name) || plain(path).endsWith(`/${plain(name)}`);
}

function view(resolution: LoggedResolution): string {
  const { time, by, conflict, text } = resolution;
  const lines = (sign: string, content: string): string[] =>
    content === ''
      ? []
      : content
          .replace(/\r?\n$/, '')
          .split(/\r?\n/)
          .map((line) => `${sign}${shortened(line)}`);
  return [resolvedLine(resolution), `  ${time}, by lacuna ${by}`, ...lines('-', conflict), ...lines('+', text)].join(
    '\n',
  );
}
