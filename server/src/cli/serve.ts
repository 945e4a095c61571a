// `serve`: the language server for any client. It is the program that our own extension starts.

import { Command } from 'commander';

export function serveCommand(): Command {
  return (
    new Command('serve')
      .description('Serve inline completions to an editor over the language server protocol, until it says goodbye.')
      // The server reads the transport from the command line itself; this makes sure that it is there.
      .requiredOption('--stdio', 'speak over standard input and output')
      .action(async () => {
        await import('../main.js');
      })
  );
}
