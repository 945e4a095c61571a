// The files that say what git ignores beside those in the folders themselves: the user's for all repositories, and a
// repository's own that is not shared.

import { join, resolve } from 'node:path';
import { folderIn, homeFolder } from '../common/userFolder.js';
import { runGit } from './runGit.js';

/**
 * @param top of a working tree
 * @returns absolute paths, whether or not there are such files; what comes later decides over what comes before. Where git
 *   cannot be asked, those that it reads unless it is told otherwise.
 */
export async function excludeFiles(top: string, signal: AbortSignal): Promise<readonly string[]> {
  const ask = async (...parameters: string[]): Promise<string | undefined> => {
    const said = await runGit(top, parameters, signal).catch(() => undefined);
    return said === undefined ? undefined : resolve(top, said.toString('utf8').replace(/\r?\n$/, ''));
  };
  const [users, own] = await Promise.all([
    ask('config', '--path', '--get', 'core.excludesFile'),
    ask('rev-parse', '--git-path', 'info/exclude'),
  ]);
  const usual = join(folderIn('XDG_CONFIG_HOME') ?? join(homeFolder(), '.config'), 'git', 'ignore');
  return [users ?? usual, own ?? join(top, '.git', 'info', 'exclude')];
}
