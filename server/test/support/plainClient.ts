// A client of the language server protocol that shares no code with the server but the message framing of vscode-jsonrpc:
// it knows what any editor knows, and nothing of our own messages.

import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';

export interface PlainClient {
  request<Result>(method: string, params: object): Promise<Result>;
  notify(method: string, params: object): Promise<void>;
  /** Notifications of the server, in order. */
  readonly heard: readonly { readonly method: string; readonly params: unknown }[];
  /** As an editor ends: shutdown, then exit. */
  end(): Promise<void>;
}

/**
 * Says hello over the streams of a server's process, with the capabilities that editors outside VS Code have.
 * @param configuration what workspace/configuration is answered with
 */
export async function plainClient(
  streams: { readonly stdin: NodeJS.WritableStream; readonly stdout: NodeJS.ReadableStream },
  settings: object,
  capabilities: object = {},
  configuration: object | null = settings,
): Promise<PlainClient> {
  const connection = createMessageConnection(
    new StreamMessageReader(streams.stdout),
    new StreamMessageWriter(streams.stdin),
  );
  const heard: { method: string; params: unknown }[] = [];
  connection.onNotification((method, params) => void heard.push({ method, params }));
  connection.onRequest((method) => (method === 'workspace/configuration' ? [configuration] : null));
  connection.listen();
  const client: PlainClient = {
    request: (method, params) => connection.sendRequest(method, params),
    notify: (method, params) => connection.sendNotification(method, params),
    heard,
    async end() {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      connection.dispose();
    },
  };
  await client.request('initialize', {
    processId: process.pid,
    clientInfo: { name: 'plain' },
    rootUri: null,
    capabilities: { textDocument: { inlineCompletion: {} }, ...capabilities },
    initializationOptions: { settings },
  });
  await client.notify('initialized', {});
  return client;
}
