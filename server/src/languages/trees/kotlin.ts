import { lexicon, stringForm } from '../forms/lexicon.js';
import * as merge from '../forms/mergeForms.js';
import { mergeLexicon, mergeQuote } from '../forms/mergeLexicon.js';
import { HOLE, slashComments, types } from '../forms/nodeTypes.js';
import { character, dollarBrace, slashes } from '../forms/stringForms.js';
import type { Language, NameNodes } from '../types.js';

const names: NameNodes = {
  definitions: `
    (function_declaration name: (identifier) @function (function_value_parameters) @parameters) @outer
    (class_declaration name: (identifier) @type) @outer
    (object_declaration name: (identifier) @type) @outer
    (type_alias type: (identifier) @type)
    (variable_declaration (identifier) @variable)
    (class_parameter (identifier) @variable)
    (enum_entry (identifier) @variable)
    (parameter (identifier) @parameter)
    (import (identifier) @import)
    (import . (qualified_identifier (identifier) @import .) .)`,
  calls: `
    (call_expression . (identifier) @callee (value_arguments) @arguments)
    (call_expression . (navigation_expression (_) @receiver (identifier) @callee .) (value_arguments) @arguments)`,
  scopes: types(
    'function_declaration class_declaration object_declaration companion_object block lambda_literal for_statement anonymous_function',
  ),
  typeScopes: types('class_declaration object_declaration companion_object'),
  bareMembers: true,
};

export const kotlin: Language = {
  id: 'kotlin',
  extensions: ['.kt', '.kts'],
  ownsExtensions: true,
  otherNames: ['kt'],
  lexicon: lexicon({
    ...slashes,
    nestsComments: true,
    strings: [
      stringForm('"""', '"""', { severalLines: true, escape: undefined, codes: dollarBrace }),
      stringForm('"', '"', { codes: dollarBrace }),
      character,
    ],
    generics: true,
  }),
  mergeLexicon: mergeLexicon({
    ...merge.slashes,
    nests: true,
    quotes: [mergeQuote('"""', merge.longRaw), merge.double, merge.character],
  }),
  grammar: { package: '@tree-sitter-grammars/tree-sitter-kotlin', file: 'tree-sitter-kotlin.wasm' },
  program: {
    ...slashComments,
    blockStyle: 'braces',
    blocks: types('block class_body enum_class_body lambda_literal when_expression'),
    strings: types('string_literal multiline_string_literal character_literal'),
    comments: types('line_comment block_comment'),
    declarations: {
      types: types('class_declaration object_declaration companion_object'),
      others: types('function_declaration property_declaration type_alias'),
      bodies: types('class_body enum_class_body function_body'),
      wrappers: types(''),
      lists: types(''),
      names: types('identifier'),
      namedWithin: types('variable_declaration'),
    },
    placeholders: {
      value_arguments: `(${HOLE})`,
      function_value_parameters: `(${HOLE}: ${HOLE})`,
      parameter: `${HOLE}: ${HOLE}`,
      annotated_lambda: `{ ${HOLE} }`,
      lambda_literal: `{ ${HOLE} }`,
      line_comment: `/*${HOLE}*/`,
      block_comment: `/*${HOLE}*/`,
      block: '{}',
      modifiers: 'public',
    },
    names,
  },
  conflicts: { scope: 'source.kotlin', isCode: true },
};
