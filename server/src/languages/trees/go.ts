import { lexicon } from '../forms/lexicon.js';
import * as merge from '../forms/mergeForms.js';
import { mergeLexicon, mergeQuote } from '../forms/mergeLexicon.js';
import { HOLE, slashComments, types } from '../forms/nodeTypes.js';
import { character, double, rawBacktick, slashes } from '../forms/stringForms.js';
import type { Language, NameNodes } from '../types.js';

const names: NameNodes = {
  definitions: `
    (function_declaration name: (identifier) @function parameters: (parameter_list) @parameters) @outer
    (method_declaration name: (field_identifier) @member parameters: (parameter_list) @parameters) @outer
    (type_spec name: (type_identifier) @type)
    (type_alias name: (type_identifier) @type)
    (const_spec name: (identifier) @variable)
    (var_spec name: (identifier) @variable)
    (short_var_declaration left: (expression_list (identifier) @variable))
    (range_clause left: (expression_list (identifier) @variable))
    (parameter_declaration name: (identifier) @parameter)
    (variadic_parameter_declaration name: (identifier) @parameter)
    (field_declaration name: (field_identifier) @member)
    (import_spec name: (package_identifier) @import)`,
  calls: `
    (call_expression function: (identifier) @callee arguments: (argument_list) @arguments)
    (call_expression
      function: (selector_expression operand: (_) @receiver field: (field_identifier) @callee)
      arguments: (argument_list) @arguments)`,
  scopes: types(
    'block function_declaration method_declaration func_literal for_statement if_statement expression_case type_case default_case communication_case',
  ),
  typeScopes: types(''),
};

export const go: Language = {
  id: 'go',
  extensions: ['.go'],
  ownsExtensions: true,
  otherNames: ['golang'],
  lexicon: lexicon({ ...slashes, strings: [rawBacktick, double, character] }),
  mergeLexicon: mergeLexicon({
    ...merge.slashes,
    quotes: [mergeQuote('`', merge.longRaw), merge.double, merge.single],
  }),
  grammar: { package: 'tree-sitter-go', file: 'tree-sitter-go.wasm' },
  program: {
    ...slashComments,
    blockStyle: 'braces',
    blocks: types('block field_declaration_list'),
    strings: types('interpreted_string_literal raw_string_literal rune_literal'),
    comments: types('comment'),
    declarations: {
      types: types('type_spec'),
      others: types('function_declaration method_declaration const_declaration var_declaration'),
      bodies: types('struct_type interface_type field_declaration_list block'),
      bodyWithin: types('struct_type'),
      wrappers: types('type_declaration'),
      lists: types(''),
      names: types('identifier type_identifier field_identifier'),
      namedWithin: types('const_spec var_spec'),
    },
    placeholders: {
      parameter_list: `(${HOLE})`,
      comment: `/*${HOLE}*/`,
      block: '{}',
      keyed_element: `${HOLE}: ${HOLE}`,
    },
    names,
  },
  conflicts: { scope: 'source.go', isCode: true },
};
