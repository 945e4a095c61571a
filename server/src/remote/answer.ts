// What a server says of the tokens that it chose. There are two dialects of one field: the one that OpenAI's completions
// had and vLLM has, lists side by side; and the one of llama.cpp, a list of tokens with their bytes, which Ollama has too.

import * as z from 'zod';
import { SaidError } from '../common/saidError.js';
import { words } from '../common/words.js';

export interface RemoteToken {
  /** UTF-8, as a string of characters 0-255. */
  readonly bytes: string;
  readonly logProbability: number;
  /** The likeliest tokens in its place, this one among them or not; logarithms of probabilities. */
  readonly top: readonly { readonly bytes: string; readonly logProbability: number }[];
}

export interface RemoteChunk {
  readonly tokens: readonly RemoteToken[];
  /** Set with the last chunk: `stop` where the model ended the text itself. */
  readonly finish: string | undefined;
}

/** Of a probability, which no rounding makes much larger than 1. */
const logProbability = z
  .number()
  .max(0.01)
  .transform((value) => Math.min(value, 0));

const llamaToken = z.object({
  token: z.string(),
  bytes: z.array(z.number().int().min(0).max(255)).nullish(),
  logprob: logProbability,
});

const llamaTokens = z.array(llamaToken.extend({ top_logprobs: z.array(llamaToken).nullish() }));

const chunk = z.object({
  system_fingerprint: z.string().nullish(),
  choices: z.array(
    z.object({
      text: z.string().nullish(),
      finish_reason: z.string().nullish(),
      logprobs: z
        .union([
          z.object({ content: llamaTokens }),
          z.object({
            tokens: z.array(z.string()),
            token_logprobs: z.array(logProbability.nullable()),
            top_logprobs: z.array(z.record(z.string(), logProbability).nullable()).nullish(),
          }),
        ])
        .nullish(),
    }),
  ),
});

/** @throws Error with one sentence where a server speaks another language, or leaves out what was asked for */
export function readChunk(data: string): RemoteChunk {
  const json = parseJson(data);
  const parsed = chunk.safeParse(json);
  if (!parsed.success) throw failure.safeParse(json).success ? gaveUp() : notOpenAi();
  // A server that reports usage sends a last chunk without choices.
  const [choice] = parsed.data.choices;
  if (choice === undefined) return { tokens: [], finish: undefined };
  const { text, logprobs, finish_reason: finish } = choice;
  if (logprobs === null || logprobs === undefined) {
    if (text !== undefined && text !== null && text !== '') {
      throw parsed.data.system_fingerprint === 'fp_ollama'
        ? new SaidError(
            words('Ollama sends no log-probabilities at this address; let it end with /api in place of /v1.'),
          )
        : noProbabilities();
    }
    return { tokens: [], finish: finish ?? undefined };
  }
  const tokens = 'content' in logprobs ? fromLlama(logprobs.content) : fromLists(logprobs);
  return { tokens, finish: finish ?? undefined };
}

/** What a server sends that fails in the middle of its answer. */
const failure = z.object({ error: z.unknown().refine((error) => error !== undefined && error !== null) });

function parseJson(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    throw new SaidError(words('The model server answered something that is not JSON.'));
  }
}

/** Its own words may repeat the text that it was sent. */
function gaveUp(): SaidError {
  return new SaidError(words('The model server gave up in the middle of its answer.'));
}

export function notOpenAi(): SaidError {
  return new SaidError(words('The model server does not answer as an OpenAI-compatible completions endpoint.'));
}

const ollamaChunk = z.union([
  z.object({
    response: z.string(),
    done: z.boolean(),
    done_reason: z.string().nullish(),
    logprobs: llamaTokens.nullish(),
  }),
  z.object({ error: z.string() }),
]);

/** A line of Ollama's own. @throws Error with one sentence, as above */
export function readOllamaChunk(line: string): RemoteChunk {
  const parsed = ollamaChunk.safeParse(parseJson(line)).data;
  if (parsed === undefined) throw notOllama();
  if ('error' in parsed) throw gaveUp();
  const { response, done, done_reason: reason, logprobs } = parsed;
  if (response !== '' && (logprobs ?? []).length === 0) {
    throw new SaidError(
      words(
        'Ollama sends log-probabilities from its version 0.12.11 on, without which nothing can be said to be sure.',
      ),
    );
  }
  return { tokens: fromLlama(logprobs ?? []), finish: done ? (reason ?? 'stop') : undefined };
}

export function notOllama(): SaidError {
  return new SaidError(words('The model server does not answer as Ollama does.'));
}

type LlamaToken = z.infer<typeof llamaToken>;

function fromLlama(
  content: readonly (LlamaToken & { top_logprobs?: LlamaToken[] | null | undefined })[],
): RemoteToken[] {
  const bytesOf = ({ token, bytes }: LlamaToken): string =>
    bytes === null || bytes === undefined ? utf8(token) : Buffer.from(bytes).toString('latin1');
  return content.map((token) => ({
    bytes: bytesOf(token),
    logProbability: token.logprob,
    top: (token.top_logprobs ?? []).map((other) => ({ bytes: bytesOf(other), logProbability: other.logprob })),
  }));
}

interface Lists {
  readonly tokens: readonly string[];
  readonly token_logprobs: readonly (number | null)[];
  readonly top_logprobs?: readonly (Readonly<Record<string, number>> | null)[] | null | undefined;
}

function fromLists({ tokens, token_logprobs: logProbabilities, top_logprobs: tops }: Lists): RemoteToken[] {
  return tokens.map((token, index) => {
    const logProbability = logProbabilities[index];
    if (logProbability === undefined || logProbability === null) throw noProbabilities();
    const top = Object.entries(tops?.[index] ?? {});
    return {
      bytes: bytesOfName(token),
      logProbability,
      top: top.map(([other, ofOther]) => ({ bytes: bytesOfName(other), logProbability: ofOther })),
    };
  });
}

function noProbabilities(): SaidError {
  return new SaidError(
    words('The model server sends no log-probabilities, without which nothing can be said to be sure.'),
  );
}

/** Tokens that are no whole characters are named by their bytes, as `bytes:\xe2\x82`. */
function bytesOfName(token: string): string {
  if (!token.startsWith('bytes:\\x')) return utf8(token);
  return token
    .slice('bytes:'.length)
    .replace(/\\x([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

function utf8(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
