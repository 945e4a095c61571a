// Languages of scripts and of mathematics that have no tree here.

import { lexicon, stringForm } from '../forms/lexicon.js';
import * as merge from '../forms/mergeForms.js';
import { mergeLexicon, mergeQuote } from '../forms/mergeLexicon.js';
import {
  character,
  doubledDouble,
  hash,
  hashBrace,
  hereDocument,
  longDouble,
  longSingle,
  rawDouble,
  regexes,
  shellCodes,
  spacedHash,
} from '../forms/stringForms.js';
import type { Language } from '../types.js';

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

/** A quote behind a name, a closer or a dot transposes. */
const matlab = lexicon({
  line: [/%(?!\{)/, /(?<=^|\s)#/m],
  block: [['%{', '%}']],
  strings: [doubledDouble, stringForm(/(?<![\w)\]}.'])'/, "'", { escape: undefined, doubles: true })],
});
const batch = lexicon({ line: [/(?<=^\s*)(?:::|rem\b)/im], strings: [rawDouble] });
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
const tcl = lexicon({
  line: [/(?<=(?:^|;)\s*)#/m],
  strings: [stringForm('"', '"', { severalLines: true, codes: [['[', ']']] })],
});

export const scripts: readonly Language[] = [
  { id: 'perl', extensions: ['.pl', '.pm'], lexicon: perl },
  { id: 'perl6', lexicon: perl },
  {
    id: 'shellscript',
    extensions: ['.sh', '.bash', '.zsh'],
    fileNames: ['.bashrc', '.profile'],
    otherNames: ['sh', 'bash', 'zsh', 'shell-script'],
    lexicon: shell,
    mergeLexicon: mergeLexicon({
      ...merge.spacedHash,
      quotes: [mergeQuote('"', merge.long), mergeQuote("'", merge.longRaw)],
      here: [merge.shellHere],
    }),
    grammar: { package: 'tree-sitter-bash', file: 'tree-sitter-bash.wasm' },
    conflicts: { scope: 'source.shell', isCode: true },
  },
  { id: 'fish', lexicon: shell },
  { id: 'powershell', extensions: ['.ps1'], otherNames: ['ps1'], lexicon: powershell },
  { id: 'julia', extensions: ['.jl'], lexicon: julia },
  { id: 'r', extensions: ['.r'], lexicon: r },
  { id: 'matlab', extensions: ['.m'], lexicon: matlab },
  { id: 'octave', lexicon: matlab },
  { id: 'bat', extensions: ['.bat', '.cmd'], otherNames: ['dosbatch'], lexicon: batch },
  { id: 'coffeescript', extensions: ['.coffee'], lexicon: coffeescript },
  { id: 'tcl', extensions: ['.tcl'], lexicon: tcl },
];
