// The two ways to ask a server for a completion: OpenAI's, which most speak, and Ollama's own. Ollama speaks OpenAI's as well,
// but tells no probabilities there and puts what it is asked into a conversation.

import { words } from '../common/words.js';
import { notOllama, notOpenAi, readChunk, readOllamaChunk, type RemoteChunk } from './answer.js';
import { eventsOf } from './eventStream.js';
import { linesOf } from './lineStream.js';

export interface CompletionQuery {
  readonly prompt: string;
  readonly maximumTokens: number;
  /** How many of the likeliest tokens are told at each place. */
  readonly top: number;
}

export interface Dialect {
  /** Below the server's address: which models there are, and where completions are asked for. */
  readonly models: string;
  readonly completions: string;
  /** What is wrong with a model's name, if anything is. */
  readonly problem: (model: string) => ReturnType<typeof words> | undefined;
  readonly body: (query: CompletionQuery, model: string) => object;
  readonly chunks: (body: ReadableStream<Uint8Array>) => AsyncGenerator<RemoteChunk, void, undefined>;
}

/** By how the address ends: Ollama has its own way at `/api`. */
export function dialectOf(url: string): Dialect {
  return /\/api\/*$/.test(url) ? ollama : openAi;
}

const openAi: Dialect = {
  models: 'models',
  completions: 'completions',
  problem: () => undefined,
  body: ({ prompt, maximumTokens, top }, model) => ({
    ...(model === '' ? {} : { model }),
    prompt,
    max_tokens: maximumTokens,
    temperature: 0,
    logprobs: top,
    stream: true,
  }),
  async *chunks(body) {
    let isAny = false;
    for await (const data of eventsOf(body)) {
      isAny = true;
      yield readChunk(data);
    }
    // Such as a page that asks to sign in, or an answer in one piece.
    if (!isAny) throw notOpenAi();
  },
};

const ollama: Dialect = {
  models: 'tags',
  completions: 'generate',
  problem: (model) =>
    model === ''
      ? words('Ollama has several models; name one in "lacuna.server.model", as "ollama list" does.')
      : undefined,
  body: ({ prompt, maximumTokens, top }, model) => ({
    model,
    prompt,
    // As it is, and not as something that somebody says in a conversation.
    raw: true,
    logprobs: true,
    top_logprobs: top,
    stream: true,
    // Whatever else Ollama does to probabilities before it tells them is switched off.
    options: { temperature: 0, top_k: 0, top_p: 1, min_p: 0, repeat_penalty: 1, num_predict: maximumTokens },
  }),
  async *chunks(body) {
    let isAny = false;
    for await (const line of linesOf(body)) {
      isAny = true;
      yield readOllamaChunk(line);
    }
    if (!isAny) throw notOllama();
  },
};
