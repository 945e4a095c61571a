// One request to a server: the greedy continuation, ended where nothing more is wanted, and alternatives that begin with
// other tokens. Ending early saves the server what it would have computed.

import { abortError } from '../common/abort.js';
import {
  ContinuationBuilder,
  branchesWanted,
  likeliestBranches,
  type Continuation,
  type Finish,
  type GenerateRequest,
  type Generation,
} from '../model/index.js';
import type { RemoteToken } from './answer.js';
import { complete, ServerError, type ModelServerOptions } from './modelServer.js';
import { controlIn, isControl, writePrompt, type PromptFormatName, type RemotePrompt } from './promptFormats.js';
import { textOf, TokenNames } from './tokens.js';

/** Of the likeliest tokens at each place; vLLM allows no more unless told otherwise. */
const TOP = 5;

export interface RemoteOptions extends ModelServerOptions {
  readonly format: PromptFormatName;
}

export async function generateRemotely(
  options: RemoteOptions,
  request: GenerateRequest,
  signal: AbortSignal,
): Promise<Generation> {
  const began = performance.now();
  const prompt = writePrompt(options.format, request.prompt);
  const deadline = began + request.maximumMs;
  const greedy = await extend(options, request, prompt, undefined, deadline, signal);
  const firstMs = greedy.firstAt === undefined ? undefined : greedy.firstAt - began;
  const others = (greedy.branchPoint?.top ?? [])
    .filter(({ bytes }) => bytes !== greedy.branchPoint?.bytes && isText(bytes))
    .sort((a, b) => b.logProbability - a.logProbability)
    .slice(0, request.alternatives - 1);
  const continueFrom = (start: Start, bounds: GenerateRequest, until: number): Promise<Extended | undefined> =>
    // The first answer is there already; a second that fails is no loss.
    extend(options, bounds, prompt, start, until, signal).catch((error: unknown) => {
      if (error instanceof ServerError) return undefined;
      throw error;
    });
  const alternatives = await Promise.all(
    others.map((choice) => {
      const start: Start = { before: greedy.beforeBranchPoint, token: { ...choice, top: greedy.branchPoint!.top } };
      return continueFrom(start, request, deadline);
    }),
  );
  const branches = await branchOff(greedy, request, deadline, continueFrom);
  const continued = [greedy, ...alternatives.filter((one) => one !== undefined)];
  const all = [...continued, ...(branches ?? [])];
  const tokens = all.reduce((sum, { taken }) => sum + taken.length, 0);
  const totalMs = performance.now() - began;
  return {
    continuations: continued.map(({ continuation }) => continuation),
    ...(branches === undefined ? {} : { branches: branches.map(({ continuation }) => continuation) }),
    timing: {
      promptTokens: 0,
      cachedTokens: 0,
      queueMs: 0,
      promptMs: firstMs ?? totalMs,
      decodeMs: totalMs - (firstMs ?? totalMs),
      tokens,
      drafted: 0,
      layersPerToken: 0,
      passes: tokens,
      exits: {},
    },
  };
}

/** Whether a token adds something to a text; the one that ends it does not. */
function isText(bytes: string): boolean {
  return bytes !== '' && !isControl(textOf(bytes));
}

/** The branches that are wanted, all at once; undefined where they are not, or one of them failed or came too late. */
async function branchOff(
  { continuation, taken }: Extended,
  request: GenerateRequest,
  deadline: number,
  continueFrom: (start: Start, bounds: GenerateRequest, until: number) => Promise<Extended | undefined>,
): Promise<readonly Extended[] | undefined> {
  const wanted = branchesWanted(request, continuation);
  if (wanted === undefined) return undefined;
  const until = Math.min(deadline, performance.now() + (wanted.maximumMs ?? Infinity));
  const lineEnd = taken.findIndex(({ bytes }) => bytes.includes('\n'));
  const line = lineEnd === -1 ? taken : taken.slice(0, lineEnd + 1);
  const othersAt = ({ bytes, top }: RemoteToken) => top.filter((other) => other.bytes !== bytes && isText(other.bytes));
  const branches = await Promise.all(
    likeliestBranches(line, othersAt, wanted.count).map(({ at, choice }) => {
      const start: Start = { before: taken.slice(0, at), token: { ...choice, top: taken[at]!.top } };
      return continueFrom(start, { ...request, maximumLines: 1, earlyStopBelow: 0 }, until);
    }),
  );
  const whole = branches.filter((one) => one !== undefined && one.continuation.finish !== 'time');
  return whole.length === branches.length ? (whole as readonly Extended[]) : undefined;
}

/** Where another continuation begins: what the greedy continuation had before, and another token in place of its next. */
interface Start {
  readonly before: readonly RemoteToken[];
  readonly token: RemoteToken;
}

interface Extended {
  readonly continuation: Continuation;
  readonly taken: readonly RemoteToken[];
  /** When the first token came. */
  readonly firstAt: number | undefined;
  /** The first token that reaches beyond what was held back, and those before it. */
  readonly branchPoint: RemoteToken | undefined;
  readonly beforeBranchPoint: readonly RemoteToken[];
}

async function extend(
  options: RemoteOptions,
  request: GenerateRequest,
  prompt: RemotePrompt,
  start: Start | undefined,
  deadline: number,
  signal: AbortSignal,
): Promise<Extended> {
  // Ended by the caller, by us when there is enough, or by the clock.
  const own = new AbortController();
  const late = AbortSignal.timeout(Math.max(1, Math.ceil(deadline - performance.now())));
  const names = new TokenNames();
  const taken: RemoteToken[] = [];
  let builder: ContinuationBuilder | undefined;
  let firstAt: number | undefined;
  let branchPoint: number | undefined;
  let end: Finish | undefined;

  const take = (token: RemoteToken): void => {
    taken.push(token);
    const spelled = taken.map(({ bytes }) => bytes).join('');
    if (builder === undefined) {
      const forced = heldBackIn(spelled, prompt.heldBack);
      if (forced === undefined) {
        if (taken.length >= request.maximumTokens) end = 'tokens';
        return;
      }
      if (forced < spelled.length) branchPoint = taken.length - 1;
      builder = new ContinuationBuilder(names, forced, request);
      for (const earlier of taken) builder.push(names.step(earlier));
    } else {
      branchPoint ??= taken.length - 1;
      builder.push(names.step(token));
    }
    if (controlIn(options.format, textOf(spelled)) !== -1) end = 'endOfText';
    else if (stopsEarly(builder, taken, request)) end = 'earlyStop';
  };

  for (const token of start === undefined ? [] : [...start.before, start.token]) take(token);
  const given = taken.map(({ bytes }) => bytes).join('');
  const query = {
    prompt: prompt.text + textOf(given),
    maximumTokens: Math.max(1, request.maximumTokens - taken.length),
    top: TOP,
  };
  const isDone = (): boolean => end !== undefined || builder?.finish !== undefined;
  try {
    if (!isDone()) {
      reading: for await (const { tokens, finish } of complete(
        options,
        query,
        AbortSignal.any([signal, own.signal, late]),
      )) {
        for (const token of tokens) {
          firstAt ??= performance.now();
          take(token);
          if (isDone()) break reading;
        }
        if (finish !== undefined) end = finish === 'stop' ? 'endOfText' : 'tokens';
      }
      // A server or something on the way to it went away: what came is no whole text.
      if (taken.length > 0 && !isDone()) end = 'time';
    }
  } catch (error) {
    if (signal.aborted) throw abortError();
    // What came in time is shown as far as it is; where nothing came, the server is to blame.
    if (!late.aborted || taken.length === 0) throw error;
    end = 'time';
  } finally {
    own.abort();
  }
  builder ??= new ContinuationBuilder(names, 0, request);
  return {
    continuation: withoutControls(builder.build(builder.finish ?? end ?? 'endOfText'), options.format),
    taken,
    firstAt,
    branchPoint: branchPoint === undefined ? undefined : taken[branchPoint],
    beforeBranchPoint: taken.slice(0, branchPoint ?? 0),
  };
}

/** A text ends where the model spelled a control token, in however many tokens. */
function withoutControls(continuation: Continuation, format: PromptFormatName): Continuation {
  const at = controlIn(format, continuation.text);
  if (at === -1) return continuation;
  const tokens = continuation.tokens.map((token) => ({
    ...token,
    start: Math.min(token.start, at),
    end: Math.min(token.end, at),
  }));
  return { ...continuation, text: continuation.text.slice(0, at), tokens, finish: 'endOfText' };
}

/**
 * How many of the first bytes spell what was held back of the prompt: all of it, or, where the model would rather indent
 * otherwise, the white space that it wrote. Undefined while that is not known.
 */
function heldBackIn(spelled: string, heldBack: string): number | undefined {
  if (spelled.startsWith(heldBack)) return heldBack.length;
  if (heldBack.startsWith(spelled)) return undefined;
  return /^[ \t]*/.exec(spelled)![0].length;
}

/**
 * The probability of a line only falls while it is written, so where it is below what is asked, nothing is lost by
 * stopping. Further lines have a bound of their own, which the builder keeps.
 */
function stopsEarly(
  builder: ContinuationBuilder,
  taken: readonly RemoteToken[],
  { earlyStopBelow = 0 }: GenerateRequest,
): boolean {
  if (earlyStopBelow === 0 || builder.finish !== undefined) return false;
  if (taken.some(({ bytes }) => bytes.includes('\n'))) return false;
  return taken.reduce((sum, { logProbability }) => sum + logProbability, 0) < Math.log(earlyStopBelow);
}
