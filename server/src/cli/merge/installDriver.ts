// `merge-driver --install`: writes into git's configuration what docs/guide/merge-in-git.md says by hand, with the paths of this very
// installation, since a graphical client of git has another path than a terminal.

import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gitProgram } from '../../git/index.js';
import { CERTAIN } from '../../merge/index.js';
import { driverLine } from './driverLine.js';
import { InputError } from '../../common/inputError.js';
import { quoted } from '../terminal/quoted.js';

export interface InstallOptions {
  readonly isGlobal: boolean;
  readonly minConfidence: number;
  readonly settled: boolean;
  readonly model?: string;
}

/** The first version of git that hands over names, and whose merge-file compares as merges do. */
const RECENT = [2, 44] as const;

export async function installDriver({ isGlobal, minConfidence, settled, model }: InstallOptions): Promise<void> {
  const program = gitProgram();
  if (program === undefined) throw new InputError('There is no git on the path.');
  const git = async (...parameters: string[]): Promise<string> =>
    (await promisify(execFile)(program, parameters, { windowsHide: true })).stdout;
  const lacuna = [process.execPath, fileURLToPath(new URL('cli.cjs', import.meta.url))].map(quotedPath).join(' ');
  const options = [
    ...(settled ? ['--settled '] : []),
    ...(minConfidence === CERTAIN ? [] : [`--min-confidence ${minConfidence} `]),
    ...(model === undefined ? [] : [`--model ${quotedPath(resolve(model))} `]),
  ].join('');
  const line = driverLine({
    lacuna: withoutPlaces(lacuna),
    options: withoutPlaces(options),
    isRecent: isRecent(await git('--version')),
  });
  const settings: readonly (readonly [name: string, value: string])[] = [
    ['merge.lacuna.name', 'Lacuna'],
    ['merge.lacuna.driver', line],
    // Nobody reads the merges that git makes of common ancestors.
    ['merge.lacuna.recursive', 'text'],
    ['mergetool.lacuna.cmd', `${lacuna} merge --write ${options}-- "$MERGED"`],
    ['mergetool.lacuna.trustExitCode', 'true'],
  ];
  const scope = isGlobal ? '--global' : '--local';
  for (const [name, value] of settings) {
    await git('config', scope, '--replace-all', name, value).catch((error: unknown) => {
      const [line = ''] = String((error as { stderr?: unknown }).stderr ?? error).split('\n');
      throw new InputError(`git config failed: ${line.replace(/^fatal: /, '').replace(/\.$/, '')}.`);
    });
  }
  process.stdout.write(
    [
      `Written ${isGlobal ? 'to your own configuration of git' : 'to the configuration of this repository'}:`,
      ...settings.map(([name, value]) => `  ${name} = ${value.replaceAll('\n', '\n      ')}`),
      'Still to do: say for which files, for example',
      "  printf '%s merge=lacuna\\n' '*.js' '*.py' '*.ts' >> .git/info/attributes",
      '',
    ].join('\n'),
  );
}

/** For the shell that git brings along, which takes slashes on Windows too. */
function quotedPath(path: string): string {
  return quoted(process.platform === 'win32' ? path.replaceAll('\\', '/') : path);
}

/** In a driver's line a percent sign would begin one of git's places. */
function withoutPlaces(text: string): string {
  return text.replaceAll('%', '%%');
}

function isRecent(version: string): boolean {
  const [, major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(version) ?? []).map(Number);
  return major > RECENT[0] || (major === RECENT[0] && minor >= RECENT[1]);
}
