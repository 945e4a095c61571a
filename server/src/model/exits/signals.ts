// What the controller sees of a token beside its hidden state: how sure the model was, of this token and of the line so
// far, and what the text says by itself. Plain numbers of about the size of one, in a fixed order.

import type { Choice } from '../tokens/distribution.js';
import { lookUp } from '../draft/lookUp.js';

/** A token as one layer would choose it. */
export interface Chosen {
  /** The best choices, the token first. */
  readonly top: readonly Choice[];
  /** Its bytes, as characters 0-255; empty for special tokens. */
  readonly bytes: string;
  /** Whether it ends the text. */
  readonly isEnd: boolean;
  /** Whether it only spells the end of the prefix again (token healing). */
  readonly isForced: boolean;
  /** Layers computed for it. */
  readonly layer: number;
  /** Whether the exit before chose the same token; undefined where there was none. */
  readonly agrees: boolean | undefined;
}

export interface LineContext {
  readonly path: string;
  readonly prefix: string;
  readonly suffix: string;
}

const LANGUAGES: readonly RegExp[] = [/\.[cm]?tsx?$/, /\.[cm]?jsx?$/, /\.pyi?$/, /\.java$/, /\.cs$/, /\.go$/];

/** The number of a path's language, from 0; the last one stands for all others. */
export function languageOf(path: string): number {
  const found = LANGUAGES.findIndex((ending) => ending.test(path));
  return found === -1 ? LANGUAGES.length : found;
}

const LANGUAGE_COUNT = LANGUAGES.length + 1;

/**
 * The signals that do not depend on which exits a model has, by name, in their order: a vector begins with them. A controller
 * that learned them names them, so that one of another version is recognised.
 */
export const commonSignals: readonly string[] = [
  'logProbability',
  'entropy',
  'gap',
  'probability',
  'lineLogProbability',
  'lineProbability',
  'leastLogProbability',
  'meanLogProbability',
  'lineEntropy',
  'highestEntropy',
  'leastGap',
  'firstLogProbability',
  'tokens',
  'length',
  'isLineEnd',
  'isForced',
  'beginsLine',
  'prefixLength',
  'indentation',
  'previousIsBlank',
  'depth',
  'inQuotes',
  'copied',
  'repeated',
  'knownNames',
  'unknownNames',
  'isKnownLine',
  'endsFile',
  'agrees',
  'endsInName',
  ...Array.from({ length: LANGUAGE_COUNT }, (_, language) => `language${language}`),
];

/** Numbers in a vector of signals, for a model with so many exits, the last layer counted. */
export function signalCount(exits: number): number {
  return commonSignals.length + exits;
}

interface LineSums {
  tokens: number;
  logProbability: number;
  least: number;
  entropy: number;
  highestEntropy: number;
  gap: number;
  first: number;
  copied: number;
  text: string;
  depth: number;
  quote: string;
}

const noTokens: LineSums = {
  tokens: 0,
  logProbability: 0,
  least: 0,
  entropy: 0,
  highestEntropy: 0,
  gap: 6,
  first: 0,
  copied: 0,
  text: '',
  depth: 0,
  quote: '',
};

/** Follows a line while it is generated. */
export class LineSignals {
  private sums: LineSums = { ...noTokens };
  private readonly language: number;
  private linePrefix: string;
  private readonly known: ReadonlySet<string>;
  private readonly lines: ReadonlySet<string>;
  private previousIsBlank: boolean;

  /**
   * @param exits layers after which there is an exit, the last layer included
   * @param ids tokens before the line's first; the generated ones are appended
   */
  constructor(
    private readonly context: LineContext,
    private readonly exits: readonly number[],
    private readonly ids: number[],
    from?: LineSignals,
  ) {
    if (from !== undefined) {
      ({ language: this.language, linePrefix: this.linePrefix, known: this.known, lines: this.lines } = from);
      this.previousIsBlank = from.previousIsBlank;
      this.sums = { ...from.sums };
      return;
    }
    const { path, prefix, suffix } = context;
    this.language = languageOf(path);
    const lines = prefix.split('\n');
    this.linePrefix = lines.at(-1)!;
    this.previousIsBlank = (lines.at(-2) ?? '').trim() === '';
    this.known = new Set(`${prefix}\n${suffix}`.match(/[A-Za-z_]\w{2,}/g));
    this.lines = new Set([...lines.slice(0, -1), ...suffix.split('\n')].map((line) => line.trim()));
  }

  /** A copy that goes on by itself, for drafted tokens that may be refuted. */
  clone(): LineSignals {
    return new LineSignals(this.context, this.exits, [...this.ids], this);
  }

  /** The signals of a token that may come next; nothing is recorded. */
  of(chosen: Chosen): Float32Array {
    const repeated = this.repeatedBy(chosen);
    return this.vectorOf(chosen, this.sumsWith(chosen, repeated), repeated);
  }

  /** Records a token, and gives its signals. */
  push(chosen: Chosen): Float32Array {
    const repeated = this.repeatedBy(chosen);
    const sums = this.sumsWith(chosen, repeated);
    const vector = this.vectorOf(chosen, sums, repeated);
    this.sums = sums;
    this.ids.push(chosen.top[0]!.id);
    return vector;
  }

  /** A further line begins. */
  newLine(): void {
    this.sums = { ...noTokens };
    this.linePrefix = '';
    this.previousIsBlank = false;
  }

  /** How many tokens before it are the same where the token stood last; 0 where it repeats nothing. */
  private repeatedBy({ top }: Chosen): number {
    const next = this.ids.at(-1);
    if (next === undefined) return 0;
    const { ids, length } = lookUp(this.ids.slice(0, -1), next, 1);
    return ids[0] === top[0]!.id ? length : 0;
  }

  private sumsWith({ top, bytes, isForced }: Chosen, repeated: number): LineSums {
    const { logProbability, entropy } = top[0]!;
    const before = this.sums;
    const gap = gapOf(top);
    const { depth, quote } = follow(bytes, before.depth, before.quote);
    return {
      tokens: before.tokens + 1,
      logProbability: before.logProbability + logProbability,
      least: Math.min(before.least, logProbability),
      entropy: before.entropy + entropy,
      highestEntropy: Math.max(before.highestEntropy, entropy),
      gap: Math.min(before.gap, gap),
      first: before.tokens === 0 || isForced ? before.first + logProbability : before.first,
      copied: before.copied + Number(repeated > 0),
      text: before.text + bytes,
      depth,
      quote,
    };
  }

  private vectorOf(
    { top, bytes, isEnd, isForced, layer, agrees }: Chosen,
    sums: LineSums,
    repeated: number,
  ): Float32Array {
    const { logProbability, entropy } = top[0]!;
    const names = [...new Set(sums.text.match(/[A-Za-z_]\w{2,}/g))];
    const knownNames = names.filter((name) => this.known.has(name)).length;
    const isLineEnd = isEnd || bytes.includes('\n');
    const line = (this.linePrefix + sums.text).trim();
    const values = [
      logProbability,
      entropy,
      gapOf(top) / 4,
      Math.exp(logProbability),
      sums.logProbability / 4,
      Math.exp(sums.logProbability),
      sums.least / 2,
      sums.logProbability / sums.tokens,
      sums.entropy / 4,
      sums.highestEntropy,
      sums.gap / 4,
      sums.first / 2,
      sums.tokens / 12,
      sums.text.length / 40,
      Number(isLineEnd),
      Number(isForced),
      Number(this.linePrefix.trim() === ''),
      Math.min(3, this.linePrefix.trim().length / 30),
      Math.min(3, (this.linePrefix.length - this.linePrefix.trimStart().length) / 12),
      Number(this.previousIsBlank),
      sums.depth / 2,
      Number(sums.quote !== ''),
      sums.copied / sums.tokens,
      repeated / 4,
      names.length === 0 ? 0.5 : knownNames / names.length,
      (names.length - knownNames) / 3,
      Number(line.length > 2 && this.lines.has(line)),
      Number(this.context.suffix === ''),
      agrees === undefined ? 0.5 : Number(agrees),
      /[\w$]$/.test(bytes) ? 1 : 0,
      ...oneHot(this.language, LANGUAGE_COUNT),
      ...oneHot(this.exits.indexOf(layer), this.exits.length),
    ];
    return Float32Array.from(values);
  }
}

/** How far the second best choice is behind, in nats, six at most. */
function gapOf(top: readonly Choice[]): number {
  return top[1] === undefined ? 6 : Math.min(6, top[0]!.logProbability - top[1].logProbability);
}

function oneHot(index: number, length: number): number[] {
  return Array.from({ length }, (_, i) => Number(i === index));
}

/** Follows brackets and quotes; a rough count is enough here. */
function follow(bytes: string, depth: number, quote: string): { depth: number; quote: string } {
  let [level, open] = [depth, quote];
  for (const char of bytes) {
    if (open !== '') {
      if (char === open) open = '';
    } else if (char === '"' || char === "'" || char === '`') open = char;
    else if ('([{'.includes(char)) level++;
    else if (')]}'.includes(char)) level--;
  }
  return { depth: level, quote: open };
}
