import { lexicon } from '../forms/lexicon.js';
import * as merge from '../forms/mergeForms.js';
import { mergeLexicon, mergeQuote } from '../forms/mergeLexicon.js';
import { types } from '../forms/nodeTypes.js';
import { character, cStrings, slashes } from '../forms/stringForms.js';
import type { Language, NameNodes, Program } from '../types.js';
import { names as cNames, program as c } from './c.js';

const strings = {
  // A quote between digits parts thousands.
  lexicon: lexicon({ ...slashes, strings: [...cStrings, character], generics: true }),
  mergeLexicon: mergeLexicon({
    ...merge.slashes,
    quotes: [
      mergeQuote(/(?:u8|[uUL])?R"(?<end>[^\s()\\"]{0,16})\(/y, { close: ')$"', ...merge.longRaw }),
      mergeQuote(/(?:u8|[uUL])?"/y, { close: '"' }),
      merge.character,
    ],
  }),
};

const names: NameNodes = {
  definitions: `${cNames.definitions}
    (class_specifier name: (type_identifier) @type body: (_)) @outer
    (alias_declaration name: (type_identifier) @type)
    (function_declarator declarator: (field_identifier) @member parameters: (parameter_list) @parameters)
    (function_declarator
      declarator: (qualified_identifier name: (identifier) @member) parameters: (parameter_list) @parameters)
    (optional_parameter_declaration declarator: (identifier) @parameter)
    (parameter_declaration declarator: (reference_declarator (identifier) @parameter))
    (init_declarator declarator: (reference_declarator (identifier) @variable))
    (for_range_loop declarator: (identifier) @variable)
    (for_range_loop declarator: (reference_declarator (identifier) @variable))`,
  calls: `${cNames.calls}
    (call_expression
      function: (field_expression argument: (_) @receiver field: (field_identifier) @callee)
      arguments: (argument_list) @arguments)
    (call_expression
      function: (qualified_identifier scope: (_) @path name: (identifier) @callee)
      arguments: (argument_list) @arguments)`,
  scopes: types([...cNames.scopes, 'class_specifier lambda_expression for_range_loop namespace_definition'].join(' ')),
  typeScopes: types('class_specifier struct_specifier union_specifier'),
  bareMembers: true,
};

const program: Program = {
  ...c,
  blocks: types('compound_statement field_declaration_list enumerator_list declaration_list requirement_seq'),
  strings: types('string_literal raw_string_literal char_literal system_lib_string concatenated_string'),
  declarations: {
    ...c.declarations,
    types: types('class_specifier struct_specifier union_specifier enum_specifier type_definition'),
    others: types(
      'function_definition declaration alias_declaration concept_definition preproc_def preproc_function_def',
    ),
    wrappers: types('template_declaration'),
    lists: types(
      'namespace_definition preproc_ifdef preproc_if preproc_else preproc_elif linkage_specification declaration_list',
    ),
    names: types('identifier type_identifier field_identifier destructor_name operator_name'),
    namedWithin: types(
      'init_declarator pointer_declarator reference_declarator array_declarator function_declarator parenthesized_declarator qualified_identifier',
    ),
    namedLast: types('type_definition declaration function_definition qualified_identifier'),
    notMembers: types('access_specifier'),
  },
  names,
};

export const cpp: readonly Language[] = [
  {
    id: 'cpp',
    // As in the editor, a header is C++: C reads as C++ more often than the other way about.
    extensions: ['.cpp', '.h', '.cc', '.cxx', '.hpp', '.hh', '.hxx', '.ipp', '.tpp', '.inl', '.ixx', '.ino'],
    otherNames: ['c++'],
    ...strings,
    grammar: { package: 'tree-sitter-cpp', file: 'tree-sitter-cpp.wasm' },
    program,
    conflicts: { scope: 'source.cpp', isCode: true },
  },
  { id: 'objective-cpp', otherNames: ['objcpp'], ...strings },
  { id: 'cuda-cpp', ...strings },
];
