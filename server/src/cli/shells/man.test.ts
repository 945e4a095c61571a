import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { manualPage } from './man.js';
import { statuses } from '../terminal/exitStatus.js';

const page = manualPage(
  new Command('lacuna')
    .description('Help that knows.')
    .version('1')
    .addCommand(
      new Command('complete')
        .description("'Show' what's here.")
        .argument('<file:line:col>', 'the place')
        .option('-n, --number <number>', 'how\n many', '3')
        .addHelpText('after', '\nExamples:\n  .hidden C:\\new\n'),
    )
    .addCommand(
      new Command('eval')
        .description('Measure.')
        .addCommand(new Command('infill').description('Lines.').argument('<data...>').option('--json', 'for programs')),
    )
    .addCommand(new Command('secret').description('Nobody sees it.'), { hidden: true }),
  '1.2.3',
);

describe('the manual page', () => {
  it.each([
    ['the version', '.TH LACUNA 1 "" "Lacuna 1.2.3" "Lacuna"'],
    ['what a command is called with', '.SS "lacuna complete [options] <file:line:col>"'],
    ['what takes the words below it', '.SS "lacuna eval infill [options] <data...>"'],
    ['an option, and what it takes', '\\fB\\-n, \\-\\-number <number>\\fR\nhow many (default: "3")'],
    ['an argument', '\\fBfile:line:col\\fR\nthe place'],
    ['text that begins as a request does', "\n\\&'Show' what's here.\n"],
    ['examples, line by line', '.nf\nExamples:\n  .hidden C:\\(rsnew\n.fi'],
    ['each status', '.TP\n\\fB2\\fR\nwrong use or unreadable input'],
  ])('has %s', (_, text) => {
    expect(page).toContain(text);
  });

  it('says nothing of hidden commands, and of --help once', () => {
    expect(page).not.toMatch(/secret|Nobody/);
    expect(page.match(/\\-\\-help/g)).toHaveLength(1);
  });

  const groff = spawnSync('groff', ['--version']).error === undefined;
  it.skipIf(!groff)('is shown by groff without a warning', () => {
    const { stdout, stderr } = spawnSync('groff', ['-man', '-ww', '-Tascii', '-P-cbou'], {
      input: page,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/-n, --number <number>\n\s+how many/);
    expect(stdout).toContain('.hidden C:\\new');
  });
});

it('has the statuses that the guide has', () => {
  const rows = [...readFileSync('docs/guide/command-line.md', 'utf8').matchAll(/^\| (\d) +\| (.+?) +\|$/gm)];
  expect(rows.map(([, status, means]) => ({ status: Number(status), means }))).toEqual(statuses);
});
