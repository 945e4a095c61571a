// Collects generated tokens into a continuation: text, spans, and when enough is there.

import type { DecodeStep } from './decode.js';
import type { Continuation, Finish, GeneratedToken, GenerateRequest } from '../language.js';
import type { Tokenizer } from '../tokens/tokenizer.js';

/** A run of tokens this long that comes a third time in a row would go on for ever. */
const LONGEST_REPEAT = 12;

export type ContinuationBounds = Pick<
  GenerateRequest,
  'maximumLines' | 'maximumTokens' | 'minimumLineProbability' | 'indentation' | 'stopBefore'
>;

/** A token as it was chosen, by whatever chose it. */
export type ChosenToken = Pick<DecodeStep, 'id' | 'logProbability' | 'entropy' | 'layers'> & {
  readonly drafted?: DecodeStep['drafted'];
};

export class ContinuationBuilder {
  /** Why decoding should end; undefined while it should go on. */
  finish: Finish | undefined;
  private readonly tokens: GeneratedToken[] = [];
  private readonly decoder = new TextDecoder('utf-8');
  private text = '';
  private lines = 0;
  private lineStart = { token: 0, text: 0, logProbability: 0 };
  private logProbability = 0;
  /** Probability that the finished lines are right, and that the line being written will be. */
  private linesRight = 1;
  private right: number | undefined;

  /** @param forced bytes that the first tokens spell and that are not part of the continuation (healing.ts) */
  constructor(
    private readonly tokenizer: Pick<Tokenizer, 'bytes' | 'isSpecial'>,
    private forced: number,
    private readonly bounds: ContinuationBounds,
  ) {}

  /**
   * Takes a step; `finish` says whether another is wanted.
   * @param estimate probability that the line will be right, where it is known, and what it was estimated from, where that
   * is wanted
   */
  push(step: ChosenToken, estimate: Pick<GeneratedToken, 'right' | 'signals'> = {}): void {
    const { right } = estimate;
    this.logProbability += step.logProbability;
    this.right = right;
    const start = this.text.length;
    if (this.tokenizer.isSpecial(step.id)) {
      this.add(step, start, estimate);
      this.finish = 'endOfText';
      return;
    }
    this.append(this.tokenizer.bytes(step.id));
    this.add(step, start, estimate);
    const newlines = countNewlines(this.text, start);
    if (newlines > 0 && this.endLine(newlines)) return;
    if (this.reachesSign()) this.finish = 'sign';
    else if (this.isUnlikely()) {
      this.cutToLineStart();
      this.finish = 'unlikely';
    } else if (this.leavesBlock()) {
      this.cutToLineStart();
      this.finish = 'block';
    } else if (this.tokens.length >= this.bounds.maximumTokens) this.finish = 'tokens';
    else if (this.repeats()) this.finish = 'repetition';
  }

  build(finish: Finish): Continuation {
    const text = this.text.replace(/\r\n/g, '\n');
    const tokens = this.tokens.map((token) => ({
      ...token,
      start: Math.min(token.start, text.length),
      end: Math.min(token.end, text.length),
    }));
    const { logProbability, right } = this;
    return {
      text,
      tokens,
      logProbability,
      finish,
      ...(right === undefined ? {} : { probability: this.linesRight * right }),
    };
  }

  private append(bytes: string): void {
    const spelled = Math.min(this.forced, bytes.length);
    this.forced -= spelled;
    this.text += this.decoder.decode(Buffer.from(bytes.slice(spelled), 'latin1'), { stream: true });
  }

  private add(
    { id, logProbability, entropy, layers, drafted }: ChosenToken,
    start: number,
    estimate: Pick<GeneratedToken, 'right' | 'signals'>,
  ): void {
    this.tokens.push({
      id,
      start,
      end: this.text.length,
      logProbability,
      entropy,
      layers,
      ...(drafted === undefined ? {} : { drafted }),
      ...estimate,
    });
  }

  /** Counts finished lines; true when that ended the continuation. */
  private endLine(newlines: number): boolean {
    this.lines += newlines;
    if (this.lines >= this.bounds.maximumLines) {
      this.text = cutAtNewline(this.text, this.bounds.maximumLines);
      this.finish = 'lines';
      return true;
    }
    if (this.isUnlikely()) return false;
    if (this.right !== undefined) [this.linesRight, this.right] = [this.linesRight * this.right, 1];
    this.lineStart = {
      token: this.tokens.length,
      text: this.text.lastIndexOf('\n') + 1,
      logProbability: this.logProbability,
    };
    return false;
  }

  private reachesSign(): boolean {
    const { stopBefore } = this.bounds;
    return stopBefore !== undefined && hasOutsideBrackets(this.text.trimStart(), stopBefore);
  }

  /** Whether the line being written is less likely than asked; the first line is always kept. */
  private isUnlikely(): boolean {
    const { minimumLineProbability } = this.bounds;
    if (minimumLineProbability === undefined || this.lineStart.token === 0) return false;
    return this.logProbability - this.lineStart.logProbability < Math.log(minimumLineProbability);
  }

  /** Whether the line being written, a further one, is indented less than asked. */
  private leavesBlock(): boolean {
    const { indentation } = this.bounds;
    if (indentation === undefined || this.lineStart.token === 0) return false;
    const line = this.text.slice(this.lineStart.text);
    return line.trim() !== '' && !line.startsWith(indentation);
  }

  private cutToLineStart(): void {
    this.text = this.text.slice(0, Math.max(0, this.lineStart.text - 1));
    this.tokens.length = this.lineStart.token;
    this.logProbability = this.lineStart.logProbability;
    if (this.right !== undefined) this.right = 1;
  }

  private repeats(): boolean {
    const ids = this.tokens;
    for (let length = 1; length <= LONGEST_REPEAT && 3 * length <= ids.length; length++) {
      if (length < 4 && ids.length < 12) continue;
      const times = length < 4 ? 4 : 3;
      let same = true;
      for (let i = 1; same && i <= (times - 1) * length; i++) {
        same = ids.length - i - length >= 0 && ids[ids.length - i]!.id === ids[ids.length - i - length]!.id;
      }
      if (same) return true;
    }
    return false;
  }
}

/** Whether a sign stands in a text, not as its first character and not inside of brackets that the text opens. */
function hasOutsideBrackets(text: string, sign: string): boolean {
  let depth = 0;
  for (const [at, char] of [...text].entries()) {
    if (char === sign && depth === 0 && at > 0) return true;
    if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) depth--;
  }
  return false;
}

function countNewlines(text: string, from: number): number {
  let found = 0;
  for (let i = text.indexOf('\n', from); i !== -1; i = text.indexOf('\n', i + 1)) found++;
  return found;
}

/** The text before its nth newline, without a carriage return. */
function cutAtNewline(text: string, nth: number): string {
  let at = -1;
  for (let i = 0; i < nth; i++) at = text.indexOf('\n', at + 1);
  return text.slice(0, at).replace(/\r$/, '');
}
