// A model server inside the test: it speaks the protocol in one of its dialects, Ollama's own among them, and does what a server in trouble does. What it
// says is scripted, so that a test knows which tokens come; a real llama.cpp has a test of its own.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export interface ScriptedToken {
  readonly text: string;
  readonly probability?: number;
  /** Others in its place, with their probabilities. */
  readonly others?: Readonly<Record<string, number>>;
}

export interface Asked {
  readonly path: string;
  readonly body: Record<string, unknown>;
  readonly authorization: string | undefined;
  /** Resolves to whether the client closed the connection before the answer was complete. */
  readonly cut: Promise<boolean>;
}

export interface ScriptedServerOptions {
  readonly dialect?: 'llama' | 'lists' | 'ollama';
  /** The tokens that follow a prompt. */
  readonly script?: (prompt: string) => readonly (string | ScriptedToken)[];
  /** Milliseconds before each token. */
  readonly tokenMs?: number;
  readonly key?: string;
  /** It goes away behind its tokens, as if that were all. */
  readonly endsEarly?: true;
}

export class ScriptedModelServer {
  readonly asked: Asked[] = [];
  /** Answered with these statuses, in order, before anything else. */
  refuseWith: number[] = [];
  retryAfter: string | undefined;
  /** Raw bodies in place of answers. */
  sayInstead: string | undefined;
  private constructor(
    private readonly server: Server,
    readonly options: ScriptedServerOptions,
  ) {}

  static async start(options: ScriptedServerOptions = {}): Promise<ScriptedModelServer> {
    const server = createServer((request, response) => void scripted.answer(request, response));
    const scripted = new ScriptedModelServer(server, options);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return scripted;
  }

  get url(): string {
    const under = this.options.dialect === 'ollama' ? 'api' : 'v1';
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/${under}`;
  }

  /** Of completions. */
  get completions(): readonly Asked[] {
    return this.asked.filter(({ path }) => /\/(completions|generate)$/.test(path));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    const cut = new Promise<boolean>((resolve) => response.once('close', () => resolve(!response.writableFinished)));
    const { authorization } = request.headers;
    this.asked.push({ path: request.url ?? '', body, authorization, cut });
    const { key, script = () => [], tokenMs = 0, dialect = 'llama' } = this.options;
    const refusal = this.refuseWith.shift();
    if (refusal !== undefined) {
      if (refusal >= 300 && refusal < 400) response.setHeader('location', `${this.url}/elsewhere`);
      if (this.retryAfter !== undefined) response.setHeader('retry-after', this.retryAfter);
      // As servers do, with a part of what they were sent.
      response.writeHead(refusal).end(JSON.stringify({ error: body['prompt'] }));
      return;
    }
    if (key !== undefined && authorization !== `Bearer ${key}`) return void response.writeHead(401).end();
    const isOllama = dialect === 'ollama';
    if (request.method === 'GET') {
      return void response.end(
        JSON.stringify(isOllama ? { models: [{ name: 'scripted' }] } : { data: [{ id: 'scripted' }] }),
      );
    }
    // Nothing but completions is asked of it.
    if (!(request.url ?? '').endsWith(isOllama ? '/api/generate' : '/completions'))
      return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': isOllama ? 'application/x-ndjson' : 'text/event-stream' });
    if (this.sayInstead !== undefined) return void response.end(this.sayInstead);
    const wanted = Number(isOllama ? (body['options'] as { num_predict: number }).num_predict : body['max_tokens']);
    const tokens = script(String(body['prompt'])).slice(0, wanted);
    for (const token of tokens) {
      if (tokenMs > 0) await delay(tokenMs);
      if (response.destroyed) return;
      const scripted = typeof token === 'string' ? { text: token } : token;
      response.write(
        dialect === 'ollama'
          ? `${JSON.stringify(ollamaLine(scripted))}\n`
          : `data: ${JSON.stringify(chunkOf(scripted, dialect))}\n\n`,
      );
    }
    if (this.options.endsEarly === true) return void response.end();
    const finish_reason = tokens.length === wanted ? 'length' : 'stop';
    if (isOllama) {
      const last = { response: '', done: true, done_reason: finish_reason, eval_count: tokens.length };
      return void response.end(`${JSON.stringify({ model: 'scripted', ...last })}\n`);
    }
    response.write(`data: ${JSON.stringify({ choices: [{ text: '', finish_reason, logprobs: null }] })}\n\n`);
    response.end('data: [DONE]\n\n');
  }
}

function chunkOf({ text, probability = 0.9, others = {} }: ScriptedToken, dialect: 'llama' | 'lists'): object {
  const all = { [text]: probability, ...others };
  const logprobs =
    dialect === 'lists'
      ? {
          tokens: [text],
          token_logprobs: [Math.log(probability)],
          top_logprobs: [Object.fromEntries(Object.entries(all).map(([each, share]) => [each, Math.log(share)]))],
        }
      : {
          content: [
            {
              ...inBytes(text, probability),
              top_logprobs: Object.entries(all).map(([each, share]) => inBytes(each, share)),
            },
          ],
        };
  return { choices: [{ text, index: 0, finish_reason: null, logprobs }] };
}

/** As Ollama sends it: no numbers of tokens, and the chosen one among the others. */
function ollamaLine({ text, probability = 0.9, others = {} }: ScriptedToken): object {
  const told = (token: string, share: number): object => ({
    ...{ token, logprob: Math.log(share), bytes: [...Buffer.from(token)] },
  });
  const top = Object.entries({ [text]: probability, ...others }).map(([each, share]) => told(each, share));
  const logprobs = [{ ...told(text, probability), top_logprobs: top }];
  return { model: 'scripted', created_at: '2026-11-30T00:00:00Z', response: text, done: false, logprobs };
}

function inBytes(token: string, probability: number): object {
  return { id: 1, token, bytes: [...Buffer.from(token)], logprob: Math.log(probability) };
}
