// Talks to a model server: the only file that opens a network connection. Requests have bounds, are tried again where that
// may help, and end on the wire when they are cancelled.

import { setTimeout as delay } from 'node:timers/promises';
import { abortError } from '../common/abort.js';
import { SaidError, wordsOf } from '../common/saidError.js';
import { words, type Words } from '../common/words.js';
import type { RemoteChunk } from './answer.js';
import { dialectOf, type CompletionQuery } from './dialects.js';

export interface ModelServerOptions {
  /** The address under which `completions` lies, such as http://127.0.0.1:8080/v1, or Ollama's, which ends with /api. */
  readonly url: string;
  /** The model's name there; empty where a server has only one. */
  readonly model: string;
  readonly key: string | undefined;
}

/** What went wrong, in one sentence for the user. */
export class ServerError extends SaidError {
  /** @param isPassing whether it may be over soon: a server that starts, is busy or out of reach */
  constructor(
    said: Words,
    readonly isPassing: boolean,
    /** Milliseconds after which the server itself wants to be asked again. */
    readonly retryAfterMs?: number,
  ) {
    super(said);
  }
}

/** Pauses before an answer is asked for again, in milliseconds; there are no more tries than pauses and one. */
const RETRY_PAUSES = [100, 400, 1_200];
/** Pauses vary by so much, so that the editors of a team do not all come back at once. */
const JITTER = 0.5;

/** No server is believed that wants to be left alone for longer, in milliseconds; timers do not reach beyond some weeks. */
const LONGEST_PAUSE = 600_000;

/** Codes of what is no HTTP, or not compressed as it says. */
const UNREADABLE = /^(HPE|Z|ERR_)_/;

/** For a greeting, in milliseconds. */
const GREETING_MS = 5_000;

/** Asks which models there are, to learn whether the server is there and takes the key. @throws ServerError */
export async function greet(options: ModelServerOptions, signal: AbortSignal): Promise<void> {
  const { models, problem } = dialectOf(options.url);
  const wrong = problem(options.model);
  if (wrong !== undefined) throw new ServerError(wrong, false);
  const response = await send(options, models, {}, AbortSignal.any([signal, AbortSignal.timeout(GREETING_MS)]));
  await response.body?.cancel();
}

/**
 * The tokens of a greedy completion, as they come.
 * @param signal ends the request on the wire, which ends its computation
 * @throws AbortError; ServerError
 */
export async function* complete(
  options: ModelServerOptions,
  query: CompletionQuery,
  signal: AbortSignal,
): AsyncGenerator<RemoteChunk, void, undefined> {
  const dialect = dialectOf(options.url);
  const response = await sendAgain(options, dialect.completions, dialect.body(query, options.model), signal);
  if (response.body === null) throw new ServerError(words('The model server answered nothing.'), true);
  // The signal of a fetch does not reach its body any more once the runtime has collected the request as garbage.
  const body = response.body.pipeThrough(new TransformStream<Uint8Array, Uint8Array>(), { signal });
  try {
    for await (const chunk of dialect.chunks(body)) {
      yield chunk;
      if (chunk.finish !== undefined) return;
    }
  } catch (error) {
    throw asServerError(error, signal);
  }
}

async function sendAgain(
  options: ModelServerOptions,
  path: string,
  body: object,
  signal: AbortSignal,
): Promise<Response> {
  for (let tries = 0; ; tries++) {
    try {
      return await send(options, path, { method: 'POST', body: JSON.stringify(body) }, signal);
    } catch (error) {
      const pause = RETRY_PAUSES[tries];
      if (!(error instanceof ServerError) || !error.isPassing || pause === undefined) throw error;
      const wanted = Math.max(pause, error.retryAfterMs ?? 0);
      await delay(wanted * (1 + JITTER * Math.random()), undefined, { signal }).catch((over: unknown) => {
        throw asServerError(over, signal);
      });
    }
  }
}

async function send(
  { url, key }: ModelServerOptions,
  path: string,
  request: { method?: string; body?: string },
  signal: AbortSignal,
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`${url.replace(/\/+$/, '')}/${path}`, {
      ...request,
      headers: {
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      },
      // Another address than the user's own would get the user's text.
      redirect: 'error',
      signal,
    });
  } catch (error) {
    throw asServerError(error, signal);
  }
  if (response.ok) return response;
  await response.body?.cancel();
  throw refusal(response);
}

/** In sentences of our own: what a server writes may repeat the text that it was sent. */
function refusal({ status, headers }: Response): ServerError {
  if (status === 401 || status === 403) {
    return new ServerError(
      words(
        'The model server refuses the key. Set it with "Lacuna: Set the Key of the Model Server", or in LACUNA_SERVER_KEY for the command line.',
      ),
      false,
    );
  }
  if (status === 404) {
    return new ServerError(
      words('The model server has no completions at this address, or not this model (404).'),
      false,
    );
  }
  const seconds = Number(headers.get('retry-after') ?? NaN);
  const retryAfterMs = Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1_000, LONGEST_PAUSE) : undefined;
  const isPassing = status === 408 || status === 425 || status === 429 || status >= 500;
  const said = isPassing
    ? words('The model server is busy or not ready ({0}).', status)
    : words('The model server refuses the request ({0}).', status);
  return new ServerError(said, isPassing, retryAfterMs);
}

function asServerError(error: unknown, signal: AbortSignal): Error {
  if (signal.aborted) {
    const isLate = signal.reason instanceof Error && signal.reason.name === 'TimeoutError';
    return isLate ? new ServerError(words('The model server does not answer in time.'), true) : abortError();
  }
  if (error instanceof ServerError) return error;
  // fetch hides what happened in the cause.
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (cause as { code?: unknown }).code;
  if (typeof code === 'string') {
    const said = UNREADABLE.test(code)
      ? words('The model server answered something that cannot be read ({0}).', code)
      : words('The model server cannot be reached ({0}).', code);
    return new ServerError(said, true);
  }
  if (cause instanceof Error && cause.message.includes('redirect')) {
    return new ServerError(words('The model server points to another address, which is not followed.'), false);
  }
  if (error instanceof TypeError) return new ServerError(words('The model server cannot be reached.'), true);
  return new ServerError(wordsOf(error), false);
}
