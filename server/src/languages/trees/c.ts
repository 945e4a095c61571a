import { lexicon } from '../forms/lexicon.js';
import * as merge from '../forms/mergeForms.js';
import { mergeLexicon } from '../forms/mergeLexicon.js';
import { HOLE, slashComments, types } from '../forms/nodeTypes.js';
import { character, double, slashes } from '../forms/stringForms.js';
import type { Language, NameNodes, Program } from '../types.js';

const strings = {
  lexicon: lexicon({ ...slashes, strings: [double, character] }),
  mergeLexicon: mergeLexicon({ ...merge.slashes, quotes: [merge.double, merge.character] }),
};

export const names: NameNodes = {
  definitions: `
    (function_declarator declarator: (identifier) @function parameters: (parameter_list) @parameters)
    (preproc_function_def name: (identifier) @function parameters: (preproc_params) @parameters)
    (preproc_def name: (identifier) @variable)
    (struct_specifier name: (type_identifier) @type body: (_)) @outer
    (union_specifier name: (type_identifier) @type body: (_)) @outer
    (enum_specifier name: (type_identifier) @type body: (_)) @outer
    (type_definition declarator: (type_identifier) @type)
    (enumerator name: (identifier) @variable)
    (field_declaration declarator: (field_identifier) @member)
    (field_declaration declarator: (pointer_declarator declarator: (field_identifier) @member))
    (declaration declarator: (identifier) @variable)
    (declaration declarator: (pointer_declarator declarator: (identifier) @variable))
    (declaration declarator: (array_declarator declarator: (identifier) @variable))
    (init_declarator declarator: (identifier) @variable)
    (init_declarator declarator: (pointer_declarator declarator: (identifier) @variable))
    (init_declarator declarator: (array_declarator declarator: (identifier) @variable))
    (parameter_declaration declarator: (identifier) @parameter)
    (parameter_declaration declarator: (pointer_declarator declarator: (identifier) @parameter))
    (parameter_declaration declarator: (array_declarator declarator: (identifier) @parameter))`,
  calls: `
    (call_expression function: (identifier) @callee arguments: (argument_list) @arguments)`,
  scopes: types('function_definition compound_statement for_statement struct_specifier union_specifier'),
  typeScopes: types('struct_specifier union_specifier'),
};

/** What C has, C++ has too. */
export const program: Program = {
  ...slashComments,
  blockStyle: 'braces',
  blocks: types('compound_statement field_declaration_list enumerator_list declaration_list'),
  strings: types('string_literal char_literal system_lib_string concatenated_string'),
  comments: types('comment'),
  declarations: {
    types: types('struct_specifier union_specifier enum_specifier type_definition'),
    others: types('function_definition declaration preproc_def preproc_function_def'),
    bodies: types('field_declaration_list enumerator_list'),
    bodyWithin: types('struct_specifier union_specifier enum_specifier'),
    wrappers: types(''),
    lists: types('preproc_ifdef preproc_if preproc_else preproc_elif linkage_specification declaration_list'),
    names: types('identifier type_identifier field_identifier'),
    namedWithin: types(
      'init_declarator pointer_declarator array_declarator function_declarator parenthesized_declarator',
    ),
    // The name stands behind the type.
    namedLast: types('type_definition declaration function_definition'),
    commentsRun: true,
  },
  placeholders: {
    parameter_list: `(${HOLE} ${HOLE})`,
    parameter_declaration: `${HOLE} ${HOLE}`,
    comment: `/*${HOLE}*/`,
    compound_statement: '{}',
    storage_class_specifier: 'static',
    type_qualifier: 'const',
    initializer_pair: `.${HOLE} = ${HOLE}`,
    system_lib_string: `<${HOLE}.h>`,
  },
  names,
};

export const c: readonly Language[] = [
  {
    id: 'c',
    extensions: ['.c'],
    ...strings,
    grammar: { package: 'tree-sitter-c', file: 'tree-sitter-c.wasm' },
    program,
    conflicts: { scope: 'source.c', isCode: true },
  },
  { id: 'objective-c', otherNames: ['objc'], ...strings },
  { id: 'glsl', lexicon: strings.lexicon },
  { id: 'hlsl', lexicon: strings.lexicon },
];
