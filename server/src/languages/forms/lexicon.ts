// What the scan of unfinished text has to know of a language: how strings, comments and code inside strings begin and
// end.

/** Code inside a string, or inside a template's text. */
export interface CodeForm {
  readonly open: string;
  readonly close: string;
  /** The opener written twice stands for itself, as `{{` in an f-string. */
  readonly isTextWhenDoubled: boolean;
}

export interface StringForm {
  /** Sticky. A group named `end` is part of the closer, as the hashes of a raw string. */
  readonly open: RegExp;
  /** What ends it; `$` stands for the group `end`. */
  readonly close: string;
  /** The sign after which the next one stands for itself. */
  readonly escape: string | undefined;
  /** The closer written twice stands for itself. */
  readonly doubles: boolean;
  readonly severalLines: boolean;
  readonly codes: readonly CodeForm[];
  /** The string begins on the next line and ends with a line that holds nothing but the closer. */
  readonly isHereDocument: boolean;
  /** Whether its own quote may stand in the code inside it. */
  readonly nests: boolean;
  /** Whether a closer in square brackets stands for itself, as in a regular expression. */
  readonly hasClasses: boolean;
}

export interface Lexicon {
  /** Text has no strings, and its brackets need not balance; code may stand in islands in it. */
  readonly base: 'code' | 'text';
  readonly islands: readonly CodeForm[];
  /** Sticky; each takes the rest of its line. */
  readonly lineComments: readonly RegExp[];
  readonly blockComments: readonly (readonly [open: string, close: string])[];
  readonly nestsComments: boolean;
  /** Sticky; the first that fits is taken. */
  readonly strings: readonly StringForm[];
  /** Sticky: signs that look like the beginning of a string or a bracket and are none. */
  readonly plain: readonly RegExp[];
  /** Whether names are followed by types in angle brackets. */
  readonly generics: boolean;
  /** Whether double quotes come in pairs wherever they stand, also where none of them begins a string. */
  readonly pairsQuotes: boolean;
}

type StringOptions = Partial<Omit<StringForm, 'open' | 'close' | 'codes'>> & {
  readonly codes?: readonly (readonly [open: string, close: string] | readonly [string, string, 'doubled'])[];
};

export function stringForm(open: string | RegExp, close: string, options: StringOptions = {}): StringForm {
  return {
    escape: '\\',
    doubles: false,
    severalLines: false,
    isHereDocument: false,
    nests: true,
    hasClasses: false,
    ...options,
    open: sticky(open),
    close,
    codes: (options.codes ?? []).map(([from, to, doubled]) => codeForm(from, to, doubled !== undefined)),
  };
}

export function codeForm(open: string, close: string, isTextWhenDoubled = false): CodeForm {
  return { open, close, isTextWhenDoubled };
}

export function sticky(source: string | RegExp): RegExp {
  return typeof source === 'string'
    ? new RegExp(source.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'), 'y')
    : new RegExp(source.source, `${source.flags.replace('y', '')}y`);
}

export function lexicon(options: {
  readonly base?: Lexicon['base'];
  readonly islands?: readonly (readonly [open: string, close: string])[];
  readonly line?: readonly (string | RegExp)[];
  readonly block?: readonly (readonly [open: string, close: string])[];
  readonly nestsComments?: boolean;
  readonly strings?: readonly StringForm[];
  readonly plain?: readonly RegExp[];
  readonly generics?: boolean;
  readonly pairsQuotes?: boolean;
}): Lexicon {
  return {
    base: options.base ?? 'code',
    islands: (options.islands ?? []).map(([open, close]) => codeForm(open, close)),
    lineComments: (options.line ?? []).map(sticky),
    blockComments: options.block ?? [],
    nestsComments: options.nestsComments ?? false,
    strings: options.strings ?? [],
    plain: (options.plain ?? []).map(sticky),
    generics: options.generics ?? false,
    pairsQuotes: options.pairsQuotes ?? false,
  };
}
