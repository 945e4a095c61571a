// The string forms of each language, by VS Code's identifier. Longer openers come before shorter ones.

import { lexicon, stringForm, type Lexicon, type StringForm } from './lexicon.js';
import { markupLexicons } from './markup.js';

const double = stringForm('"', '"');
const single = stringForm("'", "'");
const rawDouble = stringForm('"', '"', { escape: undefined });
const rawSingle = stringForm("'", "'", { escape: undefined });
const longDouble = stringForm('"', '"', { severalLines: true });
const longSingle = stringForm("'", "'", { severalLines: true });
const doubledDouble = stringForm('"', '"', { escape: undefined, doubles: true });
const doubledSingle = stringForm("'", "'", { escape: undefined, doubles: true });
const tripleDouble = stringForm('"""', '"""', { severalLines: true });
const rawTripleDouble = stringForm('"""', '"""', { severalLines: true, escape: undefined });
const rawBacktick = stringForm('`', '`', { severalLines: true, escape: undefined });
/** One sign in quotes; else the quote is a lifetime, an attribute, a type variable or a prime. */
const character = stringForm(/(?<![\w'")\]])'(?=\\[^\n']{0,10}'|\\''|[^'\\\n]{1,2}'|'(?!'))/, "'");

const slashes = { line: ['//'], block: [['/*', '*/']] } as const;
const hash = [/#/] as const;
/** Where a hash inside a word is no comment. */
const spacedHash = [/(?<![^\s;(])#/] as const;

const dollarBrace = [['${', '}']] as const;
const hashBrace = [['#{', '}']] as const;
const brace = [['{', '}', 'doubled']] as const;
const shellCodes = [
  ['${', '}'],
  ['$(', ')'],
] as const;

/** What a regular expression holds up to its last slash; a slash in square brackets does not end it. */
const regexBody = String.raw`(?=(?:[^\n\\/[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/)`;

/**
 * A slash begins a regular expression where no operand stands in front of it: behind most operators and these words. At
 * the beginning of a line, or behind a sign that may belong to an operand, another slash must end it in the same line.
 */
function regexes(words: string, codes: readonly (readonly [string, string])[] = []): readonly StringForm[] {
  const options = { hasClasses: true, codes };
  const slash = String.raw`\/(?![/*>\s])`;
  const sure = String.raw`(?<=(?:[=(,:[&|?{;~]|(?<![\w)\]])!|(?<![\w$])(?:${words}))[ \t]*)`;
  const unsure = String.raw`(?<=(?:^|[+\n]|=>)[ \t]*)`;
  return [
    stringForm(new RegExp(sure + slash, 'm'), '/', options),
    stringForm(new RegExp(unsure + slash + regexBody, 'm'), '/', options),
  ];
}

const javascript = lexicon({
  ...slashes,
  strings: [
    stringForm('`', '`', { severalLines: true, codes: dollarBrace }),
    double,
    single,
    ...regexes('return|case|typeof|yield|await'),
  ],
  generics: true,
});

const pythonStrings: readonly StringForm[] = ['"""', "'''", '"', "'"].flatMap((quote) => {
  const options = { severalLines: quote.length === 3, nests: false };
  return [
    stringForm(new RegExp(`(?<!\\w)(?:[ft]r?|r[ft])${quote}`, 'i'), quote, { ...options, codes: brace }),
    stringForm(new RegExp(`(?:(?<!\\w)(?:[bu]?r|rb|[bu]))?${quote}`, 'i'), quote, options),
  ];
});
const python = lexicon({ line: hash, strings: pythonStrings });

const cStrings = [
  stringForm(/(?:u8|[uUL])?R"(?<end>[^\s()\\"]{0,16})\(/, ')$"', { escape: undefined, severalLines: true }),
  double,
];
const c = lexicon({ ...slashes, strings: [double, character] });
// A quote between digits parts thousands.
const cpp = lexicon({ ...slashes, strings: [...cStrings, character], generics: true });
const java = lexicon({ ...slashes, strings: [tripleDouble, double, character], generics: true });

const csharp = lexicon({
  ...slashes,
  strings: [
    stringForm(/\$+(?<end>"{3,})/, '$', { escape: undefined, severalLines: true, codes: [['{', '}']] }),
    stringForm(/(?<end>"{3,})/, '$', { escape: undefined, severalLines: true }),
    stringForm(/(?:\$@|@\$)"/, '"', { escape: undefined, doubles: true, severalLines: true, codes: brace }),
    stringForm(/@"/, '"', { escape: undefined, doubles: true, severalLines: true }),
    stringForm(/\$"/, '"', { codes: brace }),
    double,
    character,
  ],
  generics: true,
});

const go = lexicon({ ...slashes, strings: [rawBacktick, double, character] });

const rust = lexicon({
  ...slashes,
  nestsComments: true,
  strings: [
    stringForm(/(?<!\w)[bc]?r(?<end>#*)"/, '"$', { escape: undefined, severalLines: true }),
    longDouble,
    stringForm(/(?<![\w'")\]])b?'(?=\\[^\n']{0,10}'|\\''|[^'\\\n]{1,2}'|'(?!'))/, "'"),
  ],
  generics: true,
});

const swift = lexicon({
  ...slashes,
  nestsComments: true,
  strings: [
    stringForm(/(?<end>#+)"""/, '"""$', { escape: undefined, severalLines: true, codes: [['\\#(', ')']] }),
    stringForm(/(?<end>#+)"/, '"$', { escape: undefined, codes: [['\\#(', ')']] }),
    stringForm('"""', '"""', { severalLines: true, codes: [['\\(', ')']] }),
    stringForm('"', '"', { codes: [['\\(', ')']] }),
  ],
  generics: true,
});

const kotlin = lexicon({
  ...slashes,
  nestsComments: true,
  strings: [
    stringForm('"""', '"""', { severalLines: true, escape: undefined, codes: dollarBrace }),
    stringForm('"', '"', { codes: dollarBrace }),
    character,
  ],
  generics: true,
});

const scala = lexicon({
  ...slashes,
  nestsComments: true,
  strings: [
    stringForm(/(?<!\w)\w+"""/, '"""', { severalLines: true, escape: undefined, codes: dollarBrace }),
    stringForm(/(?<!\w)[a-zA-Z]\w*"/, '"', { codes: dollarBrace }),
    rawTripleDouble,
    double,
    character,
  ],
});

const dart = lexicon({
  ...slashes,
  nestsComments: true,
  strings: ["'''", '"""', "'", '"'].flatMap((quote) => [
    stringForm(new RegExp(`(?<!\\w)r${quote}`), quote, { escape: undefined, severalLines: quote.length === 3 }),
    stringForm(quote, quote, { codes: dollarBrace, severalLines: quote.length === 3 }),
  ]),
  generics: true,
});

const groovy = lexicon({
  ...slashes,
  strings: [
    stringForm('"""', '"""', { severalLines: true, codes: dollarBrace }),
    stringForm("'''", "'''", { severalLines: true }),
    stringForm('$/', '/$', { severalLines: true, escape: '$', codes: dollarBrace }),
    stringForm('"', '"', { codes: dollarBrace }),
    single,
    ...regexes('return|case'),
  ],
  generics: true,
});

const hereDocument = (open: RegExp, codes: readonly (readonly [string, string])[]): StringForm =>
  stringForm(open, '$', { isHereDocument: true, severalLines: true, escape: undefined, codes });

const rubyRegexes = regexes('return|if|unless|when|and|or|not|while|until|split|match|scan', hashBrace);
const ruby = lexicon({
  line: [/(?<![\w$?'"`])#(?!\{)/],
  strings: [
    hereDocument(/<<[-~]?'(?<end>[A-Z_]\w*)'/, []),
    hereDocument(/<<[-~]?"?(?<end>[A-Z_]\w*)"?/, hashBrace),
    stringForm(/%[qwi]\(/, ')', { severalLines: true }),
    stringForm(/%[qwi]\[/, ']', { severalLines: true }),
    stringForm(/%[qwi]\{/, '}', { severalLines: true }),
    stringForm(/%[QWIrx]?\{/, '}', { severalLines: true, codes: hashBrace }),
    stringForm(/%[QWIrx]\(/, ')', { severalLines: true, codes: hashBrace }),
    stringForm(/%[QWIrx]\[/, ']', { severalLines: true, codes: hashBrace }),
    stringForm('"', '"', { severalLines: true, codes: hashBrace }),
    longSingle,
    stringForm('`', '`', { codes: hashBrace }),
    ...rubyRegexes,
  ],
  plain: [/\$['"`]/, /(?<![\w)\]])\?['"`()[\]{}](?=[\s,)\].;]|$)/m],
});

const perl = lexicon({
  line: [/(?<![\w$])#/],
  strings: [
    hereDocument(/<<~?'(?<end>[A-Z_]\w*)'/, []),
    hereDocument(/<<~?"?(?<end>[A-Z_]\w*)"?/, []),
    stringForm(/(?<![\w$@%&])q[qwrx]?\(/, ')', { severalLines: true }),
    stringForm(/(?<![\w$@%&])q[qwrx]?\[/, ']', { severalLines: true }),
    stringForm(/(?<![\w$@%&])q[qwrx]?\{/, '}', { severalLines: true }),
    stringForm('"', '"', {
      severalLines: true,
      codes: [
        ['@{[', ']}'],
        ['${', '}'],
      ],
    }),
    stringForm(/(?<![\w$&])'/, "'", { severalLines: true }),
    stringForm('`', '`'),
    ...regexes('return|if|unless|and|or|not|while|until|split|grep|m|qr'),
  ],
});

const shell = lexicon({
  line: spacedHash,
  strings: [
    hereDocument(/(?<!<)<<-?[ \t]*(?:'(?<end>\w+)'|\\(?<end2>\w+))/, []),
    hereDocument(/(?<!<)<<-?[ \t]*"?(?<end>[A-Za-z_]\w*)"?/, shellCodes),
    stringForm(/\$'/, "'", { severalLines: true }),
    stringForm(/\$?"/, '"', { severalLines: true, codes: [...shellCodes, ['`', '`']] }),
    stringForm("'", "'", { escape: undefined, severalLines: true }),
  ],
  plain: [/\\[^\n]/, /\$#/, /\$\{#/, /(?<=(?:^|;;|\bin)[ \t]*[\w*."'|?-]+)\)/m],
});

const powershell = lexicon({
  line: [/(?<!`)#/],
  block: [['<#', '#>']],
  strings: [
    stringForm(/@"(?=\r?\n|$)/, '"@', { severalLines: true, escape: '`', codes: [['$(', ')']] }),
    stringForm(/@'(?=\r?\n|$)/, "'@", { severalLines: true, escape: undefined }),
    stringForm('"', '"', {
      escape: '`',
      doubles: true,
      severalLines: true,
      codes: [
        ['$(', ')'],
        ['${', '}'],
      ],
    }),
    stringForm("'", "'", { escape: undefined, doubles: true, severalLines: true }),
  ],
  plain: [/`[^\n]/],
});

const lisp = lexicon({
  line: [/;/],
  block: [['#|', '|#']],
  strings: [longDouble],
  plain: [/#?\\[()[\]{}"';\\](?!\w)/],
});
const clojure = lexicon({ line: [/;/], strings: [longDouble], plain: [/\\[()[\]{}"';\\](?!\w)/] });

const haskell = lexicon({
  line: [/--(?![!#$%&*+./<=>?@\\^|~:-])/],
  block: [['{-', '-}']],
  nestsComments: true,
  strings: [double, character],
});
const ocaml = lexicon({
  block: [['(*', '*)']],
  nestsComments: true,
  strings: [stringForm(/\{(?<end>[a-z_]*)\|/, '|$}', { escape: undefined, severalLines: true }), longDouble, character],
});
const fsharp = lexicon({
  line: ['//'],
  block: [['(*', '*)']],
  strings: [
    stringForm(/\$+"""/, '"""', { escape: undefined, severalLines: true, codes: [['{', '}']] }),
    rawTripleDouble,
    stringForm(/(?:\$@|@\$)"/, '"', { escape: undefined, doubles: true, severalLines: true, codes: brace }),
    stringForm(/@"/, '"', { escape: undefined, doubles: true, severalLines: true }),
    stringForm(/\$"/, '"', { codes: brace }),
    longDouble,
    character,
  ],
});
const elm = lexicon({
  line: ['--'],
  block: [['{-', '-}']],
  nestsComments: true,
  strings: [tripleDouble, double, character],
});

const elixir = lexicon({
  line: [/(?<![\w?])#(?!\{)/],
  strings: [
    stringForm('"""', '"""', { severalLines: true, codes: hashBrace }),
    stringForm("'''", "'''", { severalLines: true, codes: hashBrace }),
    stringForm(/~[a-z]"""/, '"""', { severalLines: true, codes: hashBrace }),
    stringForm(/~[a-z]\(/, ')', { codes: hashBrace }),
    stringForm(/~[a-z]\[/, ']', { codes: hashBrace }),
    stringForm(/~[a-z]\{/, '}', { codes: hashBrace }),
    stringForm(/~[a-z]"/, '"', { codes: hashBrace }),
    stringForm(/~[a-z]\//, '/', { codes: hashBrace }),
    stringForm('"', '"', { severalLines: true, codes: hashBrace }),
    stringForm(/(?<!\w)'/, "'", { codes: hashBrace }),
  ],
  plain: [/\?\\?["'()[\]{}#]/],
});
const erlang = lexicon({ line: ['%'], strings: [longDouble, single], plain: [/\$\\?["'()[\]{}%]/] });

const julia = lexicon({
  line: [/#(?!=)/],
  block: [['#=', '=#']],
  nestsComments: true,
  strings: [
    stringForm(/(?<!\w)raw"/, '"', { escape: undefined }),
    stringForm('"""', '"""', { severalLines: true, codes: [['$(', ')']] }),
    stringForm('"', '"', { codes: [['$(', ')']] }),
    character,
    stringForm('`', '`', { codes: [['$(', ')']] }),
  ],
});
const r = lexicon({
  line: hash,
  strings: [
    stringForm(/(?<!\w)[rR]"(?<end>-*)\(/, ')$"', { escape: undefined, severalLines: true }),
    longDouble,
    longSingle,
  ],
});
const lua = lexicon({
  line: [/--(?!\[=*\[)/],
  block: [['--[[', ']]']],
  strings: [stringForm(/\[(?<end>=*)\[/, ']$]', { escape: undefined, severalLines: true }), double, single],
});

/** A quote behind a name, a closer or a dot transposes. */
const matlab = lexicon({
  line: [/%(?!\{)/, /(?<=^|\s)#/m],
  block: [['%{', '%}']],
  strings: [doubledDouble, stringForm(/(?<![\w)\]}.'])'/, "'", { escape: undefined, doubles: true })],
});
const ada = lexicon({
  line: ['--'],
  strings: [doubledDouble, stringForm(/(?<![\w)])'(?=[^\n]'|')/, "'", { escape: undefined })],
});
const pascal = lexicon({
  line: ['//'],
  block: [
    ['{', '}'],
    ['(*', '*)'],
  ],
  strings: [doubledSingle],
});
const fortran = lexicon({ line: [/!/], strings: [doubledDouble, doubledSingle] });
const visualBasic = lexicon({
  line: [/'/, /(?<=^|\s)REM\b/im],
  strings: [stringForm(/\$"/, '"', { escape: undefined, doubles: true, codes: brace }), doubledDouble],
});
const batch = lexicon({ line: [/(?<=^\s*)(?:::|rem\b)/im], strings: [rawDouble] });

const sql = lexicon({
  line: ['--', /(?<=^|\s)#/m],
  block: [['/*', '*/']],
  strings: [
    stringForm(/\$(?<end>\w*)\$/, '$$$', { escape: undefined, severalLines: true }),
    stringForm("'", "'", { escape: undefined, doubles: true, severalLines: true }),
    doubledDouble,
    stringForm('`', '`', { escape: undefined }),
  ],
});

const css = lexicon({ block: [['/*', '*/']], strings: [double, single] });
const scss = lexicon({
  line: [/(?<!:)\/\//],
  block: [['/*', '*/']],
  strings: [stringForm('"', '"', { codes: hashBrace }), stringForm("'", "'", { codes: hashBrace })],
});

const json = lexicon({ ...slashes, strings: [double] });
// Behind a word a quote is text, but hardly one that a model means.
const yaml = lexicon({
  pairsQuotes: true,
  line: [/(?<!\S)#/],
  strings: [
    stringForm(/(?<=[\s:,[{(=|"'\])}-]|^)"/m, '"', { codes: [['${{', '}}']] }),
    stringForm(/(?<=[\s:,[{(=|-]|^)'/m, "'", { escape: undefined, doubles: true, codes: [['${{', '}}']] }),
  ],
});
const toml = lexicon({
  line: hash,
  strings: [tripleDouble, stringForm("'''", "'''", { escape: undefined, severalLines: true }), double, rawSingle],
});
const ini = lexicon({
  line: [/(?<=^\s*)[#;]/m],
  strings: [double, stringForm(/(?<=[\s=:,(]|^)'/m, "'", { escape: undefined })],
});
const terraform = lexicon({
  line: ['#', '//'],
  block: [['/*', '*/']],
  strings: [
    hereDocument(/<<-?(?<end>\w+)/, dollarBrace),
    stringForm('"', '"', {
      codes: [
        ['${', '}'],
        ['%{', '}'],
      ],
    }),
  ],
});
const nix = lexicon({
  line: hash,
  block: [['/*', '*/']],
  strings: [
    stringForm(/''/, "''", { severalLines: true, escape: undefined, codes: dollarBrace }),
    stringForm('"', '"', { severalLines: true, codes: dollarBrace }),
  ],
});
const makefile = lexicon({ line: [/(?<!\\)#/], strings: [double, stringForm(/(?<!\w)'/, "'", { escape: undefined })] });
const dockerfile = lexicon({
  line: [/(?<=^\s*)#/m],
  strings: [stringForm('"', '"', { codes: shellCodes }), rawSingle],
});
const graphql = lexicon({ line: hash, strings: [tripleDouble, double] });

const php = lexicon({
  base: 'text',
  islands: [
    ['<?php', '?>'],
    ['<?=', '?>'],
    ['<?', '?>'],
  ],
  line: ['//', /#(?!\[)/],
  block: [
    ['/*', '*/'],
    ['<!--', '-->'],
  ],
  strings: [
    hereDocument(/<<<[ \t]*'(?<end>\w+)'/, []),
    hereDocument(/<<<[ \t]*"?(?<end>\w+)"?/, [['{$', '}']]),
    stringForm('"', '"', {
      severalLines: true,
      codes: [
        ['{$', '}'],
        ['${', '}'],
      ],
    }),
    longSingle,
    stringForm('`', '`'),
  ],
});

const zig = lexicon({ line: ['//'], strings: [double, character] });
const nim = lexicon({
  line: [/#(?!\[)/],
  block: [['#[', ']#']],
  strings: [
    stringForm(/(?:&|\bfmt)"""/, '"""', { severalLines: true, escape: undefined, codes: brace }),
    rawTripleDouble,
    stringForm(/(?:&|\bfmt)"/, '"', { codes: brace }),
    stringForm(/(?<!\w)r"/, '"', { escape: undefined, doubles: true }),
    double,
    character,
  ],
});
const verilog = lexicon({ ...slashes, strings: [double] });
const vhdl = lexicon({
  line: ['--'],
  strings: [doubledDouble, stringForm(/(?<![\w)])'(?=[^\n]'|')/, "'", { escape: undefined })],
});
const coffeescript = lexicon({
  line: [/#(?!##|\{)/],
  block: [['###', '###']],
  strings: [
    stringForm('"""', '"""', { severalLines: true, codes: hashBrace }),
    stringForm("'''", "'''", { severalLines: true }),
    stringForm('"', '"', { severalLines: true, codes: hashBrace }),
    longSingle,
    stringForm('`', '`'),
  ],
});
const prolog = lexicon({ line: ['%'], block: [['/*', '*/']], strings: [double, single], plain: [/0'./] });
const tcl = lexicon({
  line: [/(?<=(?:^|;)\s*)#/m],
  strings: [stringForm('"', '"', { severalLines: true, codes: [['[', ']']] })],
});
const d = lexicon({
  ...slashes,
  strings: [
    rawBacktick,
    stringForm(/(?<!\w)r"/, '"', { escape: undefined, severalLines: true }),
    longDouble,
    character,
  ],
});

/** A language without a row: the strings that most have, and no comments. */
const unknown = lexicon({ strings: [tripleDouble, double, stringForm(/(?<!\w)'/, "'"), stringForm('`', '`')] });

const lexicons: Readonly<Record<string, Lexicon>> = {
  ...markupLexicons,
  javascript,
  javascriptreact: javascript,
  typescript: javascript,
  typescriptreact: javascript,
  python,
  starlark: python,
  c,
  'objective-c': c,
  glsl: c,
  hlsl: c,
  cpp,
  'cuda-cpp': cpp,
  'objective-cpp': cpp,
  java,
  csharp,
  go,
  rust,
  swift,
  kotlin,
  scala,
  dart,
  groovy,
  gradle: groovy,
  php,
  ruby,
  crystal: ruby,
  perl,
  perl6: perl,
  shellscript: shell,
  fish: shell,
  powershell,
  lisp,
  scheme: lisp,
  racket: lisp,
  elisp: lisp,
  'emacs-lisp': lisp,
  clojure,
  haskell,
  purescript: haskell,
  ocaml,
  fsharp,
  elm,
  elixir,
  erlang,
  julia,
  r,
  lua,
  matlab,
  octave: matlab,
  ada,
  pascal,
  objectpascal: pascal,
  fortran,
  'fortran-modern': fortran,
  FortranFreeForm: fortran,
  vb: visualBasic,
  bat: batch,
  sql,
  plsql: sql,
  css,
  scss,
  less: scss,
  sass: scss,
  json,
  jsonc: json,
  json5: javascript,
  yaml,
  dockercompose: yaml,
  'github-actions-workflow': yaml,
  toml,
  ini,
  properties: ini,
  dotenv: ini,
  terraform,
  hcl: terraform,
  nix,
  makefile,
  dockerfile,
  graphql,
  proto3: json,
  proto: json,
  solidity: javascript,
  zig,
  nim,
  verilog,
  systemverilog: verilog,
  vhdl,
  coffeescript,
  prolog,
  tcl,
  d,
};

/** How a language writes strings and comments, by VS Code's identifier; a language without a row gets what most have. */
export function lexiconOf(languageId: string): Lexicon {
  return Object.hasOwn(lexicons, languageId) ? lexicons[languageId]! : unknown;
}

/** VS Code's identifiers of the languages that have a row. */
export const knownLexicons: readonly string[] = Object.keys(lexicons);
