import { lexicon } from '../forms/lexicon.js';
import * as merge from '../forms/mergeForms.js';
import { mergeLexicon } from '../forms/mergeLexicon.js';
import { HOLE, slashComments, types } from '../forms/nodeTypes.js';
import { character, double, slashes } from '../forms/stringForms.js';
import type { Language, Program } from '../types.js';

const strings = {
  lexicon: lexicon({ ...slashes, strings: [double, character] }),
  mergeLexicon: mergeLexicon({ ...merge.slashes, quotes: [merge.double, merge.character] }),
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
