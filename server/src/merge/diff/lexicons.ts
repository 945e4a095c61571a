// What comments and strings look like in each language, as far as cutting a text into tokens needs it. A language that
// has no row is cut into words, signs and white space alone.

export interface Lexicon {
  /** Char codes with which a comment may begin. */
  readonly signs: ReadonlySet<number>;
  readonly lineComments: readonly Opener[];
  readonly blockComments: readonly BlockComment[];
  /** The longest first. */
  readonly quotes: readonly Quote[];
  readonly hereDocuments: readonly HereDocument[];
}

/** A text, or a sticky pattern where what stands around it matters too. */
type Opener = string | RegExp;

interface BlockComment {
  readonly open: Opener;
  readonly close: string;
  readonly nests: boolean;
}

export interface Quote {
  readonly open: Opener;
  /** `$` stands for what the opener's pattern captures as `end`. */
  readonly close: string;
  readonly multiline: boolean;
  readonly escapes: boolean;
}

/** A string that begins on the next line; the opener captures its `name`. */
interface HereDocument {
  readonly open: RegExp;
  /** Finds the line that ends it. */
  readonly endOf: (name: string) => RegExp;
}

const quote = (open: Opener, options: Partial<Omit<Quote, 'open'>> = {}): Quote => ({
  open,
  close: typeof open === 'string' ? open : '',
  multiline: false,
  escapes: true,
  ...options,
});

interface Row {
  readonly line?: readonly Opener[];
  readonly block?: readonly (readonly [open: Opener, close: string])[];
  readonly nests?: boolean;
  readonly quotes?: readonly Quote[];
  readonly here?: readonly HereDocument[];
  /** What comments begin with, where a pattern opens them. */
  readonly signs?: string;
}

function lexicon({ line = [], block = [], nests = false, quotes = [], here = [], signs = '' }: Row): Lexicon {
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

const raw = { escapes: false };
const long = { multiline: true };
const longRaw = { multiline: true, escapes: false };

const double = quote('"');
const single = quote("'");
const tripleDouble = quote('"""', long);
const tripleSingle = quote("'''", long);
/** One sign in quotes; else the quote is a lifetime, a label or parts the digits of a number. */
const character = quote(/(?<![\dA-Fa-f])'(?=\\[^\n']{1,10}'|\\''|[^\\\n']{1,4}')/y, { close: "'" });
const oneSign = quote(/b?'(?=\\[^\n']{1,10}'|\\''|[^\\\n']{1,2}')/y, { close: "'" });

const slashes = { line: ['//'], block: [['/*', '*/']] } as const;
const hash = { line: ['#'] } as const;
/** Where a hash inside a word is no comment. */
const spacedHash = { line: [/(?<![^\s;(])#/y], signs: '#' } as const;
const htmlComment = { block: [['<!--', '-->']] } as const;

const script = lexicon({ ...slashes, quotes: [double, single, quote('`', long)] });
const c = lexicon({ ...slashes, quotes: [double, character] });
const cpp = lexicon({
  ...slashes,
  quotes: [
    quote(/(?:u8|[uUL])?R"(?<end>[^\s()\\"]{0,16})\(/y, { close: ')$"', ...longRaw }),
    quote(/(?:u8|[uUL])?"/y, { close: '"' }),
    character,
  ],
});
const shellHere: HereDocument = {
  open: /(?<!<)<<-?[ \t]*(["']?)\\?(?<name>[A-Za-z_]\w*)\1/y,
  endOf: (name) => new RegExp(`^[ \\t]*${name}[ \\t]*$`, 'gm'),
};
const groovy = lexicon({ ...slashes, quotes: [tripleDouble, tripleSingle, double, single] });
const css = lexicon({ block: [['/*', '*/']], quotes: [double, single] });
const scss = lexicon({ line: [/(?<!:)\/\//y], block: [['/*', '*/']], signs: '/', quotes: [double, single] });
/** Only a value of an attribute is a string: elsewhere a quote is text. */
const markup = lexicon({
  ...htmlComment,
  quotes: [quote(/(?<==\s{0,4})"/y, { close: '"', ...longRaw }), quote(/(?<==\s{0,4})'/y, { close: "'", ...longRaw })],
});
const json = lexicon({ ...slashes, quotes: [double] });
// Inside a word a quote is text.
const yaml = lexicon({
  line: [/(?<!\S)#/y],
  signs: '#',
  quotes: [
    quote(/(?<=[\s:,[{(=-]|^)"/my, { close: '"', ...long }),
    quote(/(?<=[\s:,[{(=-]|^)'/my, { close: "'", ...longRaw }),
  ],
});
const ini = lexicon({ line: [/(?<=^[ \t]*)[#;!]/my], signs: '#;!' });
const ruby = lexicon({
  line: [/#(?!\{)/y],
  block: [[/(?<=^)=begin\b/my, '\n=end']],
  signs: '#=',
  quotes: [double, single, quote('`')],
  here: [
    {
      open: /<<[-~]?(["'`]?)(?<name>[A-Z_]\w*)\1/y,
      endOf: (name) => new RegExp(`^[ \\t]*${name}[ \\t]*$`, 'gm'),
    },
  ],
});
const dart = lexicon({
  ...slashes,
  nests: true,
  quotes: [
    quote('r"', { close: '"', ...raw }),
    quote("r'", { close: "'", ...raw }),
    tripleDouble,
    tripleSingle,
    double,
    single,
  ],
});

const lexicons: Readonly<Record<string, Lexicon>> = {
  typescript: script,
  typescriptreact: script,
  javascript: script,
  javascriptreact: script,
  python: lexicon({ ...hash, quotes: [tripleDouble, tripleSingle, double, single] }),
  java: lexicon({ ...slashes, quotes: [tripleDouble, double, single] }),
  csharp: lexicon({
    ...slashes,
    quotes: [quote('"""', longRaw), quote('@"', { close: '"', ...longRaw }), double, single],
  }),
  go: lexicon({ ...slashes, quotes: [quote('`', longRaw), double, single] }),
  rust: lexicon({
    ...slashes,
    nests: true,
    quotes: [
      quote(/[bc]?r(?<end>#*)"/y, { close: '"$', ...longRaw }),
      quote(/[bc]?"/y, { close: '"', ...long }),
      oneSign,
    ],
  }),
  c,
  'objective-c': c,
  cpp,
  'objective-cpp': cpp,
  'cuda-cpp': cpp,
  php: lexicon({
    line: ['//', /#(?!\[)/y],
    block: [
      ['/*', '*/'],
      ['<!--', '-->'],
    ],
    signs: '#',
    quotes: [double, single],
    here: [
      {
        open: /<<<[ \t]*(["']?)(?<name>[A-Za-z_]\w*)\1/y,
        endOf: (name) => new RegExp(`^[ \\t]*${name}\\b`, 'gm'),
      },
    ],
  }),
  ruby,
  crystal: ruby,
  kotlin: lexicon({ ...slashes, nests: true, quotes: [quote('"""', longRaw), double, character] }),
  swift: lexicon({
    ...slashes,
    nests: true,
    quotes: [quote(/(?<end>#+)"/y, { close: '"$', ...raw }), tripleDouble, double],
  }),
  scala: lexicon({ ...slashes, nests: true, quotes: [quote('"""', longRaw), double, character] }),
  dart,
  lua: lexicon({
    line: [/--(?!\[=*\[)/y],
    block: [['--[[', ']]']],
    signs: '-',
    quotes: [quote(/\[(?<end>=*)\[/y, { close: ']$]', ...longRaw }), double, single],
  }),
  groovy,
  gradle: groovy,
  shellscript: lexicon({
    ...spacedHash,
    quotes: [quote('"', long), quote("'", longRaw)],
    here: [shellHere],
  }),
  sql: lexicon({
    line: ['--'],
    block: [['/*', '*/']],
    quotes: [quote("'", longRaw), quote('"', raw), quote('`', raw)],
  }),
  json,
  jsonc: json,
  yaml,
  dockercompose: yaml,
  toml: lexicon({ ...hash, quotes: [tripleDouble, quote("'''", longRaw), double, quote("'", raw)] }),
  css,
  scss,
  less: scss,
  html: markup,
  xml: markup,
  xsl: markup,
  svg: markup,
  markdown: lexicon(htmlComment),
  ini,
  properties: ini,
  dotenv: lexicon({ line: [/(?<=^[ \t]*)#/my], signs: '#', quotes: [double, quote("'", raw)] }),
  ignore: lexicon({ line: [/(?<=^[ \t]*)#/my], signs: '#' }),
  dockerfile: lexicon({
    line: [/(?<=^[ \t]*)#/my],
    signs: '#',
    quotes: [double, quote(/(?<!\w)'/y, { close: "'", ...raw })],
    here: [shellHere],
  }),
  makefile: lexicon({ line: [/(?<!\\)#/y], signs: '#', quotes: [double] }),
  cmake: lexicon({
    line: [/#(?!\[=*\[)/y],
    block: [['#[[', ']]']],
    signs: '#',
    quotes: [quote(/\[(?<end>=*)\[/y, { close: ']$]', ...longRaw }), quote('"', long)],
  }),
};

const plain = lexicon({});

/** The lexicon of a language by VS Code's identifier. */
export function lexiconOf(languageId: string): Lexicon {
  return Object.hasOwn(lexicons, languageId) ? lexicons[languageId]! : plain;
}
