// The script for zsh: a function for each command, in the words of its _arguments.

import { allCommands, nameOf, type CommandWords, type OptionWords, type Values } from './commandWords.js';
import { quoted } from '../terminal/quoted.js';

export function zshScript(lacuna: CommandWords): string {
  return `#compdef lacuna
# Completes lacuna in zsh: source <(lacuna completion zsh), or this text as _lacuna in a folder of $fpath
${allCommands(lacuna).map(functionOf).join('\n')}
if [[ \${funcstack[1]} == _lacuna ]]; then
  _lacuna "$@"
else
  compdef _lacuna lacuna
fi
`;
}

function functionOf(words: CommandWords): string {
  const options = words.options.flatMap(optionSpecs);
  return words.commands.length > 0 ? withCommands(words, options) : withArguments(words, options);
}

function withArguments(words: CommandWords, options: readonly string[]): string {
  const rest = words.values.kind === 'free' ? [] : [`'*:${words.values.kind}:${action(words.values)}'`];
  return `${functionName(words)}() {
  _arguments -s ${[...options, ...rest].join(' \\\n    ')}
}
`;
}

function withCommands(words: CommandWords, options: readonly string[]): string {
  const descriptions = words.commands.map((child) => quoted(`${nameOf(child)}:${child.description}`));
  return `${functionName(words)}() {
  local state line
  local -a commands
  typeset -A opt_args
  _arguments -C ${[...options, "'1: :->command'", "'*:: :->rest'"].join(' \\\n    ')}
  case $state in
    command)
      commands=(
        ${descriptions.join('\n        ')}
      )
      _describe command commands
      ;;
    rest)
      case $line[1] in
${words.commands.map((child) => `        ${nameOf(child)}) ${functionName(child)} ;;`).join('\n')}
      esac
      ;;
  esac
}
`;
}

function optionSpecs({ short, long, description, values }: OptionWords): readonly string[] {
  const told = `[${description.replaceAll(/[[\]\\]/g, '\\$&')}]`;
  const value = values === undefined ? '' : `:${values.kind === 'files' ? 'file' : 'value'}:${action(values)}`;
  const longName = values === undefined ? long : `${long}=`;
  if (short === undefined) return [quoted(`${longName}${told}${value}`)];
  const others = `(${short} ${long})`;
  return [quoted(`${others}${short}${told}${value}`), quoted(`${others}${longName}${told}${value}`)];
}

function action(values: Values): string {
  if (values.kind === 'words') return `(${values.words.join(' ')})`;
  return values.kind === 'files' ? '_files' : ' ';
}

function functionName({ path }: CommandWords): string {
  return path === '' ? '_lacuna' : `_lacuna_${path.replaceAll(/[ -]/g, '_')}`;
}
