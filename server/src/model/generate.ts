// One request: the prompt, the greedy continuation, alternatives that begin with other tokens, and departures from it.

import { abortError } from '../common/abort.js';
import { ContinuationBuilder, type ContinuationBounds } from './continuation.js';
import {
  decode,
  neverDraft,
  type Chosen,
  type DecodePolicies,
  type DecodeStep,
  type Row,
  type Stepper,
} from './decode.js';
import { departuresWanted, likeliestDepartures, type Departure } from './departures.js';
import { logProbabilityOf, type Choice } from './distribution.js';
import { createDrafter, type LikelyLine } from './draft/drafter.js';
import type { Plan } from './draft/plan.js';
import type { ReferenceIndex } from './draft/reference.js';
import { neverExit } from './exitPolicy.js';
import type { Exits } from './exits.js';
import { followingOf } from './following.js';
import { ForcedSpelling } from './healing.js';
import { LineJudge } from './judge.js';
import type { Continuation, Finish, GenerateRequest, Generation, GenerationTiming } from './language.js';
import { createExitPolicy, type LineState } from './leaveEarly.js';
import type { Manifest } from './manifest.js';
import { tokenizePrompt } from './prompt.js';
import type { PromptCaches } from './promptCaches.js';
import type { PromptPass } from './promptPass.js';
import type { Tokenizer } from './tokenizer.js';

/** What requests share. */
export interface GeneratorParts {
  readonly manifest: Manifest;
  readonly tokenizer: Tokenizer;
  readonly caches: PromptCaches;
  readonly promptPass: PromptPass;
  readonly stepper: Stepper;
  readonly exits: Exits | undefined;
  readonly plan: Plan;
  readonly references: ReferenceIndex;
}

/** Of so many departures it is computed how well they fit what follows; those further behind are less likely. */
const FITTED = 3;

/** @throws AbortError as soon as `cancelled` says so; the prompt cache keeps what was computed. */
export async function generate(
  parts: GeneratorParts,
  request: GenerateRequest,
  cancelled: () => boolean,
): Promise<Generation> {
  const { manifest, tokenizer, caches, promptPass, stepper } = parts;
  const { layers } = manifest.architecture;
  const began = performance.now();
  const { ids, forced } = tokenizePrompt(tokenizer, manifest, request.prompt);
  const cache = caches.get(request.prompt.key);
  const cachedTokens = cache.reusableLength(ids);
  const hidden = await promptPass.compute(cache, ids, began + request.maximumMs, cancelled);
  const promptEnd = performance.now();
  let deadline = Math.min(began + request.maximumMs, promptEnd + (request.maximumDecodeMs ?? Infinity));
  const counts = new Counts();
  const timing = (): GenerationTiming => ({
    promptTokens: ids.length,
    cachedTokens,
    queueMs: 0,
    promptMs: promptEnd - began,
    decodeMs: performance.now() - promptEnd,
    ...counts.report(),
  });
  if (hidden === undefined) {
    const nothing: Continuation = { text: '', tokens: [], logProbability: 0, finish: 'time' };
    return { continuations: [nothing], timing: timing() };
  }
  const [first] = stepper.rowsOf(hidden, 1, layers);
  let draft = drafterOf(parts, request);

  /** Rows behind the last `count` of some tokens that follow the prompt; what the cache holds of those before is kept. */
  const rowsBehind = async (tokens: readonly number[], count: number): Promise<readonly Row[]> => {
    const sequence = [...ids, ...tokens];
    const kept = Math.min(cache.sharedPrefixLength(sequence), sequence.length - count);
    cache.rewindTo(kept);
    return (await stepper.step(cache, sequence.slice(kept), neverExit)).slice(-count);
  };

  /** Decodes from the cache's end until the builder has enough. */
  const extend = async (
    builder: ContinuationBuilder,
    spelling: ForcedSpelling,
    judge: LineJudge | undefined,
    from: Row | Chosen,
    record?: (step: DecodeStep) => void,
  ): Promise<Continuation> => {
    let late: Finish | undefined;
    const steps = decode(counts.passesOf(stepper), cache, from, {
      exit: exitOf(parts, request, judge, spelling),
      draft,
      allowed: () => spelling.allowed(),
      stop: () => builder.finish !== undefined || late !== undefined,
    });
    for await (const step of steps) {
      if (cancelled()) throw abortError();
      counts.add(step);
      record?.(step);
      const right = await judge?.judge(step, spelling.remaining);
      const isForced = spelling.remaining > 0;
      spelling.take(step.id);
      builder.push(step, right);
      if (!isForced && right !== undefined && right < (request.goOnAbove ?? 0)) late = 'unsure';
      if (performance.now() > deadline) late = 'time';
    }
    return builder.build(builder.finish ?? late ?? 'tokens');
  };

  const greedySteps: DecodeStep[] = [];
  const spelling = new ForcedSpelling(tokenizer, forced);
  /** The first step whose token reaches beyond what is forced: where alternatives begin. */
  let branch: number | undefined;
  const builderOf = (bounds: ContinuationBounds): ContinuationBuilder =>
    new ContinuationBuilder(tokenizer, forced.length, bounds);
  const continuations = [
    await extend(builderOf(request), spelling, judgeOf(parts, request, ids), first!, (step) => {
      if (branch === undefined && tokenizer.bytes(step.id).length > spelling.remaining) {
        branch = greedySteps.length;
      }
      greedySteps.push(step);
    }),
  ];
  const leave = async (
    { at, choice }: Departure<Choice>,
    builder: ContinuationBuilder,
    judge?: LineJudge,
  ): Promise<Continuation> => {
    const left = new ForcedSpelling(tokenizer, forced);
    const top = [choice, ...greedySteps[at]!.top.filter(({ id }) => id !== choice.id)];
    for (const step of [...greedySteps.slice(0, at), { ...greedySteps[at]!, ...choice, top }]) {
      builder.push(step, await judge?.judge(step, left.remaining));
      left.take(step.id);
    }
    if (builder.finish !== undefined) return builder.build(builder.finish);
    if (cancelled()) throw abortError();
    const sequence = [...ids, ...greedySteps.slice(0, at).map(({ id }) => id)];
    if (cache.sharedPrefixLength(sequence) === sequence.length) cache.rewindTo(sequence.length);
    else await rowsBehind(sequence.slice(ids.length), 1);
    return extend(builder, left, judge, { id: choice.id, hidden: greedySteps[at]!.hidden });
  };

  /** The departures that are wanted, with how well they fit; undefined where they are not, or it took too long. */
  const leaveLine = async (): Promise<readonly Continuation[] | undefined> => {
    const wanted = departuresWanted(request, continuations[0]!);
    if (wanted === undefined) return undefined;
    deadline = Math.min(deadline, performance.now() + (wanted.maximumMs ?? Infinity));
    const lineEnd = greedySteps.findIndex(({ id }) => tokenizer.bytes(id).includes('\n'));
    const line = lineEnd === -1 ? greedySteps : greedySteps.slice(0, lineEnd + 1);
    const likeliest = likeliestDepartures(line, ({ top }) => top.slice(1), wanted.count);
    const fits = fitsOf(lineOf(continuations[0]!.text));
    await fits?.of(lineOf(continuations[0]!.text));
    draft = drafterOf(parts, request, { after: ids.length, ids: line.map(({ id }) => id) });
    const departures: Continuation[] = [];
    // The cache holds the line: what leaves it last comes first, so that those before still find their beginning there.
    for (const departure of [...likeliest].sort((a, b) => b.at - a.at)) {
      if (performance.now() > deadline) return undefined;
      const place = likeliest.indexOf(departure);
      departures[place] = await leave(departure, builderOf({ ...request, maximumLines: 1 }));
      // Those behind these are compared only where some of these are the same; while its tokens are cached it costs less.
      if (place < FITTED) await fits?.of(lineOf(departures[place].text));
    }
    if (departures.some(({ finish }) => finish === 'time')) return undefined;
    if (fits === undefined) return departures;
    const fitted: Continuation[] = [];
    for (const departure of departures) {
      if (performance.now() > deadline) return undefined;
      const fit = await fits.of(lineOf(departure.text));
      fitted.push(fit === undefined ? departure : { ...departure, fit });
    }
    return fitted;
  };

  /** How much likelier what follows is behind other lines than behind this one; undefined where nothing follows. */
  const fitsOf = (line: string) => {
    const following = followingOf(tokenizer, request.prompt.suffix);
    if (following === undefined) return undefined;
    const spelled = Buffer.from(forced, 'latin1').toString();
    const known = new Map<string, number>();
    const likelihoodBehind = async (other: string): Promise<number> => {
      if (cancelled()) throw abortError();
      const before = tokenizer.encode(`${spelled}${other}\n${following.blank}`);
      const rows = await rowsBehind([...before, ...following.ids.slice(0, -1)], following.ids.length);
      let sum = 0;
      for (const [index, id] of following.ids.entries()) sum += logProbabilityOf(id, await rows[index]!.logits());
      return sum;
    };
    return {
      /** Undefined where enough other lines were compared. */
      async of(other: string): Promise<number | undefined> {
        if (!known.has(other) && known.size <= FITTED) known.set(other, await likelihoodBehind(other));
        const likelihood = known.get(other);
        return likelihood === undefined ? undefined : likelihood - known.get(line)!;
      },
    };
  };

  const choices = branch === undefined ? [] : greedySteps[branch]!.top.slice(1, request.alternatives);
  for (const choice of choices) {
    if (branch === undefined || performance.now() > deadline) break;
    continuations.push(await leave({ at: branch, choice }, builderOf(request), judgeOf(parts, request, ids)));
  }
  const departures = await leaveLine();
  return { continuations, ...(departures === undefined ? {} : { departures }), timing: timing() };
}

/** A continuation's first line, without white space at its end. */
function lineOf(text: string): string {
  return text.split('\n', 1)[0]!.trimEnd();
}

/** Tokens, layers and passes of a request. */
class Counts {
  private tokens = 0;
  private drafted = 0;
  private layers = 0;
  private readonly passes = new Map<number, { passes: number; ms: number }>();
  private readonly exits: Record<number, number> = {};

  add({ layers, drafted }: DecodeStep): void {
    this.tokens++;
    this.layers += layers;
    if (drafted !== undefined) this.drafted++;
    this.exits[layers] = (this.exits[layers] ?? 0) + 1;
  }

  passesOf(stepper: Stepper): Stepper {
    return {
      ...stepper,
      step: async (cache, ids, exit) => {
        const began = performance.now();
        const rows = await stepper.step(cache, ids, exit);
        const before = this.passes.get(ids.length) ?? { passes: 0, ms: 0 };
        this.passes.set(ids.length, { passes: before.passes + 1, ms: before.ms + performance.now() - began });
        return rows;
      },
    };
  }

  report(): Pick<GenerationTiming, 'tokens' | 'drafted' | 'layersPerToken' | 'passes' | 'passesByRows' | 'exits'> {
    const { tokens, drafted, layers, exits } = this;
    const passesByRows = Object.fromEntries(this.passes);
    const passes = Object.values(passesByRows).reduce((sum, of) => sum + of.passes, 0);
    return { tokens, drafted, layersPerToken: tokens === 0 ? 0 : layers / tokens, passes, passesByRows, exits };
  }
}

/** @param like a line that is left: most of it may come again */
function drafterOf(
  { plan, references, exits }: GeneratorParts,
  request: GenerateRequest,
  like?: LikelyLine,
): DecodePolicies['draft'] {
  if (request.exits === 'off' || request.drafts === 'never') return neverDraft;
  references.update(request.references ?? []);
  return createDrafter(plan, references, exits?.draftLayer, like);
}

/** @param ids the prompt */
function judgeOf(
  { exits, tokenizer }: GeneratorParts,
  request: GenerateRequest,
  ids: readonly number[],
): LineJudge | undefined {
  if (exits?.judge === undefined) return undefined;
  return new LineJudge(exits, exits.judge, tokenizer, request.prompt, ids);
}

function exitOf(
  { exits, tokenizer }: GeneratorParts,
  request: GenerateRequest,
  judge: LineJudge | undefined,
  spelling: ForcedSpelling,
): DecodePolicies['exit'] {
  if (request.exits !== 'certified' || exits?.judge === undefined || judge === undefined) return neverExit;
  const line = (): LineState => ({ signals: judge.signals, mayLeave: spelling.remaining === 0 });
  return createExitPolicy(exits, exits.judge, tokenizer, line);
}
