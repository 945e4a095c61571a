// What comments and strings look like, as far as cutting a text into the tokens of a merge needs it. It knows less than
// the scan of unfinished text: the ranker was trained on tokens that are cut so.

export interface MergeLexicon {
  /** Char codes with which a comment may begin. */
  readonly signs: ReadonlySet<number>;
  readonly lineComments: readonly Opener[];
  readonly blockComments: readonly BlockComment[];
  /** The longest first. */
  readonly quotes: readonly MergeQuote[];
  readonly hereDocuments: readonly HereDocument[];
}

/** A text, or a sticky pattern where what stands around it matters too. */
type Opener = string | RegExp;

interface BlockComment {
  readonly open: Opener;
  readonly close: string;
  readonly nests: boolean;
}

export interface MergeQuote {
  readonly open: Opener;
  /** `$` stands for what the opener's pattern captures as `end`. */
  readonly close: string;
  readonly multiline: boolean;
  readonly escapes: boolean;
}

/** A string that begins on the next line; the opener captures its `name`. */
export interface HereDocument {
  readonly open: RegExp;
  /** Finds the line that ends it. */
  readonly endOf: (name: string) => RegExp;
}

export const mergeQuote = (open: Opener, options: Partial<Omit<MergeQuote, 'open'>> = {}): MergeQuote => ({
  open,
  close: typeof open === 'string' ? open : '',
  multiline: false,
  escapes: true,
  ...options,
});

interface MergeForms {
  readonly line?: readonly Opener[];
  readonly block?: readonly (readonly [open: Opener, close: string])[];
  readonly nests?: boolean;
  readonly quotes?: readonly MergeQuote[];
  readonly here?: readonly HereDocument[];
  /** What comments begin with, where a pattern opens them. */
  readonly signs?: string;
}

export function mergeLexicon({
  line = [],
  block = [],
  nests = false,
  quotes = [],
  here = [],
  signs = '',
}: MergeForms): MergeLexicon {
  const firsts = [...line, ...block.map(([open]) => open)].flatMap((open) =>
    typeof open === 'string' ? open[0]! : [],
  );
  return {
    signs: new Set([...firsts, ...signs].map((sign) => sign.charCodeAt(0))),
    lineComments: line,
    blockComments: block.map(([open, close]) => ({ open, close, nests })),
    quotes,
    hereDocuments: here,
  };
}
