// Lines that the commits of a repository added, each with the file as it was then, and with what the editor would have had
// beside it: a user's own code to calibrate on. git is run as a program and only read from; nothing is fetched.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isSecretFile } from '../completion/index.js';
import type { FilesOfItems } from './contextFiles.js';
import type { EditItem } from './editItem.js';
import { type AddedLine, filesBefore, type TakenLine } from './filesBefore.js';
import { InputError } from '../common/inputError.js';
import { gitProgram, withoutNetwork } from '../git/index.js';
import { languageIdOf, languageOf } from '../languages/index.js';
import { words } from '../common/words.js';

const runGit = promisify(execFile);

/** Commits looked through, the latest first, and lines taken of one file of a commit. */
const COMMITS = 1_000;
const LINES_OF_FILE = 3;
const PREFIX = 6_000;
const SUFFIX = 2_000;
/** Code units at the beginning of a file that are looked through for imports. */
const ABOVE = 20_000;
/** Bytes of the log; of a longer one the latest commits are taken. */
const LARGEST_LOG = 1 << 28;
/** Longer files are data or generated. */
const LARGEST_FILE = 300_000;

export interface AddedLines {
  readonly items: readonly EditItem[];
  /** Read when they are asked for. */
  readonly files: FilesOfItems;
}

/** @throws InputError where the folder is no repository; AbortError */
export async function addedLines(
  folder: string,
  limit: number,
  signal?: AbortSignal,
  largestLog = LARGEST_LOG,
): Promise<AddedLines> {
  const options = {
    maxBuffer: largestLog,
    env: { ...process.env, ...withoutNetwork },
    ...(signal === undefined ? {} : { signal }),
  };
  const program = gitProgram();
  if (program === undefined) throw new InputError(words('There is no git on the path.'));
  const git = async (...rest: string[]): Promise<string> =>
    (await runGit(program, ['-C', folder, '-c', 'core.quotePath=false', ...rest], options)).stdout;
  const log = await git(
    'log',
    '--no-merges',
    '-n',
    String(COMMITS),
    '--format=%x00%H',
    '-p',
    '-U0',
    '--no-color',
    '--no-ext-diff',
    '--no-textconv',
    // Whatever the user has configured.
    '--src-prefix=a/',
    '--dst-prefix=b/',
    '--inter-hunk-context=0',
    '--diff-filter=AM',
  ).catch((error: unknown) => {
    signal?.throwIfAborted();
    const { code, stdout } = error as { code?: unknown; stdout?: string };
    if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER' && stdout !== undefined) return stdout;
    throw new InputError(words('{0} cannot be read as a git repository: {1}', folder, firstLine(error)));
  });
  const found = parseLog(log);
  const items: EditItem[] = [];
  const taken = new Map<string, TakenLine>();
  for (const added of found) {
    if (items.length >= limit) break;
    if (isSecretFile(added.path)) continue;
    const text = await git('show', '--no-textconv', `${added.commit}:${added.path}`).catch(() => '');
    const item = itemOf(added, text, folder, items.length);
    if (item === undefined) continue;
    items.push(item);
    taken.set(item.id, {
      ...added,
      above: text
        .split('\n', added.line - 1)
        .join('\n')
        .slice(0, ABOVE),
    });
  }
  return { items, files: filesBefore(folder, found, taken, signal) };
}

/** The added lines of a log with patches, a few of each file, in languages that have a grammar. */
export function parseLog(log: string): readonly AddedLine[] {
  const found: AddedLine[] = [];
  for (const entry of log.split('\0').slice(1)) {
    const [commit = '', ...lines] = entry.split('\n');
    let path = '';
    let next = 0;
    /** Added lines of the hunk that are still to come: one may look like a header. */
    let left = 0;
    let candidates: AddedLine[] = [];
    const takeSome = (): void => {
      const step = Math.max(1, Math.ceil(candidates.length / LINES_OF_FILE));
      found.push(...candidates.filter((_, index) => index % step === 0));
      candidates = [];
    };
    for (const line of lines) {
      if (left > 0 && line.startsWith('+')) {
        const isCode = /[\p{L}\p{N}]/u.test(line.slice(1)) && line.length < 200;
        if (path !== '' && isCode && languageOf(languageIdOf(path))?.program !== undefined) {
          candidates.push({ commit, path, line: next });
        }
        next++;
        left--;
      } else if (line.startsWith('diff --git ')) {
        takeSome();
        path = '';
      } else if (line.startsWith('+++ b/')) path = line.slice(6).replace(/\t$/, '');
      else if (line.startsWith('@@')) {
        const [, from = '0', count = '1'] = /\+(\d+)(?:,(\d+))?/.exec(line) ?? [];
        [next, left] = [Number(from), Number(count)];
      }
    }
    takeSome();
  }
  return found;
}

/** The cursor stands at the line's beginning or, every other time, in its middle. */
function itemOf({ commit, path, line }: AddedLine, text: string, repo: string, number: number): EditItem | undefined {
  if (text === '' || text.length > LARGEST_FILE || text.includes('\0')) return undefined;
  const lines = text.replace(/\r\n/g, '\n').split('\n');
  const target = lines[line - 1];
  if (target === undefined || target.trim() === '') return undefined;
  const breaks = [...target.matchAll(/[\s(,.=]+(?=\S)/g)].map(({ index, 0: sign }) => index + sign.length);
  const cut = number % 2 === 0 ? 0 : (breaks[Math.floor(breaks.length / 2)] ?? 0);
  const before = [...lines.slice(0, line - 1), ''].join('\n');
  return {
    id: `${commit.slice(0, 12)}:${path}:${line}`,
    repo,
    path,
    language: languageIdOf(path),
    kind: cut === 0 ? 'line-start' : 'mid-line',
    prefix: (before + target.slice(0, cut)).slice(-PREFIX),
    suffix: `\n${lines.slice(line).join('\n')}`.slice(0, SUFFIX),
    target_line: target.slice(cut),
  };
}

function firstLine(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message?: string };
  return `${(stderr ?? message ?? String(error)).trim().split('\n')[0]?.replace(/\.$/, '') ?? ''}.`;
}
