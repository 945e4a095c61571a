// The script for bash, 3.2 of macOS included: it finds the command that is written, and offers its words. Where there are
// none to offer, bash completes files.

import { allCommands, nameOf, namesOf, steps, type CommandWords, type Values } from './commandWords.js';
import { quoted } from '../terminal/quoted.js';

export function bashScript(lacuna: CommandWords): string {
  const all = allCommands(lacuna);
  return `# Completes lacuna in bash: source <(lacuna completion bash)
_lacuna() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command='' words='' each
  COMPREPLY=()
  # Bash takes --option=value for three words.
  if [[ $word == = ]]; then word=''
  elif [[ $before == = ]]; then before=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  for each in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ $each == -- ]] && return
    case "$command/$each" in
${steps(all)
  .map(([written, path]) => `      ${quoted(written)}) command=${quoted(path)} ;;`)
  .join('\n')}
    esac
  done
  case "$command/$before" in
${all.flatMap(valueCases).join('\n')}
  esac
  if [[ $word == -* ]]; then
    case "$command" in
${all.map((each) => `      ${quoted(each.path)}) words=${quoted(each.options.flatMap(namesOf).join(' '))} ;;`).join('\n')}
    esac
  else
    case "$command" in
${all.flatMap(argumentCase).join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _lacuna lacuna
`;
}

/** What stands behind an option that takes a value. */
function valueCases({ path, options }: CommandWords): readonly string[] {
  return options.flatMap((option) => {
    if (option.values === undefined) return [];
    const names = namesOf(option).map((name) => quoted(`${path}/${name}`));
    return [`    ${names.join('|')}) ${answer(option.values)}return ;;`];
  });
}

/** A bash that is too old to be told completes files in place of nothing. */
const noFiles = 'compopt +o default 2>/dev/null';

function answer(values: Values): string {
  if (values.kind === 'words') return `COMPREPLY=($(compgen -W ${quoted(values.words.join(' '))} -- "$word")); `;
  return values.kind === 'free' ? `${noFiles}; ` : '';
}

function argumentCase({ path, commands, values }: CommandWords): readonly string[] {
  const words = commands.length > 0 ? commands.map(nameOf) : values.kind === 'words' ? values.words : [];
  if (words.length > 0) return [`      ${quoted(path)}) words=${quoted(words.join(' '))} ;;`];
  return values.kind === 'free' ? [`      ${quoted(path)}) ${noFiles} ;;`] : [];
}
