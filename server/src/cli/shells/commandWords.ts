// What may be typed after `lacuna`, read from commander's own commands, so that no list of them has to be kept beside them.
// Each shell's script is written from this.

import type { Argument, Command, Option } from 'commander';

export interface CommandWords {
  /** Names from below `lacuna` to here, such as `eval infill`; empty for lacuna itself. */
  readonly path: string;
  readonly description: string;
  readonly options: readonly OptionWords[];
  /** What its arguments may be; a command with commands below it has none. */
  readonly values: Values;
  readonly commands: readonly CommandWords[];
}

export interface OptionWords {
  readonly short: string | undefined;
  readonly long: string;
  readonly description: string;
  /** Undefined where it takes none. */
  readonly values: Values | undefined;
}

export type Values =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'files' }
  /** A number or an address, say, that no list can hold. */
  | { readonly kind: 'free' };

export function commandWords(command: Command, above = ''): CommandWords {
  const help = command.createHelp();
  const below = help.visibleCommands(command).map((child) => commandWords(child, `${above} ${child.name()}`.trim()));
  const names = below.map(nameOf);
  return {
    path: above,
    description: oneLine(command.description()),
    options: help.visibleOptions(command).map(optionWords),
    values: valuesOfArguments(command.registeredArguments),
    // Commander adds `help` where there are commands, and does not say that it takes their names.
    commands: below.map((child) =>
      nameOf(child) === 'help' ? { ...child, values: { kind: 'words', words: names } } : child,
    ),
  };
}

/** A command and all below it. */
export function allCommands(words: CommandWords): readonly CommandWords[] {
  return [words, ...words.commands.flatMap(allCommands)];
}

/** From each command to those below it: `eval/infill` is what is written, `eval infill` where it leads. */
export function steps(all: readonly CommandWords[]): readonly (readonly [written: string, path: string])[] {
  return all.flatMap(({ path, commands }) =>
    commands.map((child) => [`${path}/${nameOf(child)}`, child.path] as const),
  );
}

/** The last of the names that lead to a command. */
export function nameOf({ path }: CommandWords): string {
  return path.slice(path.lastIndexOf(' ') + 1);
}

/** An option's names, the short one first. */
export function namesOf({ short, long }: OptionWords): readonly string[] {
  return short === undefined ? [long] : [short, long];
}

function optionWords({ short, long, description, required, optional, argChoices, flags }: Option): OptionWords {
  return {
    short,
    long: long ?? flags,
    description: oneLine(description),
    values: required || optional ? valuesNamed(flags, argChoices) : undefined,
  };
}

/** Arguments are files wherever nothing else is said. */
function valuesOfArguments(given: readonly Argument[]): Values {
  const words = given.flatMap(({ argChoices }) => argChoices ?? []);
  if (words.length > 0) return { kind: 'words', words };
  return given.length > 0 ? { kind: 'files' } : { kind: 'free' };
}

/** Options say what they take by its name: `--model <folder>`. */
function valuesNamed(flags: string, choices: readonly string[] | undefined): Values {
  if (choices !== undefined) return { kind: 'words', words: choices };
  return /<(?:file|folder)/.test(flags) ? { kind: 'files' } : { kind: 'free' };
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
