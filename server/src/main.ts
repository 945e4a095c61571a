// The language server as the editor starts it; the transport is named on its command line.

import { createConnection, ProposedFeatures, StreamMessageReader } from 'vscode-languageserver/node';
import { serve } from './serve.js';

serve(createConnection(ProposedFeatures.all));
if (process.argv.includes('--stdio')) watchInput();

/**
 * Says what cannot be read, since the connection itself passes over it in silence: a second reader of the same messages. Their
 * text is not repeated.
 */
function watchInput(): void {
  process.stdin.once('data', (first: Buffer) => {
    // The line ends of headers are \r\n; without them the connection would wait for ever.
    if (/^[^\n]*(?<!\r)\n/.test(first.toString('latin1'))) end();
  });
  const reader = new StreamMessageReader(process.stdin);
  reader.onError((error) => {
    if (error instanceof SyntaxError) say('A message to the language server is no JSON and is passed over.');
    // With a code it is the stream that broke, whose end the connection sees.
    else if (!('code' in error)) end();
  });
  process.stderr.on('error', () => undefined);
  let isSaid = false;
  reader.onPartialMessage(() => {
    if (!isSaid) say('A message to the language server has been shorter than its Content-Length for 10 s.');
    isSaid = true;
  });
  reader.listen(() => undefined);
}

/** Where the next message begins is not known any more. */
function end(): never {
  say('A message to the language server has no header such as "Content-Length: 52\\r\\n\\r\\n", so the server ends.');
  process.exit(1);
}

/** On standard error as it is: the connection sends what the console is told to the client. */
function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
