import { lexicon, stringForm } from '../forms/lexicon.js';
import * as merge from '../forms/mergeForms.js';
import { mergeLexicon, mergeQuote } from '../forms/mergeLexicon.js';
import { HOLE, slashComments, types } from '../forms/nodeTypes.js';
import { dollarBrace, double, regexes, single, slashes } from '../forms/stringForms.js';
import type { Language, NameNodes, Program } from '../types.js';

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

/** What TypeScript has too. */
export const names: NameNodes = {
  definitions: `
    (function_declaration name: (identifier) @function parameters: (_) @parameters) @outer
    (generator_function_declaration name: (identifier) @function parameters: (_) @parameters) @outer
    (variable_declarator name: (identifier) @variable)
    (variable_declarator name: (identifier) @function
      value: [(arrow_function parameters: (_) @parameters) (function_expression parameters: (_) @parameters)]) @outer
    (method_definition name: (property_identifier) @member parameters: (_) @parameters) @outer
    (import_specifier name: (identifier) @import !alias)
    (import_specifier alias: (identifier) @import)
    (import_clause (identifier) @import)
    (namespace_import (identifier) @import)
    (shorthand_property_identifier_pattern) @variable
    (array_pattern (identifier) @variable)
    (pair_pattern value: (identifier) @variable)
    (for_in_statement left: (identifier) @variable)
    (catch_clause parameter: (identifier) @parameter)
    (arrow_function parameter: (identifier) @parameter)
    (rest_pattern (identifier) @parameter)`,
  calls: `
    (call_expression function: (identifier) @callee arguments: (arguments) @arguments)
    (call_expression
      function: (member_expression object: (_) @receiver property: (property_identifier) @callee)
      arguments: (arguments) @arguments)`,
  scopes: types(
    'statement_block class_body function_declaration generator_function_declaration function_expression arrow_function method_definition for_statement for_in_statement catch_clause switch_body',
  ),
  typeScopes: types('class_body'),
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
  names: {
    ...names,
    definitions: `${names.definitions}
      (class_declaration name: (identifier) @type) @outer
      (field_definition property: (property_identifier) @member)
      (formal_parameters (identifier) @parameter)
      (formal_parameters (assignment_pattern left: (identifier) @parameter))`,
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
