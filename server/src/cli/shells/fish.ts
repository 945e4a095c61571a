// The script for fish: a line for each word, with the command after which it may stand.

import { allCommands, nameOf, steps, type CommandWords, type OptionWords, type Values } from './commandWords.js';

export function fishScript(lacuna: CommandWords): string {
  const all = allCommands(lacuna);
  return `# Completes lacuna in fish: lacuna completion fish | source
function __lacuna_command
    set -l command ''
    for each in (commandline -opc)[2..-1]
        switch "$command/$each"
${steps(all)
  .map(([written, path]) => `            case ${quoted(written)}\n                set command ${quoted(path)}`)
  .join('\n')}
        end
    end
    echo $command
end

function __lacuna_at
    test (__lacuna_command) = "$argv"
end

complete -c lacuna -e
${all.flatMap(linesOf).join('\n')}
`;
}

function linesOf(words: CommandWords): readonly string[] {
  const at = `complete -c lacuna -n ${quoted(`__lacuna_at ${words.path}`)}`;
  const { commands, values } = words;
  const options = words.options.map((option) => `${at} ${optionFlags(option)}`);
  if (commands.length > 0) {
    const below = commands.map((child) => `${at} -f -a ${quoted(nameOf(child))} -d ${quoted(child.description)}`);
    return [`${at} -f`, ...below, ...options];
  }
  if (values.kind === 'words') return [`${at} -f -a ${quoted(values.words.join(' '))}`, ...options];
  return values.kind === 'free' ? [`${at} -f`, ...options] : options;
}

function optionFlags({ short, long, description, values }: OptionWords): string {
  const names = [...(short === undefined ? [] : [`-s ${short.slice(1)}`]), `-l ${long.slice(2)}`];
  return [...names, ...valueFlags(values), `-d ${quoted(description)}`].join(' ');
}

function valueFlags(values: Values | undefined): readonly string[] {
  if (values === undefined) return [];
  if (values.kind === 'words') return [`-x -a ${quoted(values.words.join(' '))}`];
  return [values.kind === 'files' ? '-r -F' : '-x'];
}

function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
}
