// `completion`: what completes `lacuna` when Tab is pressed in a shell. The script holds all words, so that a shell starts no
// program for them. (@bomb.sh/tab and tabtab start one at every press, the former as `lacuna complete`, which has a meaning of
// its own here.)

import { Argument, Command } from 'commander';
import { bashScript } from './bash.js';
import { commandWords, type CommandWords } from './commandWords.js';
import { fishScript } from './fish.js';
import { powershellScript } from './powershell.js';
import { zshScript } from './zsh.js';

const scripts: Readonly<Record<string, (lacuna: CommandWords) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
};

export function completionCommand(): Command {
  return new Command('completion')
    .description('Print the script that completes lacuna in a shell; its first lines say how it is used.')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(scripts)))
    .action((shell: string, _options: object, command: Command) => {
      process.stdout.write(scripts[shell]!(commandWords(command.parent!)));
    });
}
