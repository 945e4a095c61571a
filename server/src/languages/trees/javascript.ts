import { lexicon, stringForm } from '../forms/lexicon.js';
import * as merge from '../forms/mergeForms.js';
import { mergeLexicon, mergeQuote } from '../forms/mergeLexicon.js';
import { HOLE, slashComments, types } from '../forms/nodeTypes.js';
import { dollarBrace, double, regexes, single, slashes } from '../forms/stringForms.js';
import type { Language, Program } from '../types.js';

/** JavaScript's strings, which TypeScript has too. */
export const strings = {
  lexicon: lexicon({
    ...slashes,
    strings: [
      stringForm('`', '`', { severalLines: true, codes: dollarBrace }),
      double,
      single,
      ...regexes('return|case|typeof|yield|await'),
    ],
    generics: true,
  }),
  mergeLexicon: mergeLexicon({ ...merge.slashes, quotes: [merge.double, merge.single, mergeQuote('`', merge.long)] }),
};

export const program: Program = {
  ...slashComments,
  blockStyle: 'braces',
  blocks: types('statement_block class_body switch_body class_static_block'),
  strings: types('string template_string regex jsx_text'),
  comments: types('comment html_comment'),
  declarations: {
    types: types('class_declaration'),
    others: types('function_declaration generator_function_declaration method_definition lexical_declaration'),
    bodies: types('class_body'),
    wrappers: types('export_statement'),
    lists: types(''),
    names: types('identifier property_identifier'),
    namedWithin: types('variable_declarator'),
  },
  placeholders: {
    formal_parameters: `(${HOLE})`,
    comment: `/*${HOLE}*/`,
    decorator: `@${HOLE}`,
    statement_block: '{}',
    class_body: '{}',
  },
};

const grammar = { package: 'tree-sitter-javascript', file: 'tree-sitter-javascript.wasm' };

export const javascript: readonly Language[] = [
  {
    id: 'javascript',
    extensions: ['.js', '.mjs', '.cjs'],
    ownsExtensions: true,
    otherNames: ['js', 'js2', 'js3'],
    ...strings,
    grammar,
    program,
    conflicts: { scope: 'source.js', isCode: true },
  },
  {
    id: 'javascriptreact',
    extensions: ['.jsx'],
    ownsExtensions: true,
    otherNames: ['jsx', 'rjsx', 'js-jsx', 'javascript.jsx'],
    ...strings,
    grammar,
    program,
    conflicts: { scope: 'source.js.jsx', isCode: true },
  },
];
