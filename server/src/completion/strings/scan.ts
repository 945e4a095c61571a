// A walk through unfinished text that knows where strings, comments and the code inside strings begin and end, for
// texts that no parser has seen. What is open is a stack of frames, from the outermost on.

import type { CodeForm, Lexicon, StringForm } from '../../languages/index.js';

export type FrameKind = 'bracket' | 'soft' | 'string' | 'code' | 'island' | 'lineComment' | 'blockComment';

/** Something that is open. Soft ones, such as brackets in a string, vanish when what they stand in ends. */
export interface Frame {
  readonly kind: FrameKind;
  readonly open: string;
  readonly close: string;
  /** Where in the scanned text it was opened. */
  readonly at: number;
  readonly form?: StringForm;
}

export type ScanEvent =
  /** A frame was opened; it is the last of the stack. */
  | { readonly type: 'open'; readonly at: number; readonly end: number }
  /** The frame at `index` was closed, and with it all above it. */
  | { readonly type: 'close'; readonly at: number; readonly end: number; readonly index: number; readonly frame: Frame }
  /** A closer that closes nothing: of code, or of the text of strings, comments and prose. */
  | { readonly type: 'stray' | 'softStray'; readonly at: number; readonly end: number }
  /** A line end inside a string of one line. */
  | { readonly type: 'unclosed'; readonly at: number; readonly end: number };

export type Visit = (event: ScanEvent) => 'stop' | undefined | void;

export const closerOf: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const openerOf: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/**
 * Scans a part of a text and changes the stack.
 * @param stack what is open at `from`
 * @returns the offset at which the scan ended: `to`, or where `visit` stopped it
 */
export function scan(text: string, from: number, to: number, stack: Frame[], lexicon: Lexicon, visit: Visit): number {
  const scanner = new Scanner(text, to, stack, lexicon, visit);
  return scanner.run(from);
}

/** Frames that are looked through for what a closer closes; one that lies deeper is forgotten. */
const DEEPEST = 1_000;

/** A frame that says how to read on, and what of the frames below it counts: these may be thousands. */
interface Mode {
  /** Its place in the stack, and those of others, or -1. */
  readonly index: number;
  /** The nearest string below it. */
  readonly string: number;
  /** The outermost string of one line, itself included. */
  readonly oneLine: number;
  /** The nearest island, itself included: its place among the modes. */
  readonly island: number;
}

class Scanner {
  private readonly waiting: Frame[] = [];
  private isStopped = false;
  /** From the outermost on; the last ones may have been closed since. */
  private readonly modes: Mode[] = [];

  constructor(
    private readonly text: string,
    private readonly to: number,
    private readonly stack: Frame[],
    private readonly lexicon: Lexicon,
    private readonly visit: Visit,
  ) {
    for (const [index, frame] of stack.entries()) if (saysHow(frame)) this.enter(index, frame);
  }

  run(from: number): number {
    let at = from;
    while (at < this.to && !this.isStopped) {
      const next = this.step(at);
      if (this.isStopped) return at;
      at = Math.max(at + 1, next);
    }
    return Math.min(at, this.to);
  }

  /** Reads one sign or one mark, and says where the next begins. */
  private step(at: number): number {
    const mode = this.mode()?.index ?? -1;
    const frame = this.stack[mode];
    if (this.text[at] === '\n') return this.lineEnd(at, mode);
    if (frame === undefined) return this.lexicon.base === 'text' ? this.inText(at) : this.inCode(at, -1);
    if (frame.kind === 'string') return this.inString(at, mode, frame);
    if (frame.kind === 'code' || frame.kind === 'island') return this.inCode(at, mode);
    return this.inComment(at, mode, frame);
  }

  /** The innermost frame that says how to read on. */
  private mode(): Mode | undefined {
    while (this.modes.length > 0 && this.modes.at(-1)!.index >= this.stack.length) this.modes.pop();
    return this.modes.at(-1);
  }

  private enter(index: number, { kind, form }: Frame): void {
    const below = this.modes.at(-1);
    const isBelowString = below !== undefined && this.stack[below.index]!.kind === 'string';
    const isOneLine = kind === 'string' && form?.severalLines === false;
    this.modes.push({
      index,
      string: isBelowString ? below.index : (below?.string ?? -1),
      oneLine: below !== undefined && below.oneLine !== -1 ? below.oneLine : isOneLine ? index : -1,
      island: kind === 'island' ? this.modes.length : (below?.island ?? -1),
    });
  }

  private lineEnd(at: number, mode: number): number {
    const frame = this.stack[mode];
    if (frame?.kind === 'lineComment') this.stack.length = mode;
    // A string of one line has ended, also where the line end is in the code inside it.
    const first = this.mode()?.oneLine ?? -1;
    if (first !== -1) {
      this.stack.length = first;
      this.tell({ type: 'unclosed', at, end: at + 1 });
    }
    while (isSoftQuote(this.stack.at(-1)) || this.stack.at(-1)?.open === '<') this.stack.pop();
    for (const document of this.waiting.splice(0)) this.push({ ...document, at: at + 1 }, at + 1);
    return at + 1;
  }

  private inText(at: number): number {
    const island = this.lexicon.islands.find(({ open }) => this.has(open, at));
    if (island !== undefined) return this.open('island', at, at + island.open.length, island);
    const comment = this.comment(at);
    if (comment !== undefined) return comment;
    if (this.text[at] === '\\') return at + 2;
    return this.soft(at, -1);
  }

  private inComment(at: number, mode: number, frame: Frame): number {
    const ended = this.endOfIsland(at);
    if (ended !== undefined && frame.kind === 'lineComment') return ended;
    if (frame.kind === 'blockComment') {
      if (this.has(frame.close, at)) return this.close(mode, at, at + frame.close.length);
      if (this.lexicon.nestsComments && this.has(frame.open, at)) {
        return this.push({ ...frame, at }, at + frame.open.length);
      }
    }
    return this.soft(at, mode);
  }

  private inString(at: number, mode: number, frame: Frame): number {
    const { text } = this;
    const form = frame.form!;
    // Behind `{{` the closer comes twice too.
    const doubled = form.codes.find(({ isTextWhenDoubled, close }) => isTextWhenDoubled && this.has(close + close, at));
    if (doubled !== undefined) return at + 2 * doubled.close.length;
    const top = this.stack.at(-1)!;
    if (form.hasClasses && top.kind === 'soft' && top.open === '[') return this.inClass(at);
    const isNested = top.kind === 'soft' && top.close === frame.close && this.has(frame.close, at);
    if (isNested && !isSoftQuote(top)) return this.close(this.stack.length - 1, at, at + frame.close.length);
    const code = form.codes.find(({ open }) => this.has(open, at));
    if (code !== undefined) {
      if (code.isTextWhenDoubled && this.has(code.open, at + code.open.length)) return at + 2 * code.open.length;
      return this.open('code', at, at + code.open.length, code);
    }
    if (form.isHereDocument) {
      const start = text.lastIndexOf('\n', at - 1) + 1;
      const isAlone = text.slice(start, at).trim() === '' && this.has(frame.close, at);
      if (isAlone && !/\w/.test(text[at + frame.close.length] ?? ''))
        return this.close(mode, at, at + frame.close.length);
    } else if (form.escape !== undefined && text[at] === form.escape && text[at + 1] !== '\n') {
      return at + 2;
    } else if (this.has(frame.close, at)) {
      const end = at + frame.close.length;
      return form.doubles && this.has(frame.close, end) && end < this.to
        ? end + frame.close.length
        : this.close(mode, at, end);
    }
    return this.soft(at, mode);
  }

  /** Between the square brackets of a regular expression, where every other sign stands for itself. */
  private inClass(at: number): number {
    if (this.text[at] === '\\' && this.text[at + 1] !== '\n') return at + 2;
    return this.text[at] === ']' ? this.close(this.stack.length - 1, at, at + 1) : at + 1;
  }

  private inCode(at: number, mode: number): number {
    const { text, stack } = this;
    const char = text[at]!;
    const island = this.endOfIsland(at);
    if (island !== undefined) return island;
    const frame = stack[mode];
    if (frame?.kind === 'code' && this.has(frame.close, at) && this.innermost() === mode) {
      return this.close(mode, at, at + frame.close.length);
    }
    const around = this.mode()?.string ?? -1;
    const outer = stack[around];
    if (outer?.form?.nests === false && outer.close.length === 1 && this.has(outer.close, at)) {
      // The string ends although the code in it did not.
      return this.close(around, at, at + outer.close.length);
    }
    if (isNameSign(char)) return this.word(at);
    // Nothing begins with white space, and some forms look back over all of it.
    if (char === ' ' || char === '\t') return at + 1;
    const plain = this.lexicon.plain.find((form) => matchAt(form, text, at) !== null);
    if (plain !== undefined && plain.lastIndex <= this.to) return plain.lastIndex;
    return this.comment(at) ?? this.string(at) ?? this.bracket(at, mode);
  }

  /** A word, unless a string or a comment begins with it: `r"`, `rem`. */
  private word(at: number): number {
    const { text } = this;
    if (at === 0 || !isNameSign(text[at - 1]!)) {
      const plain = this.lexicon.plain.find((form) => matchAt(form, text, at) !== null);
      const begun =
        (plain !== undefined && plain.lastIndex <= this.to ? plain.lastIndex : undefined) ??
        this.comment(at) ??
        this.string(at);
      if (begun !== undefined) return begun;
    }
    let end = at + 1;
    while (end < this.to && isNameSign(text[end]!)) end++;
    return end;
  }

  private comment(at: number): number | undefined {
    const block = this.lexicon.blockComments.find(([open]) => this.has(open, at));
    if (block !== undefined) {
      return this.push({ kind: 'blockComment', open: block[0], close: block[1], at }, at + block[0].length);
    }
    if (this.lexicon.base === 'text' && this.mode() === undefined && this.lexicon.islands.length > 0) return undefined;
    const line = this.lexicon.lineComments.find((form) => matchAt(form, this.text, at) !== null);
    if (line === undefined || line.lastIndex > this.to) return undefined;
    return this.push(
      { kind: 'lineComment', open: this.text.slice(at, line.lastIndex), close: '\n', at },
      line.lastIndex,
    );
  }

  private string(at: number): number | undefined {
    // What stands behind the end must not speak against a string that the last sign begins, as the slash in `/ˇ/`.
    const text = at === this.to - 1 ? this.text.slice(0, this.to) : this.text;
    for (const form of this.lexicon.strings) {
      const match = matchAt(form.open, this.text, at) ?? (form.hasClasses ? matchAt(form.open, text, at) : null);
      if (match === null) continue;
      const end = at + match[0].length;
      if (end > this.to) continue;
      const mark = match.groups?.['end'] ?? match.groups?.['end2'] ?? '';
      const close = form.close.replaceAll(/\$+/g, (run) => closerFrom(run, mark));
      const frame: Frame = { kind: 'string', open: match[0], close, at, form };
      if (!form.isHereDocument) return this.push(frame, end);
      this.waiting.push(frame);
      return end;
    }
    return undefined;
  }

  private bracket(at: number, mode: number): number {
    const { text, stack } = this;
    const char = text[at]!;
    const close = closerOf[char];
    if (close !== undefined) return this.push({ kind: 'bracket', open: char, close, at }, at + 1);
    const open = openerOf[char];
    if (open !== undefined) {
      const index = this.innermost();
      if (index > mode && stack[index]!.open === open) return this.close(index, at, at + 1);
      const further = this.lastAbove(mode, 'bracket', open);
      this.tell({ type: 'stray', at, end: at + 1 });
      // What stands above was forgotten.
      if (further !== -1 && !this.isStopped) this.close(further, at, at + 1);
      return at + 1;
    }
    if (this.lexicon.generics) this.angle(at);
    return at + 1;
  }

  /** Types in angle brackets look like comparisons, so what does not fit them makes them be forgotten. */
  private angle(at: number): void {
    const { text, stack } = this;
    const char = text[at]!;
    const top = stack.at(-1);
    if (char === ';' && top?.open === '<') stack.pop();
    if (
      char === '<' &&
      /[\w:]$/.test(text.slice(Math.max(0, at - 1), at)) &&
      /^[^\s<=]/.test(text.slice(at + 1, at + 2))
    ) {
      this.push({ kind: 'soft', open: '<', close: '>', at }, at + 1);
    } else if (char === '>' && top?.open === '<' && !/[-=]/.test(text[at - 1] ?? '')) {
      this.close(stack.length - 1, at, at + 1);
    }
  }

  /** Brackets and quotes of text. */
  private soft(at: number, mode: number): number {
    const { text, stack } = this;
    const char = text[at]!;
    const close = closerOf[char];
    if (close !== undefined) return this.push({ kind: 'soft', open: char, close, at }, at + 1);
    const isQuote = char === '"' || char === '`' || (char === "'" && !isApostrophe(text, at));
    const open = openerOf[char] ?? (isQuote ? char : undefined);
    if (open === undefined) return at + 1;
    const index = this.lastAbove(mode, 'soft', open);
    const isCrossed = (): boolean => !isQuote && stack.findLastIndex((frame) => !isSoftQuote(frame)) > index;
    if (index !== -1 && !isCrossed()) return this.close(index, at, at + 1);
    if (isQuote) return this.push({ kind: 'soft', open: char, close: char, at }, at + 1);
    this.tell({ type: 'softStray', at, end: at + 1 });
    return at + 1;
  }

  /** The end of the code in a template ends all that was begun in it. */
  private endOfIsland(at: number): number | undefined {
    let place = this.mode()?.island ?? -1;
    while (place !== -1) {
      const { index } = this.modes[place]!;
      const frame = this.stack[index]!;
      if (this.has(frame.close, at)) return this.close(index, at, at + frame.close.length);
      place = this.modes[place - 1]?.island ?? -1;
    }
    return undefined;
  }

  /** The innermost of such frames above one, or -1. */
  private lastAbove(mode: number, kind: FrameKind, open: string): number {
    const last = Math.max(mode, this.stack.length - 1 - DEEPEST);
    for (let index = this.stack.length - 1; index > last; index--) {
      const frame = this.stack[index]!;
      if (frame.kind === kind && frame.open === open) return index;
    }
    return -1;
  }

  /** The index of the innermost frame that is not soft. */
  private innermost(): number {
    return this.stack.findLastIndex(({ kind }) => kind !== 'soft');
  }

  private open(kind: 'code' | 'island', at: number, end: number, { open, close }: CodeForm): number {
    return this.push({ kind, open, close, at }, end);
  }

  private push(frame: Frame, end: number): number {
    // What has been closed is left before another frame takes its place.
    this.mode();
    this.stack.push(frame);
    if (saysHow(frame)) this.enter(this.stack.length - 1, frame);
    this.tell({ type: 'open', at: frame.at, end });
    return end;
  }

  private close(index: number, at: number, end: number): number {
    const frame = this.stack[index]!;
    this.tell({ type: 'close', at, end, index, frame });
    if (!this.isStopped) this.stack.length = index;
    return end;
  }

  /** Whether a mark stands at a place, all of it in front of the end. */
  private has(mark: string, at: number): boolean {
    return at + mark.length <= this.to && this.text.startsWith(mark, at);
  }

  private tell(event: ScanEvent): void {
    if (this.visit(event) === 'stop') this.isStopped = true;
  }
}

function saysHow({ kind }: Frame): boolean {
  return kind !== 'bracket' && kind !== 'soft';
}

function matchAt(form: RegExp, text: string, at: number): RegExpExecArray | null {
  form.lastIndex = at;
  return form.exec(text);
}

function isNameSign(char: string): boolean {
  return (char >= 'a' && char <= 'z') || (char >= 'A' && char <= 'Z') || char === '_' || (char >= '0' && char <= '9');
}

/** An apostrophe stands inside a word. */
function isApostrophe(text: string, at: number): boolean {
  const before = text[at - 1] ?? ' ';
  const after = text[at + 1] ?? ' ';
  return /[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(after);
}

function isSoftQuote(frame: Frame | undefined): boolean {
  return frame?.kind === 'soft' && /["'`]/.test(frame.open);
}

/** `$` is the mark, and `$$` in front of it the sign itself, as in SQL. */
function closerFrom(run: string, mark: string): string {
  return run === '$' ? mark : `$${mark}$`;
}
