// `man`: the manual page, from commander's own commands, so that it cannot fall behind them. The package of the command line
// holds what this prints, and npm puts it where `man lacuna` looks.

import { Command, type Help } from 'commander';
import { statuses } from '../terminal/exitStatus.js';
import { version } from '../../setup/installation.js';

export function manCommand(): Command {
  return new Command('man')
    .description('Print the manual page; `lacuna man | man -l -` shows it.')
    .action((_options: object, command: Command) => {
      process.stdout.write(manualPage(command.parent!, version));
    });
}

/** In the language of man(7), one line of it in each. */
export function manualPage(lacuna: Command, version: string): string {
  const help = lacuna.createHelp();
  return [
    `.TH LACUNA 1 "" "Lacuna ${version}" "Lacuna"`,
    '.SH NAME',
    `lacuna \\- ${escaped(lacuna.description().replace(/\.$/, ''))}`,
    '.SH SYNOPSIS',
    ...bold(help.commandUsage(lacuna)),
    '.SH OPTIONS',
    ...optionLines(lacuna, help),
    '.SH COMMANDS',
    ...commandsBelow(lacuna, help).flatMap((child) => commandLines(child, help)),
    '.SH EXIT STATUS',
    ...statuses.flatMap(({ status, means }) => ['.TP', ...bold(String(status)), ...prose(means)]),
    '',
  ].join('\n');
}

/** A command's section, and those of the commands below it. */
function commandLines(command: Command, help: Help): readonly string[] {
  return [
    `.SS "${escaped(help.commandUsage(command)).replaceAll('"', '\\(dq')}"`,
    ...prose(help.commandDescription(command)),
    ...help.visibleArguments(command).flatMap((each) => ['.TP', ...bold(each.name()), ...prose(each.description)]),
    ...optionLines(command, help),
    ...remarks(command).flatMap((remark) => ['.PP', ...laid(remark)]),
    ...commandsBelow(command, help).flatMap((child) => commandLines(child, help)),
  ];
}

/** Without commander's own `help`, of which this page is another form. */
function commandsBelow(command: Command, help: Help): readonly Command[] {
  return help.visibleCommands(command).filter((child) => child.name() !== 'help');
}

/** What every command has is said once, with lacuna itself. */
function optionLines(command: Command, help: Help): readonly string[] {
  return help
    .visibleOptions(command)
    .filter(({ long }) => command.parent === null || long !== '--help')
    .flatMap((option) => ['.TP', ...bold(help.optionTerm(option)), ...prose(help.optionDescription(option))]);
}

/** What a command's help says below its options. Commander shows it only as a part of the whole help. */
function remarks(command: Command): readonly string[] {
  const written: string[] = [];
  const before = { ...command.configureOutput() };
  command.configureOutput({ writeOut: (text) => written.push(text) });
  command.outputHelp();
  command.configureOutput(before);
  const help = command.helpInformation();
  return written.filter((text) => text !== help && text.trim() !== '').map((text) => text.trim());
}

/** Examples keep their lines; a remark of one line is filled as prose is. */
function laid(remark: string): readonly string[] {
  return remark.includes('\n') ? ['.nf', ...remark.split('\n').map(line), '.fi'] : prose(remark);
}

function bold(text: string): readonly string[] {
  return [`\\fB${escaped(text)}\\fR`];
}

function prose(text: string): readonly string[] {
  return text === '' ? [] : [line(text.replaceAll(/\s+/g, ' '))];
}

/** A line that begins with a dot or an apostrophe would be a request. */
function line(text: string): string {
  return /^[.']/.test(text) ? `\\&${escaped(text)}` : escaped(text);
}

/** A plain hyphen would be shown as a dash, which no shell takes for one. */
function escaped(text: string): string {
  return text.replaceAll('\\', '\\(rs').replaceAll('-', '\\-').replaceAll('’', '\\(cq');
}
