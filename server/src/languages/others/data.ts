// Data, settings and recipes for building: what has keys and values rather than statements.

import { lexicon, stringForm } from '../forms/lexicon.js';
import * as merge from '../forms/mergeForms.js';
import { mergeLexicon, mergeQuote } from '../forms/mergeLexicon.js';
import {
  dollarBrace,
  double,
  hash,
  hereDocument,
  rawSingle,
  shellCodes,
  slashes,
  tripleDouble,
} from '../forms/stringForms.js';
import { strings as javascript } from '../trees/javascript.js';
import { python } from '../trees/python.js';
import type { Language } from '../types.js';

const json = {
  lexicon: lexicon({ ...slashes, strings: [double] }),
  mergeLexicon: mergeLexicon({ ...merge.slashes, quotes: [merge.double] }),
  grammar: { package: 'tree-sitter-json', file: 'tree-sitter-json.wasm' },
};

const yaml = {
  // Behind a word a quote is text, but hardly one that a model means.
  lexicon: lexicon({
    pairsQuotes: true,
    line: [/(?<!\S)#/],
    strings: [
      stringForm(/(?<=[\s:,[{(=|"'\])}-]|^)"/m, '"', { codes: [['${{', '}}']] }),
      stringForm(/(?<=[\s:,[{(=|-]|^)'/m, "'", { escape: undefined, doubles: true, codes: [['${{', '}}']] }),
    ],
  }),
  // Inside a word a quote is text.
  mergeLexicon: mergeLexicon({
    line: [/(?<!\S)#/y],
    signs: '#',
    quotes: [
      mergeQuote(/(?<=[\s:,[{(=-]|^)"/my, { close: '"', ...merge.long }),
      mergeQuote(/(?<=[\s:,[{(=-]|^)'/my, { close: "'", ...merge.longRaw }),
    ],
  }),
  grammar: { package: '@tree-sitter-grammars/tree-sitter-yaml', file: 'tree-sitter-yaml.wasm' },
};

const ini = {
  lexicon: lexicon({
    line: [/(?<=^\s*)[#;]/m],
    strings: [double, stringForm(/(?<=[\s=:,(]|^)'/m, "'", { escape: undefined })],
  }),
  mergeLexicon: mergeLexicon({ line: [/(?<=^[ \t]*)[#;!]/my], signs: '#;!' }),
};

const hashAtStart = { line: [/(?<=^[ \t]*)#/my], signs: '#' } as const;

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

export const data: readonly Language[] = [
  { id: 'json', extensions: ['.json'], ...json, conflicts: { scope: 'source.json', isCode: true } },
  {
    id: 'jsonc',
    extensions: ['.jsonc', '.json5'],
    fileNames: ['tsconfig.json'],
    ...json,
    conflicts: { scope: 'source.json.comments', isCode: true },
  },
  { id: 'json5', lexicon: javascript.lexicon },
  { id: 'proto', lexicon: json.lexicon },
  { id: 'proto3', lexicon: json.lexicon },
  { id: 'yaml', extensions: ['.yaml', '.yml'], ...yaml, conflicts: { scope: 'source.yaml', isCode: false } },
  { id: 'dockercompose', ...yaml },
  { id: 'github-actions-workflow', lexicon: yaml.lexicon },
  {
    id: 'toml',
    extensions: ['.toml'],
    fileNames: ['cargo.lock', 'poetry.lock'],
    lexicon: lexicon({
      line: hash,
      strings: [tripleDouble, stringForm("'''", "'''", { escape: undefined, severalLines: true }), double, rawSingle],
    }),
    mergeLexicon: mergeLexicon({
      ...merge.hash,
      quotes: [merge.tripleDouble, mergeQuote("'''", merge.longRaw), merge.double, mergeQuote("'", merge.raw)],
    }),
    grammar: { package: '@tree-sitter-grammars/tree-sitter-toml', file: 'tree-sitter-toml.wasm' },
    conflicts: { scope: 'source.toml', isCode: false },
  },
  {
    id: 'ini',
    extensions: ['.ini'],
    otherNames: ['dosini'],
    ...ini,
    conflicts: { scope: 'source.ini', isCode: false },
  },
  {
    id: 'properties',
    extensions: ['.properties', '.cfg', '.conf'],
    fileNames: ['.editorconfig', '.gitattributes', '.gitmodules', '.npmrc'],
    ...ini,
    conflicts: { scope: 'source.properties', isCode: false },
  },
  {
    id: 'dotenv',
    fileNames: ['.env'],
    lexicon: ini.lexicon,
    mergeLexicon: mergeLexicon({ ...hashAtStart, quotes: [merge.double, mergeQuote("'", merge.raw)] }),
  },
  {
    id: 'ignore',
    fileNames: ['.gitignore', '.dockerignore', '.npmignore'],
    mergeLexicon: mergeLexicon(hashAtStart),
  },
  { id: 'terraform', extensions: ['.tf'], lexicon: terraform },
  { id: 'hcl', lexicon: terraform },
  { id: 'nix', extensions: ['.nix'], lexicon: nix },
  {
    id: 'makefile',
    extensions: ['.mk'],
    fileNames: ['makefile', 'gnumakefile'],
    otherNames: ['make'],
    lexicon: lexicon({ line: [/(?<!\\)#/], strings: [double, stringForm(/(?<!\w)'/, "'", { escape: undefined })] }),
    mergeLexicon: mergeLexicon({ line: [/(?<!\\)#/y], signs: '#', quotes: [merge.double] }),
    conflicts: { scope: 'source.makefile', isCode: false },
  },
  {
    id: 'cmake',
    extensions: ['.cmake'],
    fileNames: ['cmakelists.txt'],
    mergeLexicon: mergeLexicon({
      line: [/#(?!\[=*\[)/y],
      block: [['#[[', ']]']],
      signs: '#',
      quotes: [mergeQuote(/\[(?<end>=*)\[/y, { close: ']$]', ...merge.longRaw }), mergeQuote('"', merge.long)],
    }),
  },
  {
    id: 'dockerfile',
    extensions: ['.dockerfile'],
    fileNames: ['dockerfile', 'containerfile'],
    lexicon: lexicon({ line: [/(?<=^\s*)#/m], strings: [stringForm('"', '"', { codes: shellCodes }), rawSingle] }),
    mergeLexicon: mergeLexicon({
      ...hashAtStart,
      quotes: [merge.double, mergeQuote(/(?<!\w)'/y, { close: "'", ...merge.raw })],
      here: [merge.shellHere],
    }),
    conflicts: { scope: 'source.dockerfile', isCode: false },
  },
  { id: 'graphql', extensions: ['.graphql'], lexicon: lexicon({ line: hash, strings: [tripleDouble, double] }) },
  { id: 'starlark', ...(python.lexicon && { lexicon: python.lexicon }) },
];
