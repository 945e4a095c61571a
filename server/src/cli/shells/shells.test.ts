// The scripts in the shells that they are for.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Argument, Command, Option } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bashScript } from './bash.js';
import { allCommands, commandWords } from './commandWords.js';
import { fishScript } from './fish.js';
import { powershellScript } from './powershell.js';
import { zshScript } from './zsh.js';

const tree = commandWords(
  new Command('lacuna')
    .description('Help.')
    .version('1')
    .addCommand(
      new Command('complete')
        .description("Show what's here: [all].")
        .argument('<file:line:col>')
        .option('-n, --number <number>', 'how many')
        .option('--model <folder>', 'where it is')
        .addOption(new Option('--certainty <word>', 'how sure').choices(['any', 'eager', 'quiet'])),
    )
    .addCommand(new Command('check').description('Check.').option('--json', 'one\n object'))
    .addCommand(
      new Command('eval')
        .description('Measure.')
        .addCommand(
          new Command('infill').description('Lines.').argument('<data...>').option('--seed <number>', 'a seed'),
        )
        .addCommand(new Command('edits').description('Edits.').argument('<data...>')),
    )
    .addCommand(
      new Command('completion').description('Print.').addArgument(new Argument('<shell>').choices(['bash', 'zsh'])),
    )
    .addCommand(new Command('secret'), { hidden: true }),
);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lacuna-shells-'));
  for (const [name, script] of Object.entries({ bash: bashScript, zsh: zshScript, fish: fishScript })) {
    writeFileSync(join(folder, `lacuna.${name}`), script(tree));
  }
  for (const name of ['shop.ts', 'shelf.ts']) writeFileSync(join(folder, name), '');
});
afterAll(() => rmSync(folder, { recursive: true }));

const commands = ['complete', 'check', 'eval', 'completion', 'help'];

/** What is typed, up to the cursor, and what may stand there; undefined where the shell completes files. */
const cases: readonly (readonly [line: string, offered: readonly string[] | undefined])[] = [
  ['lacuna ', commands],
  ['lacuna com', ['complete', 'completion']],
  ['lacuna sec', []],
  ['lacuna help ', commands],
  ['lacuna eval ', ['infill', 'edits', 'help']],
  ['lacuna eval infill --s', ['--seed']],
  ['lacuna complete ', undefined],
  ['lacuna complete eval', undefined],
  ['lacuna complete --c', ['--certainty']],
  ['lacuna complete --certainty ', ['any', 'eager', 'quiet']],
  ['lacuna complete --certainty=e', ['eager']],
  ['lacuna complete --number ', []],
  ['lacuna complete --model ', undefined],
  ['lacuna complete -- --c', undefined],
  ['lacuna check --', ['--json', '--help']],
  ['lacuna check ', []],
  ['lacuna completion ', ['bash', 'zsh']],
];

/** Windows may have a bash of its subsystem for Linux, which sees other folders. */
const isThere = (shell: string): boolean =>
  process.platform !== 'win32' && spawnSync(shell, ['--version']).status === 0;

/** Splits as bash does for its completion: at blanks and at `=`. */
const wordsOf = (line: string): readonly string[] => line.split(/ |(?==)|(?<==)/);

describe('bash', () => {
  it.for(cases)('"%s"', ([line, offered], { skip }) => {
    if (!isThere('bash')) skip('bash is not installed');
    const words = wordsOf(line).map((word) => `'${word}'`);
    const asked = `
      source lacuna.bash
      compopt() { [[ $* == '+o default' ]] && files=no; }
      COMP_WORDS=(${words.join(' ')}) COMP_CWORD=${words.length - 1} files=yes
      complete -p lacuna >/dev/null && _lacuna
      [[ \${#COMPREPLY[@]} -gt 0 ]] && printf '%s\\n' "\${COMPREPLY[@]}" || echo "files: $files"`;
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', asked], { cwd: folder, encoding: 'utf8' });
    expect(stderr).toBe('');
    const found = stdout.trim().split('\n');
    // Where no word fits, bash looks for files; that is only switched off where none may stand.
    if (offered === undefined) expect(found).toEqual(['files: yes']);
    else if (offered.length === 0) expect(found[0]).toMatch(/^files: /);
    else expect(found.sort()).toEqual([...offered].sort());
  });
});

describe('fish', () => {
  it.for(cases.filter(([line]) => !line.includes('-- ')))('"%s"', ([line, offered], { skip }) => {
    if (!isThere('fish')) skip('fish is not installed');
    const asked = `source lacuna.fish; complete -C '${line}'`;
    const { stdout } = spawnSync('fish', ['--no-config', '-c', asked], { cwd: folder, encoding: 'utf8' });
    const found = stdout
      .trim()
      .split('\n')
      .map((each) => each.replace(/\t.*/, '').replace(/^--certainty=/, ''));
    if (offered === undefined) expect(found).toEqual(line.endsWith(' ') ? expect.arrayContaining(['shop.ts']) : ['']);
    else expect(found.filter((each) => each !== '' && each !== '-h').sort()).toEqual([...offered].sort());
  });
});

describe('zsh', () => {
  it('reads the script', ({ skip }) => {
    if (!isThere('zsh')) skip('zsh is not installed');
    const { status, stderr } = spawnSync('zsh', ['-n', 'lacuna.zsh'], { cwd: folder, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

it('hides what the help hides, and names every command for PowerShell, quoted', () => {
  expect(allCommands(tree).map(({ path }) => path)).not.toContain('secret');
  const script = powershellScript(tree);
  for (const { path } of allCommands(tree)) expect(script).toContain(`'${path}' = @(`);
  expect(script).toContain(`'Show what''s here: [all].'`);
});
