// Languages in the manner of C that have no tree here.

import { lexicon, stringForm } from '../forms/lexicon.js';
import * as merge from '../forms/mergeForms.js';
import { mergeLexicon, mergeQuote } from '../forms/mergeLexicon.js';
import {
  brace,
  character,
  dollarBrace,
  double,
  longDouble,
  rawBacktick,
  rawTripleDouble,
  regexes,
  single,
  slashes,
} from '../forms/stringForms.js';
import type { Language } from '../types.js';
import { strings as javascript } from '../trees/javascript.js';

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

const groovy = {
  lexicon: lexicon({
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
  }),
  mergeLexicon: mergeLexicon({
    ...merge.slashes,
    quotes: [merge.tripleDouble, merge.tripleSingle, merge.double, merge.single],
  }),
};

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
const d = lexicon({
  ...slashes,
  strings: [
    rawBacktick,
    stringForm(/(?<!\w)r"/, '"', { escape: undefined, severalLines: true }),
    longDouble,
    character,
  ],
});

export const curly: readonly Language[] = [
  {
    id: 'swift',
    extensions: ['.swift'],
    lexicon: swift,
    mergeLexicon: mergeLexicon({
      ...merge.slashes,
      nests: true,
      quotes: [mergeQuote(/(?<end>#+)"/y, { close: '"$', ...merge.raw }), merge.tripleDouble, merge.double],
    }),
    conflicts: { scope: 'source.swift', isCode: true },
  },
  {
    id: 'scala',
    extensions: ['.scala', '.sc'],
    lexicon: scala,
    mergeLexicon: mergeLexicon({
      ...merge.slashes,
      nests: true,
      quotes: [mergeQuote('"""', merge.longRaw), merge.double, merge.character],
    }),
  },
  {
    id: 'dart',
    extensions: ['.dart'],
    lexicon: dart,
    mergeLexicon: mergeLexicon({
      ...merge.slashes,
      nests: true,
      quotes: [
        mergeQuote('r"', { close: '"', ...merge.raw }),
        mergeQuote("r'", { close: "'", ...merge.raw }),
        merge.tripleDouble,
        merge.tripleSingle,
        merge.double,
        merge.single,
      ],
    }),
  },
  {
    id: 'groovy',
    extensions: ['.groovy', '.gradle'],
    fileNames: ['jenkinsfile'],
    ...groovy,
    conflicts: { scope: 'source.groovy', isCode: false },
  },
  { id: 'gradle', ...groovy },
  { id: 'solidity', lexicon: javascript.lexicon },
  { id: 'zig', extensions: ['.zig'], lexicon: zig },
  { id: 'nim', extensions: ['.nim'], lexicon: nim },
  { id: 'verilog', extensions: ['.v'], lexicon: verilog },
  { id: 'systemverilog', extensions: ['.sv'], lexicon: verilog },
  { id: 'd', extensions: ['.d'], lexicon: d },
];
