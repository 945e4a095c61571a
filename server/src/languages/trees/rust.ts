import { lexicon, stringForm } from '../forms/lexicon.js';
import * as merge from '../forms/mergeForms.js';
import { mergeLexicon, mergeQuote } from '../forms/mergeLexicon.js';
import { HOLE, slashComments, types } from '../forms/nodeTypes.js';
import { longDouble, slashes } from '../forms/stringForms.js';
import type { Language, NameNodes } from '../types.js';

const names: NameNodes = {
  definitions: `
    (function_item name: (identifier) @function parameters: (parameters) @parameters) @outer
    (function_signature_item name: (identifier) @function parameters: (parameters) @parameters) @outer
    (struct_item name: (type_identifier) @type) @outer
    (enum_item name: (type_identifier) @type) @outer
    (union_item name: (type_identifier) @type) @outer
    (trait_item name: (type_identifier) @type) @outer
    (type_item name: (type_identifier) @type) @outer
    (const_item name: (identifier) @variable)
    (static_item name: (identifier) @variable)
    (macro_definition name: (identifier) @type)
    (field_declaration name: (field_identifier) @member)
    (let_declaration pattern: (identifier) @variable)
    (tuple_pattern (identifier) @variable)
    (tuple_struct_pattern (identifier) @variable)
    (match_pattern (identifier) @variable)
    (for_expression pattern: (identifier) @variable)
    (parameter pattern: (identifier) @parameter)
    (closure_parameters (identifier) @parameter)
    (use_as_clause alias: (identifier) @import)
    (use_declaration argument: (identifier) @import)
    (use_declaration argument: (scoped_identifier name: (identifier) @import))
    (use_list (identifier) @import)
    (use_list (scoped_identifier name: (identifier) @import))`,
  calls: `
    (call_expression function: (identifier) @callee arguments: (arguments) @arguments)
    (call_expression
      function: (field_expression value: (_) @receiver field: (field_identifier) @callee)
      arguments: (arguments) @arguments)
    (call_expression
      function: (scoped_identifier path: (_) @path name: (identifier) @callee)
      arguments: (arguments) @arguments)`,
  scopes: types(
    'block function_item function_signature_item impl_item trait_item mod_item closure_expression match_arm for_expression struct_item',
  ),
  typeScopes: types('impl_item trait_item struct_item'),
};

export const rust: Language = {
  id: 'rust',
  extensions: ['.rs'],
  ownsExtensions: true,
  otherNames: ['rs'],
  lexicon: lexicon({
    ...slashes,
    nestsComments: true,
    strings: [
      stringForm(/(?<!\w)[bc]?r(?<end>#*)"/, '"$', { escape: undefined, severalLines: true }),
      longDouble,
      stringForm(/(?<![\w'")\]])b?'(?=\\[^\n']{0,10}'|\\''|[^'\\\n]{1,2}'|'(?!'))/, "'"),
    ],
    generics: true,
  }),
  mergeLexicon: mergeLexicon({
    ...merge.slashes,
    nests: true,
    quotes: [
      mergeQuote(/[bc]?r(?<end>#*)"/y, { close: '"$', ...merge.longRaw }),
      mergeQuote(/[bc]?"/y, { close: '"', ...merge.long }),
      merge.oneSign,
    ],
  }),
  grammar: { package: 'tree-sitter-rust', file: 'tree-sitter-rust.wasm' },
  program: {
    ...slashComments,
    blockStyle: 'braces',
    blocks: types('block declaration_list field_declaration_list enum_variant_list match_block'),
    strings: types('string_literal raw_string_literal char_literal'),
    comments: types('line_comment block_comment'),
    declarations: {
      types: types('struct_item enum_item union_item trait_item impl_item'),
      others: types('function_item function_signature_item const_item static_item type_item macro_definition'),
      bodies: types('declaration_list field_declaration_list enum_variant_list ordered_field_declaration_list'),
      wrappers: types(''),
      lists: types('mod_item foreign_mod_item declaration_list'),
      names: types('identifier type_identifier field_identifier'),
      // The type of `impl Trait for Type` stands last.
      namedWithin: types('generic_type scoped_type_identifier'),
      namedLast: types('impl_item scoped_type_identifier'),
      between: types('attribute_item'),
      commentsRun: true,
    },
    placeholders: {
      parameters: `(${HOLE}: ${HOLE})`,
      parameter: `${HOLE}: ${HOLE}`,
      closure_parameters: `|${HOLE}|`,
      field_initializer: `${HOLE}: ${HOLE}`,
      line_comment: `/*${HOLE}*/`,
      block_comment: `/*${HOLE}*/`,
      block: '{}',
      declaration_list: '{}',
      visibility_modifier: 'pub',
      mutable_specifier: 'mut',
      lifetime: `'${HOLE}`,
      attribute_item: `#[${HOLE}]`,
      match_arm: `${HOLE} => ${HOLE},`,
    },
    names,
  },
  conflicts: { scope: 'source.rust', isCode: true },
};
